-- Names that would be something else where they are not escaped, in what tests/report/lively.sql has made.
CREATE TEMP TABLE hostile(n INTEGER PRIMARY KEY, name);
INSERT INTO hostile(name) VALUES
  ('<script>window.hacked = 1</script>'),
  ('"><img src=x onerror="window.hacked=1">'),
  ('''><svg onload=window.hacked=1>'),
  ('</title></style></table></svg><script>window.hacked=1</script>'),
  ('<iframe src="http://example.com/"></iframe>'),
  ('javascript:window.hacked=1'),
  ('&lt;b&gt; &amp;amp; <!-- --> ]]> <![CDATA['),
  (char(0x202e) || 'txt.exe' || char(0x202e) || 'drow'), -- overrides of the direction, left open
  (char(0x5e9, 0x5dc, 0x5d5, 0x5dd, 0x20, 0x5e2, 0x5d5, 0x5dc, 0x5dd) || ': ' || char(0x2067) || '123'),
  ('a' || char(0) || 'b' || char(1, 7, 8, 9, 10, 13, 27) || '[31m' || char(127)),
  (char(10) || '=end' || char(10) || '=summary'),
  (replace(hex(zeroblob(200)), '00', 'Wide')),
  ('${7*7} {{7*7}} `id` $(id) \u003cscript\u003e \'),
  (char(0x1f469, 0x200d, 0x1f469, 0x200d, 0x1f467, 0x300, 0x301, 0x302, 0x303, 0x304, 0x305, 0x306) || 'z'),
  ('url(http://example.com/x) ; background: url(//example.com)'),
  ('     '),
  (char(0xfffd, 0xfeff, 0x200b) || 'x');

UPDATE conversations SET friendly_name = (SELECT name FROM hostile WHERE n = 1 + substr(sid, 3) % 17);
CREATE TEMP TABLE named AS
SELECT identity AS old, (SELECT name FROM hostile WHERE n = 1 + substr(sid, 3) % 17) || substr(sid, 3) AS new
  FROM conversation_users;
UPDATE conversation_messages SET author = (SELECT new FROM named WHERE old = author)
 WHERE author IN (SELECT old FROM named);
UPDATE participants SET identity = (SELECT new FROM named WHERE old = identity) WHERE identity IN (SELECT old FROM named);
UPDATE conversation_users SET identity = (SELECT new FROM named WHERE old = identity);
UPDATE participants SET messaging_binding = json_object('address', (SELECT name FROM hostile WHERE n = 1 + length(path) % 7))
 WHERE messaging_binding IS NOT NULL;
UPDATE conversation_services SET friendly_name = (SELECT name FROM hostile WHERE n = 1 + substr(sid, 4));
UPDATE delivery_receipts SET status = '<b onclick="window.hacked=1">' WHERE rowid % 50 = 0;
UPDATE delivery_receipts SET error_code = '"><script>window.hacked=1</script>' WHERE rowid % 70 = 0;
UPDATE archive_runs SET error = '<script>window.hacked = 1</script>';
