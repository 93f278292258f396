-- Channels as CSV, with a header line, as RFC 4180 has it: rows end with CRLF, and a text with a comma, a quote or a
-- line break is in quotes. NULL is an empty field, an empty text is "".
--
--   .load build/chat
--   .output channels.csv
--   .read sql/export_channels.sql
--   .output
--
-- examples/export_channels.sh does this from the command line. All columns of the API are there; `attributes` and
-- `links` are JSON. API version v1 hides attributes in lists, so there they cost one more request for each channel:
-- leave the column out, or use v2, where that matters. The shell writes a text up to its first NUL character, if any;
-- from 3.50 on it writes other control characters (a carriage return, say) as ^M: start it with `-escape off`. On a
-- terminal, from 3.52 on, it cuts a text after 300 characters, in files too, unless told `.mode csv --limits off`
-- before; `make shell` and `sqlite-chat` cut none. Office programs compute a text like =1+1, and +15551234567 loses its
-- plus, though both are in quotes, unless columns are imported as text. temp.exported has the channels as they are;
-- examples/export_channels.sh counts such ones.

.mode csv
.headers on
.nullvalue ""

DROP TABLE IF EXISTS temp.exported;
CREATE TEMP TABLE exported AS
SELECT sid,
       service_sid,
       unique_name,
       friendly_name,
       type,
       attributes,
       created_by,
       members_count,
       messages_count,
       date_created,
       date_updated,
       account_sid,
       url,
       links
  FROM channels;

SELECT *
  FROM temp.exported
 ORDER BY service_sid, date_created, sid;
