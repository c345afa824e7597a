-- What is kept about a thing: of a project or a paper by its identifier, else of the thing and of all below it.
SELECT rule, severity, focus, told, message_ja, message_en, document, ministry, fy, project, page, line, character
FROM found
WHERE project = :project OR document = :document OR focus = :thing OR (focus > :thing || '/' AND focus < :thing || '0')
ORDER BY severity DESC, rule, focus, message_en
LIMIT :count OFFSET :start;
