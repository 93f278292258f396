-- The channels with most messages in these days, how many people wrote there, and how long the middle one of its
-- answers was waited for (response_times.sql tells what an answer is).

WITH recent AS (
  SELECT channel_sid, count(*) AS messages, count(DISTINCT author) AS people, max(day) AS latest
    FROM report_messages, report_window
   WHERE day BETWEEN first AND last
   GROUP BY channel_sid
   ORDER BY messages DESC, channel_sid
   LIMIT 15),
answers AS (
  SELECT channel_sid, waited, row_number() OVER (PARTITION BY channel_sid ORDER BY waited) AS nth,
         count(*) OVER (PARTITION BY channel_sid) AS all_of_them
    FROM report_messages, report_window
   WHERE day BETWEEN first AND last AND waited IS NOT NULL AND channel_sid IN (SELECT channel_sid FROM recent))
SELECT recent.channel_sid AS sid, ifnull(channel.name, recent.channel_sid) AS name, service.name AS service, messages,
       people, answers.waited AS seconds, latest
  FROM recent
  LEFT JOIN report_channels AS channel ON channel.sid = recent.channel_sid
  LEFT JOIN report_services AS service ON service.sid = channel.service_sid
  LEFT JOIN answers ON answers.channel_sid = recent.channel_sid AND answers.nth = (answers.all_of_them + 1) / 2
 ORDER BY messages DESC, recent.channel_sid;
