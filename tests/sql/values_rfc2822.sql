-- Times in RFC 2822 form become ISO 8601.
-- emulator: --seed 1 --services 1 --channels 5 --users 10 --members 10 --messages 20 --dates rfc2822
SELECT count(*) > 0, count(*) FILTER (WHERE date_created NOT GLOB '[12]???-??-??T??:??:??Z') FROM messages;
SELECT count(*) > 0, count(*) FILTER (WHERE date_updated NOT GLOB '[12]???-??-??T??:??:??Z') FROM channels;
