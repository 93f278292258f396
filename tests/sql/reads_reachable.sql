-- Whether a user is online is only worth a request where the service keeps it, which a service's own row tells. What is asked
-- for ahead keeps to the services of which that is known, however early the lists of others come: single users are slow here.
-- emulator: --seed 3 --services 3 --channels 6 --users 60 --messages 10 --members 20 --write-limit 0
CREATE TEMP TABLE kept AS SELECT sid, reachability_enabled AS kept FROM services;
SELECT kept, count(*) FROM kept GROUP BY kept ORDER BY kept;
CREATE TEMP VIEW asked AS
SELECT k.kept, count(*) AS singles, count(DISTINCT r.path) AS once, sum(r.error IS NOT NULL) AS vain FROM kept AS k JOIN chat_requests AS r ON r.path LIKE '%' || k.sid || '/Users/US%' GROUP BY k.kept;
DELETE FROM chat_requests;

-- A walk over all services.
.shell tests/sql/slow EMULATOR_URL '*/Users/US*'
SELECT k.kept, count(u.is_online) = count(*) AS told, count(u.is_online) AS online FROM users AS u JOIN kept AS k ON k.sid = u.service_sid GROUP BY k.kept ORDER BY k.kept;
SELECT * FROM asked; DELETE FROM chat_requests;

-- A join's next lists.
.shell tests/sql/slow EMULATOR_URL '*/Users/US*'
SELECT k.kept, count(u.is_notifiable) = count(*) AS told, count(u.is_notifiable) AS notifiable FROM kept AS k CROSS JOIN users AS u ON u.service_sid = k.sid GROUP BY k.kept ORDER BY k.kept;
SELECT * FROM asked; DELETE FROM chat_requests;

-- Where all keep it, all are asked for, once.
UPDATE services SET reachability_enabled = 1 WHERE sid IN (SELECT sid FROM kept WHERE NOT kept);
DELETE FROM chat_requests;
.shell tests/sql/slow EMULATOR_URL '*/Users/US*'
SELECT count(is_online) = count(*) AS told FROM users;
SELECT * FROM asked;
