-- Let the loader forget the files of a folder.
DELETE FROM DB.DBA.load_list WHERE ll_file LIKE '$folder/%';
