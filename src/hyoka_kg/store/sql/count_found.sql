SELECT count(*) FROM found WHERE rule = :rule;
