-- The recipes of sql/cookbook that write to the service.
-- emulator: --seed 4 --services 2 --channels 20 --users 10 --members 40 --messages 300 --roles 2 --write-limit 0 --tidy
.echo off
.read sql/cookbook/copy_channel.sql
.echo on
SELECT friendly_name, type, members_count = (SELECT count(*) FROM members AS m JOIN original AS o ON m.channel_sid = o.sid) AS members,
       messages_count = (SELECT count(*) FROM messages AS m JOIN original AS o ON m.channel_sid = o.sid) AS messages
  FROM channels WHERE unique_name LIKE '%-copy';
SELECT count(*) FROM (
  SELECT m."index", m."from", m.body FROM messages AS m JOIN original AS o ON m.channel_sid = o.sid EXCEPT
  SELECT m."index", m."from", m.body FROM messages AS m JOIN channels AS c ON m.channel_sid = c.sid WHERE c.unique_name LIKE '%-copy');

DELETE FROM chat_requests;
.echo off
.read sql/cookbook/invite_everybody.sql
.echo on
SELECT count(*) FROM users AS u JOIN channels AS c ON c.service_sid = u.service_sid
 WHERE c.sid = (SELECT sid FROM channels WHERE unique_name = 'support' ORDER BY service_sid LIMIT 1)
   AND u.identity NOT IN (SELECT identity FROM members WHERE channel_sid = c.sid);
-- Another request is making one of them a member just now: that one is none yet. (copy_channel ends at an error.)
.bail off
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50419 'message=Conflicting member modification' method=POST
.echo off
.read sql/cookbook/invite_everybody.sql
.echo on

INSERT INTO channels(service_sid, unique_name) SELECT sid, 'empty' FROM services;
.echo off
.read sql/cookbook/delete_empty_channels.sql
.echo on
SELECT count(*) FROM channels WHERE unique_name = 'empty';

DELETE FROM chat_requests;
SELECT count(*) FROM services;
.echo off
.output SCRATCH/cost.txt
.read sql/cookbook/cost_of_a_query.sql
.output
.echo on
SELECT CAST(readfile('SCRATCH/cost.txt') AS TEXT) GLOB '*services|1|0|0|2|[0-9]*1|2|[0-9]*' AS as_it_was;

-- Nothing to do, after a transaction that did something: none of its calls is told as the recipe's.
.parameter set :channel "'no such channel'"
.echo off
.read sql/cookbook/invite_everybody.sql
.read sql/cookbook/copy_channel.sql
