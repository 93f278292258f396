-- What the values are in SQL.
.parameter set @service "(SELECT service_sid FROM channels GROUP BY service_sid ORDER BY count(*) DESC LIMIT 1)"
SELECT DISTINCT typeof(sid), typeof(type), typeof(members_count), typeof(date_created), typeof(links) FROM channels;
SELECT DISTINCT typeof(friendly_name) FROM channels ORDER BY 1;
SELECT DISTINCT typeof(unique_name) FROM channels ORDER BY 1;
SELECT DISTINCT typeof(reachability_enabled), reachability_enabled IN (0, 1), typeof(typing_indicator_timeout) FROM services ORDER BY 2;
SELECT DISTINCT typeof(was_edited), typeof("index") FROM messages WHERE service_sid = @service;
SELECT DISTINCT typeof(is_online) FROM users WHERE service_sid = @service ORDER BY 1;
SELECT DISTINCT typeof(sandbox), sandbox FROM credentials ORDER BY 2;

-- JSON columns are JSON to SQLite: an array inside json_array stays one.
SELECT json_type(json_array(permissions), '$[0]'), json_array_length(permissions) > 0 FROM roles WHERE service_sid = @service LIMIT 1;
SELECT json_type(json_object('limits', limits), '$.limits'), typeof(json_extract(limits, '$.channel_members')) FROM services WHERE sid = @service;
SELECT count(*) > 0 FROM roles AS role, json_each(role.permissions) AS permission WHERE role.service_sid = @service AND permission.value LIKE 'send%';
SELECT count(*) FILTER (WHERE json_type(json_array(attributes), '$[0]') = 'object') > 0,
       count(*) FILTER (WHERE json_type(json_array(attributes), '$[0]') = 'array') > 0,
       count(*) FILTER (WHERE json_type(json_array(attributes), '$[0]') IS NULL) FROM channels;
SELECT json_type(json_array(links), '$[0]'), json_extract(links, '$.members') = url || '/Members' FROM channels WHERE service_sid = @service LIMIT 1;

-- Times are text that the date functions take.
SELECT count(*) FROM channels WHERE datetime(date_created) IS NULL OR date_created NOT GLOB '????-??-??T??:??:??Z';
SELECT count(*) FROM channels WHERE julianday(date_updated) < julianday(date_created);

-- NULL and empty text are two things. All text comes as it is, NUL included.
SELECT count(*) FILTER (WHERE body IS NULL), count(*) FILTER (WHERE body = '') > 0 FROM messages;
SELECT count(*) > 0 FROM messages WHERE body LIKE '%' || char(10) || '%';
SELECT count(*) > 0 FROM messages WHERE instr(body, '"') > 0;
SELECT count(*) > 0 FROM messages WHERE instr(body, '''') > 0;
SELECT count(*) > 0, max(length(CAST(body AS BLOB)) > length(body)) FROM messages WHERE instr(CAST(body AS BLOB), x'00') > 0;
SELECT max(length(CAST(body AS BLOB))) FROM messages;
SELECT typeof(body), body FROM messages WHERE body IN ('12', '012', '1.0', '1e3') GROUP BY body;

-- Columns that are keywords of SQL.
SELECT count("from") > 0, count("index") > 0, count("to") = count(channel_sid), count(*) FILTER (WHERE "to" <> channel_sid) FROM messages WHERE service_sid = @service;
