// Java's JDBC with xerial's driver. Run by tests/hosts/jdbc; host.sh says what the environment holds.
//
//     SQLiteConfig config = new SQLiteConfig();
//     config.enableLoadExtension(true);
//     Connection db = DriverManager.getConnection("jdbc:sqlite:file.db", config.toProperties());
//     db.createStatement().execute("SELECT load_extension('build/chat')");
//
// With setAutoCommit(false) the driver begins the next transaction when commit() has succeeded. After one that was refused
// there is none, so each further write would be sent at once, and rollback() fails: execute "BEGIN" by hand.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import org.sqlite.SQLiteConfig;

public class Jdbc {
    static final String INSERT = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)";
    static final String READ =
        "SELECT \"index\", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY \"index\"";
    static final String SERVICE = System.getenv("SERVICE"), CHANNEL = System.getenv("CHANNEL");
    static final String FILE = System.getenv("HOST_FOLDER") + "/data.db";
    static final HttpClient http = HttpClient.newHttpClient();

    interface Action {
        void run() throws Exception;
    }

    static String send(HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create(System.getenv("TWILIO_CHAT_URL") + "/__control/" + path);
        return http.send(request.uri(uri).build(), BodyHandlers.ofString()).body();
    }

    static void control(String command) throws Exception {
        send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), command);
    }

    // The bodies of what the service has applied since the step began. SQLite reads the JSON.
    static String applied() throws Exception {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:")) {
            return value(db, "SELECT coalesce(group_concat(value ->> 'body', ' '), '') FROM json_each(?)",
                send(HttpRequest.newBuilder(), "ledger"));
        }
    }

    static Connection open(String file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.enableLoadExtension(true);
        Connection db = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        value(db, "SELECT coalesce(load_extension(?), '')", System.getenv("LIBRARY"));
        return db;
    }

    static PreparedStatement prepare(Connection db, String sql, String... parameters) throws SQLException {
        PreparedStatement statement = db.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        return statement;
    }

    static String value(Connection db, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(db, sql, parameters); ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    static void execute(Connection db, String sql) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    static void write(Connection db, String... bodies) throws SQLException {
        for (String body : bodies) {
            try (PreparedStatement statement = prepare(db, INSERT, SERVICE, CHANNEL, body)) {
                expect(statement.executeUpdate(), 1);
            }
        }
    }

    static void expect(Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(actual + " instead of " + expected);
        }
    }

    static void fails(String text, Action action) throws Exception {
        try {
            action.run();
        } catch (SQLException error) {
            if (!error.getMessage().contains(text)) {
                throw error;
            }
            return;
        }
        throw new AssertionError("no error");
    }

    static void step(String name, Action action) throws Exception {
        control("reset");
        try {
            action.run();
            System.out.println("ok - " + name);
        } catch (Exception | AssertionError error) {
            System.out.println("not ok - " + name + "\n# " + error.toString().replace("\n", "\n# "));
        }
    }

    static void reading() throws Exception {
        step("loads from its file name", () ->
            expect(value(open(""), "SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), "1"));

        step("reads with parameters", () -> {
            ResultSet rows = prepare(open(""), READ, SERVICE, CHANNEL).executeQuery();
            int count = 0;
            for (; rows.next(); count++) {
                expect(rows.getInt("index"), count);
            }
            expect(String.valueOf(count), System.getenv("MESSAGES"));
        });

        step("joins", () -> {
            ResultSet rows = prepare(open(""), System.getenv("JOIN"), SERVICE).executeQuery();
            StringBuilder found = new StringBuilder();
            while (rows.next()) {
                found.append(rows.getString(1)).append('=').append(rows.getInt(2)).append(' ');
            }
            expect(found.toString().trim(), System.getenv("JOINED"));
        });

        step("NULL, integers and JSON arrive as such", () -> {
            Connection db = open("");
            ResultSet row = prepare(db, "SELECT media, \"index\", attributes ->> 'topic' FROM messages WHERE service_sid = ?"
                + " AND channel_sid = ? AND attributes ->> 'topic' = 'support' LIMIT 1", SERVICE, CHANNEL).executeQuery();
            row.next();
            expect(row.getString(1), null);
            expect(row.getObject(2).getClass(), Integer.class);
            expect(row.getString(3), "support");
            expect(value(db, "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p"
                + " WHERE p.value = 'sendMessage'"), "1");
        });

        step("half a result can be left", () -> {
            Connection db = open("");
            ResultSet rows = prepare(db, "SELECT sid, body FROM messages").executeQuery();
            for (int i = 0; i < 3; i++) {
                expect(rows.next(), true);
            }
            rows.close();
            write(db, "after");
            db.close();
            expect(applied(), "Body=after");
        });

        step("next() raises at a later row's error", () -> {
            Connection db = open("");
            execute(db, "UPDATE chat_settings SET value = 5 WHERE name = 'page_size'");
            control("fault?action=status&status=400&code=20001&message=no&method=GET&nth=2");
            ResultSet rows = prepare(db, READ, SERVICE, CHANNEL).executeQuery();
            for (int i = 0; i < 5; i++) {
                expect(rows.next(), true);
            }
            fails("Twilio error 20001", rows::next);
        });

        step("a Timestamp is bound as milliseconds", () -> {
            try (PreparedStatement statement = open("").prepareStatement("SELECT chat_time(? / 1000, 'unixepoch')")) {
                statement.setTimestamp(1, Timestamp.from(Instant.parse("2026-01-31T08:09:10Z")));
                expect(statement.executeQuery().getString(1), "2026-01-31T08:09:10Z");
            }
        });
    }

    static void writing() throws Exception {
        step("text beyond ASCII, and digits, go and come unchanged", () -> {
            Connection db = open("");
            write(db, "Grüße 🎂", "007");
            expect(applied(), "Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007");
            expect(value(db, "SELECT group_concat(body) FROM (" + READ + " DESC LIMIT 2)", SERVICE, CHANNEL),
                "007,Grüße 🎂");
        });

        step("COMMIT sends once, in order", () -> {
            Connection db = open("");
            execute(db, "CREATE TABLE local(x)");
            db.setAutoCommit(false);
            write(db, "one", "two");
            execute(db, "INSERT INTO local VALUES (1)");
            expect(applied(), "");
            db.commit();
            expect(applied(), "Body=one Body=two");
            expect(value(db, "SELECT count(*) FROM local"), "1");
        });

        step("ROLLBACK sends nothing", () -> {
            Connection db = open("");
            db.setAutoCommit(false);
            write(db, "never");
            db.rollback();
            write(db, "nor when it is closed");
            db.close();
            expect(applied(), "");
        });

        step("a statement of its own is sent once", () -> {
            write(open(""), "alone");
            expect(applied(), "Body=alone");
        });

        step("a prepared statement is sent once each time", () -> {
            PreparedStatement statement = prepare(open(""), INSERT, SERVICE, CHANNEL);
            for (String body : new String[] {"a", "b", "c"}) {
                statement.setString(3, body);
                statement.executeUpdate();
            }
            for (String body : new String[] {"d", "e"}) {
                statement.setString(3, body);
                statement.addBatch();
            }
            statement.executeBatch();
            expect(applied(), "Body=a Body=b Body=c Body=d Body=e");
        });

        step("writes inside a reading loop are sent once", () -> {
            Connection db = open("");
            ResultSet rows = prepare(db, READ + " LIMIT 3", SERVICE, CHANNEL).executeQuery();
            while (rows.next()) {
                write(db, "about " + rows.getString(1));
            }
            expect(applied(), "Body=about%200 Body=about%201 Body=about%202");
        });

        step("a bad row raises, and nothing is sent", () -> {
            Connection db = open("");
            fails("channel_sid is needed", () -> execute(db, "INSERT INTO messages(body) VALUES ('x')"));
            fails("body", () -> write(db, (String) null));
            expect(applied(), "");
        });

        // Each takes one row at most, and drops what comes after it.
        step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once",
            Jdbc::returning);

        step("a file, closed and opened again", () -> {
            Connection db = open(FILE);
            prepare(db, "CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = '" + SERVICE
                + "' AND channel_sid = '" + CHANNEL + "'").executeUpdate();
            String saved = value(db, "SELECT nullif(count(*), 0) FROM saved");
            db.close();
            expect(value(open(FILE), "SELECT count(*) FROM saved JOIN messages AS m USING (sid)"
                + " WHERE m.service_sid = ? AND m.channel_sid = ?", SERVICE, CHANNEL), saved);
        });
    }

    static String first(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getString(1);
        }
    }

    interface Call {
        String of(Statement statement, String sql) throws SQLException;
    }

    static void returning() throws Exception {
        String values = "('" + SERVICE + "', '" + CHANNEL + "', ";
        String sql = "INSERT INTO messages(service_sid, channel_sid, body) VALUES " + values + "'x'), " + values
            + "'y') RETURNING body";
        Call[] calls = {
            (statement, text) -> first(statement.executeQuery(text)),
            (statement, text) -> statement.execute(text) ? first(statement.getResultSet()) : "no rows",
            (statement, text) -> statement.executeUpdate(text) == 2 ? "x" : "another number",
            (statement, text) -> {
                try (PreparedStatement prepared = statement.getConnection().prepareStatement(text)) {
                    return first(prepared.executeQuery());
                }
            },
        };
        for (Call call : calls) {
            control("reset");
            Connection db = open("");
            try (Statement statement = db.createStatement()) {
                fails("leave RETURNING out", () -> call.of(statement, sql));
            }
            expect(value(db, "SELECT count(*) FROM chat_writes"), "0");
            expect(applied(), "");
            db.setAutoCommit(false);
            try (Statement statement = db.createStatement()) {
                expect(call.of(statement, sql), "x");
            }
            expect(applied(), "");
            db.commit();
            expect(applied(), "Body=x Body=y");
        }
    }

    static Connection refused() throws Exception {
        Connection db = open("");
        execute(db, "CREATE TABLE local(x)");
        control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2");
        db.setAutoCommit(false);
        execute(db, "INSERT INTO local VALUES (1)");
        write(db, "sent", "refused", "third");
        fails("Twilio error 20001 \"no\"", db::commit);
        return db;
    }

    static void refusals() throws Exception {
        step("a refused COMMIT raises with the message of the service, and rolls back", () -> {
            Connection db = refused();
            expect(value(db, "SELECT group_concat(state) FROM chat_writes"), "sent,failed,rolled back");
            expect(value(db, "SELECT count(*) FROM local"), "0");
            expect(applied(), "Body=sent");
        });

        step("the message of a refused COMMIT says how many were sent", () -> {
            Connection db = open("");
            control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2");
            db.setAutoCommit(false);
            write(db, "sent", "refused", "third");
            fails("of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent (see chat_writes)", db::commit);
        });

        // The driver has begun no transaction: that is why README.md here asks for a BEGIN.
        step("after a refused COMMIT each write is sent at once, and rollback() fails", () -> {
            Connection db = refused();
            expect(db.getAutoCommit(), false);
            write(db, "at once");
            expect(applied(), "Body=sent Body=at%20once");
            fails("no transaction is active", db::rollback);
        });

        step("after a refused COMMIT a BEGIN by hand mends it", () -> {
            Connection db = refused();
            execute(db, "BEGIN");
            write(db, "dropped");
            db.rollback();
            write(db, "kept");
            expect(applied(), "Body=sent");
            db.commit();
            expect(applied(), "Body=sent Body=kept");
        });
    }

    static void savepoints() throws Exception {
        // setSavepoint() ends autocommit and begins nothing: the savepoint is the outermost, and its release sends.
        step("after a refused releaseSavepoint() writes are refused until rollback()", () -> {
            Connection db = open("");
            control("fault?action=status&status=400&code=20001&message=no&method=POST");
            Savepoint savepoint = db.setSavepoint();
            write(db, "refused");
            fails("Twilio error 20001", () -> db.releaseSavepoint(savepoint));
            fails("the RELEASE of this transaction has failed: ROLLBACK first", () -> write(db, "lost"));
            db.rollback();
            write(db, "next");
            db.commit();
            expect(applied(), "Body=next");
        });

        step("without autocommit a savepoint is part of the transaction", () -> {
            Connection db = open("");
            db.setAutoCommit(false);
            write(db, "first");
            Savepoint savepoint = db.setSavepoint();
            write(db, "dropped");
            db.rollback(savepoint);
            write(db, "last");
            db.releaseSavepoint(savepoint);
            expect(applied(), "");
            db.commit();
            expect(applied(), "Body=first Body=last");
        });
    }

    public static void main(String[] arguments) throws Exception {
        reading();
        writing();
        refusals();
        savepoints();
    }
}
