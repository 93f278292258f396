-- An archive of Conversations as a support desk leaves one, to look at: a year and a half of messages, more on working
-- days and every month, participants by phone, receipts. The same each time it is made. Run after sql/archive/schema.sql
-- and sql/archive/conversations_tables.sql.

-- Numbers from 0 to 1 for each n, as if by chance.
CREATE TEMP TABLE spread AS
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 26000)
SELECT n, ((n * 48271 + 11) % 2147483647) * 69621 % 2147483647 / 2147483647.0 AS a,
       ((n * 40692 + 17) % 2147483399) * 41358 % 2147483399 / 2147483399.0 AS b,
       ((n * 39373 + 23) % 2147483647) * 45991 % 2147483647 / 2147483647.0 AS c,
       ((n * 16807 + 31) % 2147483647) * 50226 % 2147483647 / 2147483647.0 AS d,
       ((n * 62089 + 41) % 2147483629) * 43543 % 2147483629 / 2147483629.0 AS e
  FROM n;

INSERT INTO archive_runs(run, kind, generation, media, started_at, ended_at, stage, first_change)
VALUES (1, 'update', 'conversations', 0, '2026-06-30T21:58:02Z', '2026-06-30T22:04:40Z', 6, 1);

INSERT INTO conversation_services(path, sid, friendly_name)
VALUES ('/Services/IS01', 'IS01', 'Northwind Support'), ('/Services/IS02', 'IS02', 'Northwind Deliveries');

CREATE TEMP TABLE first_names(n INTEGER PRIMARY KEY, name);
INSERT INTO first_names(name) VALUES ('ada'), ('bela'), ('carmen'), ('dimitri'), ('elif'), ('farid'), ('grace'), ('hugo'),
  ('ines'), ('jonas'), ('kaori'), ('liam'), ('mira'), ('noor'), ('oskar'), ('pia'), ('quinn'), ('rosa'), ('sven'), ('tara');

INSERT INTO conversations(path, sid, chat_service_sid, friendly_name, state, attributes, date_created)
SELECT '/Services/IS0' || (1 + (n > 30)) || '/Conversations/CH' || n, 'CH' || n, 'IS0' || (1 + (n > 30)),
       CASE n WHEN 1 THEN 'Front desk' WHEN 2 THEN 'Orders and invoices, everything that is not a complaint, weekdays'
              WHEN 3 THEN 'دعم العملاء' WHEN 4 THEN 'Complaints' WHEN 5 THEN 'Équipe de nuit' WHEN 6 THEN '配送 Tokyo'
              ELSE CASE n % 3 WHEN 0 THEN 'Order ' WHEN 1 THEN 'Return ' ELSE 'Invoice ' END || (4000 + n * 37) END,
       CASE WHEN n % 7 = 0 THEN 'closed' ELSE 'active' END,
       '{"topic":"' || replace(hex(zeroblob(CASE n WHEN 4 THEN 14200 WHEN 7 THEN 13300 ELSE n * 20 END)), '00', 'x') || '"}',
       strftime('%Y-%m-%dT%H:%M:%SZ', '2025-01-02', '+' || (n * n * 540 / 1700) || ' days')
  FROM spread WHERE n <= 40;

INSERT INTO conversation_users(path, sid, chat_service_sid, identity, attributes, date_created)
SELECT '/Services/IS01/Users/US' || spread.n, 'US' || spread.n, 'IS01',
       name || CASE WHEN spread.n > 20 THEN '.' || (spread.n / 20) ELSE '' END, '{}',
       strftime('%Y-%m-%dT%H:%M:%SZ', '2025-01-02', '+' || (spread.n * 8) || ' days')
  FROM spread JOIN first_names ON first_names.n = 1 + spread.n % 20 WHERE spread.n <= 64;

-- Messages: at times that people are awake, in few conversations most of them.
CREATE TEMP TABLE written AS
SELECT n, 'CH' || (1 + CAST(40 * c * c * c AS INTEGER)) AS channel, e,
       strftime('%Y-%m-%dT%H:%M:%SZ', '2025-01-02', '+' || CAST(545 * pow_a AS INTEGER) || ' days',
                '+' || (7 * 3600 + CAST(3600 * CASE WHEN b < 0.45 THEN 1 + b * 9 WHEN b < 0.85 THEN 6 + (b - 0.45) * 10
                                                    ELSE 9 + (b - 0.85) * 45 END AS INTEGER)) || ' seconds') AS at
  FROM (SELECT *, CASE WHEN a < 0.5 THEN a * 1.3 ELSE 0.65 + (a - 0.5) * 0.7 END AS pow_a FROM spread)
 WHERE strftime('%w', '2025-01-02', '+' || CAST(545 * pow_a AS INTEGER) || ' days') NOT IN ('0', '6') OR d < 0.2;
DELETE FROM written WHERE strftime('%W', at) % 5 > 2 AND n % 3 = 0;
DELETE FROM written WHERE at > '2026-06-30T21:00:00Z';

INSERT INTO conversation_messages(path, sid, chat_service_sid, conversation_sid, "index", author, body, attributes,
                                  date_created, gone_at)
SELECT '/Services/IS01/Conversations/' || channel || '/Messages/IM' || n, 'IM' || n, c.chat_service_sid, channel,
       row_number() OVER (PARTITION BY channel ORDER BY at, n) - 1,
       CASE WHEN e < 0.42 THEN '+1555123' || (1000 + substr(channel, 3) * 7 % 100) ELSE
         (SELECT identity FROM conversation_users AS u
           WHERE u.sid = 'US' || (1 + (substr(channel, 3) + CAST(e * e * 9 AS INTEGER)) % 64)) END,
       'Message ' || n, '{}', at, CASE WHEN n % 90 = 0 THEN '2026-06-30T22:00:00Z' END
  FROM written JOIN conversations AS c ON c.sid = channel;

INSERT INTO participants(path, sid, chat_service_sid, conversation_sid, identity, messaging_binding, attributes,
                         last_read_message_index, last_read_timestamp)
SELECT '/Services/IS01/Conversations/' || c.sid || '/Participants/MB' || c.sid || '-' || spread.n, 'MB' || c.sid || '-' || spread.n,
       c.chat_service_sid, c.sid, u.identity,
       CASE WHEN spread.n = 1 THEN '{"type":"sms","address":"+1555123' || (1000 + substr(c.sid, 3) * 7 % 100) || '"}' END, '{}',
       CASE WHEN spread.n = 1 OR substr(u.sid, 3) % 8 = 7 THEN NULL ELSE
         (SELECT max("index") - CASE WHEN substr(u.sid, 3) % 3 > 0 THEN 0 ELSE spread.n * 23 END
            FROM conversation_messages AS m WHERE m.conversation_sid = c.sid) END,
       CASE WHEN spread.n > 1 AND substr(u.sid, 3) % 8 <> 7 THEN
         strftime('%Y-%m-%dT%H:%M:%SZ', '2026-06-30', '-' || (spread.n * 3) || ' days') END
  FROM conversations AS c JOIN spread ON spread.n <= 12
  LEFT JOIN conversation_users AS u ON spread.n > 1 AND u.sid = 'US' || (1 + (substr(c.sid, 3) + spread.n - 2) % 64);

INSERT INTO delivery_receipts(path, sid, chat_service_sid, conversation_sid, message_sid, participant_sid, status,
                              error_code, date_created)
SELECT m.path || '/Receipts/DY' || m.sid, 'DY' || m.sid, m.chat_service_sid, m.conversation_sid, m.sid,
       'MB' || m.conversation_sid || '-1',
       CASE WHEN d < 0.34 THEN 'read' WHEN d < 0.9 THEN 'delivered' WHEN d < 0.94 THEN 'sent' WHEN d < 0.98 THEN 'undelivered'
            ELSE 'failed' END,
       CASE WHEN d < 0.94 THEN 0 WHEN e < 0.62 THEN 30003 WHEN e < 0.78 THEN 30005 WHEN e < 0.9 THEN 63016 WHEN e < 0.97
            THEN 30007 ELSE 21610 END, m.date_created
  FROM conversation_messages AS m JOIN spread ON m.sid = 'IM' || spread.n WHERE m.author NOT LIKE '+%';
