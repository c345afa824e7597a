-- The files of a folder that are not loaded, and why.
SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_file LIKE '$folder/%' AND (ll_state <> 2 OR ll_error IS NOT NULL);
