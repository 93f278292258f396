-- Which permissions each role gives, and how many users have it.
-- Cost: the lists of roles and users.

SELECT role.friendly_name AS role, role.type,
       (SELECT count(*)
          FROM users AS user
         WHERE user.service_sid = role.service_sid AND user.role_sid = role.sid) AS users,
       (SELECT group_concat(value, ' ')
          FROM (SELECT value FROM json_each(role.permissions) ORDER BY value)) AS permissions
  FROM roles AS role
 ORDER BY role.service_sid, role.type, role.friendly_name, role.sid;
