-- Tables of the extension cannot be used from a database's schema, only by whoever types the query.
CREATE VIEW spy AS SELECT sid FROM services;
SELECT * FROM spy;
CREATE TEMP VIEW mine AS SELECT count(*) AS services FROM services;
SELECT * FROM mine;
CREATE TABLE local (x);
CREATE TRIGGER hidden AFTER INSERT ON local BEGIN INSERT INTO local SELECT sid FROM services; END;
PRAGMA trusted_schema = OFF;
SELECT * FROM spy;
INSERT INTO local VALUES (1);
