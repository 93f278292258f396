-- What `make shell` and `sqlite-chat` begin with, after sql/install.sql. A word in double quotes that is no column's
-- name is an error here, and not a text: else a misspelt column such as "form" would be told in every row, as form.

.output /dev/null
.dbconfig dqs_dml off
.dbconfig dqs_ddl off
.output

-- A bare name is the service's table, whatever the database file holds. Said on stderr, since standard output is the
-- caller's.
.mode list
.output stderr
SELECT 'This file has tables of the same names; they are main.' || names || '.'
  FROM (SELECT group_concat(name, ', main.') AS names
          FROM (SELECT name
                  FROM main.sqlite_schema
                 WHERE type IN ('table', 'view')
                   AND sql NOT LIKE 'CREATE VIRTUAL TABLE ' || name || ' USING ' || name || '%'
                   AND name IN (SELECT name FROM temp.sqlite_schema)
                 ORDER BY name))
 WHERE names IS NOT NULL;
.output
