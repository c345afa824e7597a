DELETE FROM found WHERE rule = :rule;
