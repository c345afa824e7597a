SELECT rule, severity, focus, told, message_ja, message_en, document, ministry, fy, project, page, line, character
FROM found
WHERE (:any_rule OR rule IN (SELECT value FROM json_each(:rules)))
  AND (:any_severity OR severity IN (SELECT value FROM json_each(:severities)))
  AND (:ministry = '' OR ministry = :ministry)
  AND (:fy = '' OR fy = :fy)
  AND (:project = '' OR project = :project OR project LIKE '%/' || :project)
ORDER BY rule, focus, message_en
LIMIT :count OFFSET :start;
