-- Every table of version 1: its columns, and its rows over all services.
.mode box
SELECT module.name AS "table", count(*) FILTER (WHERE hidden = 0) AS columns, count(*) FILTER (WHERE hidden = 1) AS hidden
  FROM pragma_module_list AS module, pragma_table_xinfo(module.name) AS info
  JOIN (SELECT DISTINCT table_name FROM chat_columns) ON table_name = module.name
 GROUP BY module.name;
.mode list

SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo('channels');
SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo('messages');
SELECT group_concat(name) FROM pragma_table_info('services');
SELECT group_concat(name) FROM pragma_table_info('members');
SELECT group_concat(name) FROM pragma_table_info('invites');
SELECT group_concat(name) FROM pragma_table_info('roles');
SELECT group_concat(name) FROM pragma_table_info('users');
SELECT group_concat(name) FROM pragma_table_info('user_channels');
SELECT group_concat(name) FROM pragma_table_info('credentials');
SELECT group_concat(name) FROM pragma_table_info('bindings');
SELECT group_concat(name) FROM pragma_table_info('user_bindings');
SELECT group_concat(name) FROM pragma_table_info('channel_webhooks');

SELECT count(*) FROM services;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path), count(DISTINCT service_sid) FROM channels;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path), count(DISTINCT channel_sid) FROM messages;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM members;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM invites;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM roles;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM users;
SELECT status, count(*), count(DISTINCT path) = count(*) FROM user_channels GROUP BY status;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM credentials;

-- Version 2 has these, version 1 has not.
SELECT count(*) FROM bindings;
SELECT count(*) FROM user_bindings;
SELECT count(*) FROM channel_webhooks;
SELECT chat_version() GLOB '[0-9]*.[0-9]*.[0-9]*';
