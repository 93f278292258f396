-- Prints the statement that tells how many the chosen rows (session.sql) are.
SELECT 'SELECT count(*) ' || source || ';'
  FROM temp.export_source;
