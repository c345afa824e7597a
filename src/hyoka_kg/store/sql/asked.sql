SELECT rule, findings, seconds, mebibytes, cut FROM asked ORDER BY rule;
