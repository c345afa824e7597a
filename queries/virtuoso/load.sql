-- Load the files of a folder; a part that was under way when the server stopped, or that failed, begins anew.
UPDATE DB.DBA.load_list SET ll_state = 0, ll_error = NULL WHERE ll_file LIKE '$folder/%' AND (ll_state <> 2 OR ll_error IS NOT NULL);
ld_dir('$folder', '*.nq.gz', 'urn:x-hyoka:none');
rdf_loader_run();
checkpoint;
