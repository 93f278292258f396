-- What is to be done next: "todo TABLE MODE" of the lists that are left; "plan STAGE", all of that stage being done; "end".
-- Then how things stand: lists left, requests so far, rows new, edited and gone.
SELECT ifnull((SELECT 'todo ' || table_name || ' ' || mode FROM main.archive_todo ORDER BY id LIMIT 1),
              iif(run.stage < 6, 'plan ' || run.stage || ' -', 'end - -')),
       (SELECT count(*) FROM main.archive_todo), run.requests, run.new, run.edited, run.gone
  FROM temp.run;
