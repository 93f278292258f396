-- What the numbers in a report are, "SECTION KEY VALUE" a line, as tests/report/look.mjs writes those of the page:
-- counted from the archive's tables in the plainest way there is, and not as sql/report does. Zeros are left out.
-- DAYS, MESSAGES, AUTHOR, CHANNELS, CHANNEL, SERVICE, SERVICES, MEMBERS, READ_TO stand for what tests/report/test_report
-- puts there.
.mode list
.separator "\t"
CREATE TEMP TABLE m AS
SELECT CHANNEL AS channel, "index" AS place, AUTHOR AS author, date_created AS at, date(date_created) AS day, gone_at AS gone,
       (SELECT AUTHOR FROM MESSAGES AS before WHERE before.CHANNEL = now.CHANNEL AND before."index" < now."index"
         ORDER BY before."index" DESC LIMIT 1) AS author_before,
       (SELECT date_created FROM MESSAGES AS before WHERE before.CHANNEL = now.CHANNEL AND before."index" < now."index"
         ORDER BY before."index" DESC LIMIT 1) AS at_before
  FROM MESSAGES AS now;
CREATE TEMP TABLE w AS SELECT * FROM m WHERE julianday(day) BETWEEN julianday((SELECT max(day) FROM m)) - DAYS + 1 AND julianday((SELECT max(day) FROM m));
CREATE TEMP TABLE waits AS
SELECT strftime('%s', at) - strftime('%s', at_before) AS seconds FROM w WHERE author <> author_before AND at >= at_before;
CREATE TEMP TABLE unread AS
SELECT p.identity, p.SERVICE AS service, READ_TO AS read_to, (SELECT count(*) FROM MESSAGES AS later WHERE later.CHANNEL = p.CHANNEL
         AND later.gone_at IS NULL AND later."index" > ifnull(READ_TO, -1) AND later.AUTHOR IS NOT p.identity) AS n
  FROM MEMBERS AS p JOIN CHANNELS AS c ON c.sid = p.CHANNEL
 WHERE p.gone_at IS NULL AND c.gone_at IS NULL AND p.identity IS NOT NULL;
CREATE TEMP TABLE reading AS
SELECT CASE WHEN max(read_to) IS NULL THEN 'has never read' WHEN sum(n) > 0 THEN 'is behind' ELSE 'has read all' END AS state
  FROM unread WHERE n > 0 OR read_to IS NOT NULL GROUP BY service, identity;

SELECT 'tiles', 'messages', count(*) FROM w;
SELECT 'tiles', 'people', count(DISTINCT author) FROM w;
SELECT 'tiles', 'channels', count(*) FROM CHANNELS WHERE gone_at IS NULL;
SELECT 'tiles', 'answer', seconds FROM waits ORDER BY seconds LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM waits);
SELECT 'tiles', 'readers', count(*) FROM reading WHERE state = 'has read all' HAVING (SELECT count(*) FROM reading) > 0;
SELECT 'by-day', day, count(*) FROM w GROUP BY day;
SELECT 'by-hour', ((strftime('%w', at) + 6) % 7 + 1) || ' ' || (0 + strftime('%H', at)), count(*) FROM w GROUP BY 2;
SELECT 'responses', CASE WHEN seconds <= 60 THEN 'within a minute' WHEN seconds <= 300 THEN '1 to 5 minutes'
         WHEN seconds <= 900 THEN '5 to 15 minutes' WHEN seconds <= 3600 THEN '15 to 60 minutes'
         WHEN seconds <= 14400 THEN '1 to 4 hours' WHEN seconds <= 86400 THEN '4 to 24 hours'
         WHEN seconds <= 604800 THEN '1 to 7 days' ELSE 'longer' END, count(*) FROM waits GROUP BY 2;
SELECT * FROM (SELECT 'busiest-channels', channel, count(*) FROM w GROUP BY channel ORDER BY 3 DESC, 2 LIMIT 15);
-- Names with control characters are left out: the page has signs for them.
SELECT *
  FROM (SELECT 'busiest-authors', ifnull(nullif(author, ''), '(nobody)') AS name, count(*) FROM w
         GROUP BY author ORDER BY 3 DESC, author LIMIT 15)
 WHERE instr(name, char(0)) = 0 AND name NOT GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*';
SELECT 'reading', state, count(*) FROM reading GROUP BY state;
SELECT 'reading', ifnull((SELECT ifnull(nullif(friendly_name, ''), sid) FROM SERVICES AS s WHERE s.sid = service AND gone_at IS NULL), '') || ' '
       || identity, n
  FROM (SELECT service, identity, sum(n) AS n FROM unread GROUP BY service, identity HAVING sum(n) > 0
         ORDER BY n DESC, identity, service LIMIT 15)
 WHERE instr(identity, char(0)) = 0 AND identity NOT GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*';
SELECT 'limits', 'text of a message 1', max(length(CAST(body AS BLOB))) FROM MESSAGES
 WHERE gone_at IS NULL AND CHANNEL IN (SELECT sid FROM CHANNELS WHERE gone_at IS NULL);
SELECT 'limits', 'messages within a second 1', max(n) FROM (SELECT count(*) AS n FROM m GROUP BY channel, at);
