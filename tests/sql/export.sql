-- sql/export_channels.sql: header, CRLF, quotes.
.echo off
.output SCRATCH/export_channels.csv
.read sql/export_channels.sql
.output
.echo on
.mode list
.separator | "\n"
CREATE TEMP TABLE file AS SELECT CAST(readfile('SCRATCH/export_channels.csv') AS TEXT) AS text;
SELECT substr(text, 1, instr(text, char(13, 10)) - 1) FROM file;
SELECT (length(text) - length(replace(text, char(13, 10), ''))) / 2 > (SELECT count(*) FROM channels) FROM file;
CREATE TEMP TABLE imported AS SELECT sid, service_sid, unique_name, friendly_name, type, attributes, created_by,
       members_count, messages_count, date_created, date_updated, account_sid, url, links FROM channels WHERE 0;
.import --csv --skip 1 SCRATCH/export_channels.csv imported
SELECT count(*) = (SELECT count(*) FROM channels), count(DISTINCT sid) = count(*) FROM imported;
CREATE TEMP TABLE copy AS SELECT * FROM channels;
SELECT count(*) - (SELECT count(*) FROM copy) AS missing FROM imported JOIN copy USING (service_sid, sid)
 WHERE (imported.friendly_name = ifnull(copy.friendly_name, '') OR instr(CAST(copy.friendly_name AS BLOB), x'00'))
   AND imported.unique_name = ifnull(copy.unique_name, '') AND imported.type = copy.type
   AND imported.attributes = copy.attributes AND imported.created_by = copy.created_by
   AND imported.members_count = copy.members_count AND imported.messages_count = copy.messages_count
   AND imported.date_created = copy.date_created AND imported.date_updated = copy.date_updated
   AND imported.account_sid = copy.account_sid AND imported.url = copy.url AND imported.links = copy.links;
