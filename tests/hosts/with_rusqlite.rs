// Rust's rusqlite. Run by tests/hosts/rusqlite; host.sh says what the environment holds.
//
//     rusqlite = { version = "0.28", features = ["load_extension"] }
//
//     let guard = unsafe { LoadExtensionGuard::new(&db)? };       // or load_extension_enable() and _disable()
//     unsafe { db.load_extension("build/chat", None)? };

use rusqlite::{params, Connection, Error, ErrorCode, LoadExtensionGuard};
use std::env::var;
use std::fmt::Debug;
use std::process::Command;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const INSERT: &str = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)";
const READ: &str =
    "SELECT \"index\", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY \"index\"";

fn get(name: &str) -> String {
    var(name).unwrap()
}

fn curl(arguments: &[&str], path: &str) -> Outcome<String> {
    let url = format!("{}/__control/{}", get("TWILIO_CHAT_URL"), path);
    let output = Command::new("curl").args(["-sS", "--noproxy", "*"]).args(arguments).arg(url).output()?;
    Ok(String::from_utf8(output.stdout)?)
}

fn control(command: &str) -> Outcome<()> {
    curl(&["-X", "POST"], command).map(|_| ())
}

// The bodies of what the service has applied since the step began. SQLite reads the JSON.
fn applied() -> Outcome<String> {
    let sql = "SELECT coalesce(group_concat(value ->> 'body', ' '), '') FROM json_each(?)";
    Ok(Connection::open_in_memory()?.query_row(sql, [curl(&[], "ledger")?], |row| row.get(0))?)
}

fn returning() -> String {
    let row = format!("('{}', '{}'", get("SERVICE"), get("CHANNEL"));
    format!("INSERT INTO messages(service_sid, channel_sid, body) VALUES {0}, 'x'), {0}, 'y') RETURNING body", row)
}

fn load(db: Connection) -> Outcome<Connection> {
    {
        let _guard = unsafe { LoadExtensionGuard::new(&db)? };
        unsafe { db.load_extension(get("LIBRARY"), None::<&str>)? };
    }
    Ok(db)
}

fn open() -> Outcome<Connection> {
    load(Connection::open_in_memory()?)
}

fn write(db: &Connection, bodies: &[&str]) -> Outcome<()> {
    for body in bodies {
        expect(db.execute(INSERT, params![get("SERVICE"), get("CHANNEL"), body])?, 1)?;
    }
    Ok(())
}

fn count(db: &Connection, sql: &str) -> Outcome<i64> {
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

fn expect<A: PartialEq<B> + Debug, B: Debug>(actual: A, expected: B) -> Outcome<()> {
    if actual == expected {
        return Ok(());
    }
    Err(format!("{:?} instead of {:?}", actual, expected).into())
}

fn fails<T>(result: Result<T, Error>, texts: &[&str]) -> Outcome<Error> {
    let error = result.err().ok_or("no error")?;
    for text in texts {
        if !error.to_string().contains(text) {
            return Err(format!("other error: {}", error).into());
        }
    }
    Ok(error)
}

fn step(name: &str, action: fn() -> Outcome<()>) {
    match control("reset").and_then(|_| action()) {
        Ok(()) => println!("ok - {}", name),
        Err(error) => println!("not ok - {}\n# {}", name, error.to_string().replace('\n', "\n# ")),
    }
}

fn reading() {
    step("loads from its file name", || {
        expect(count(&open()?, "SELECT chat_version() GLOB '[0-9]*.[0-9]*'")?, 1)
    });
    step("reads with parameters", || {
        let db = open()?;
        let mut statement = db.prepare(READ)?;
        let rows = statement.query_map([get("SERVICE"), get("CHANNEL")], |row| row.get::<_, i64>(0))?;
        let indexes = rows.collect::<Result<Vec<_>, _>>()?;
        expect(indexes, (0..get("MESSAGES").parse()?).collect::<Vec<i64>>())
    });
    step("joins", || {
        let db = open()?;
        let mut statement = db.prepare(&get("JOIN"))?;
        let rows = statement.query_map([get("SERVICE")], |row| {
            Ok(format!("{}={}", row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        expect(rows.collect::<Result<Vec<_>, _>>()?.join(" "), get("JOINED"))
    });
    step("NULL, integers and JSON arrive as such", || {
        let db = open()?;
        let sql = "SELECT media, \"index\", attributes ->> 'topic' AS topic FROM messages WHERE service_sid = ?
            AND channel_sid = ? AND topic = 'support' LIMIT 1";
        let row: (Option<String>, i64, String) = db.query_row(sql, [get("SERVICE"), get("CHANNEL")], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        expect((row.0, row.2.as_str()), (None, "support"))?;
        let sql = "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p WHERE p.value = 'sendMessage'";
        expect(count(&db, sql)?, 1)
    });
    step("half a result can be left", || {
        let db = open()?;
        {
            let mut statement = db.prepare("SELECT sid, body FROM messages")?;
            let mut rows = statement.query([])?;
            for _ in 0..3 {
                expect(rows.next()?.ok_or("no row")?.get::<_, String>(0)?.len(), 34_usize)?;
            }
        }
        write(&db, &["after"])?;
        db.close().map_err(|(_, error)| error)?;
        expect(applied()?, "Body=after")
    });
    step("an error at a later row is that row's", || {
        let db = open()?;
        db.execute("UPDATE chat_settings SET value = 5 WHERE name = 'page_size'", [])?;
        control("fault?action=status&status=400&code=20001&message=no&method=GET&nth=2")?;
        let mut statement = db.prepare(READ)?;
        let rows = statement.query_map([get("SERVICE"), get("CHANNEL")], |row| row.get::<_, i64>(0))?;
        fails(rows.collect::<Result<Vec<_>, _>>(), &["Twilio error 20001"]).map(|_| ())
    });
}

fn writing() {
    step("text beyond ASCII, and digits, go and come unchanged", || {
        let db = open()?;
        write(&db, &["Grüße 🎂", "007"])?;
        expect(applied()?, "Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007")?;
        let sql = format!("SELECT group_concat(body) FROM ({} DESC LIMIT 2)", READ);
        let found: String = db.query_row(&sql, [get("SERVICE"), get("CHANNEL")], |row| row.get(0))?;
        expect(found, "007,Grüße 🎂")
    });
    step("COMMIT sends once, in order", || {
        let mut db = open()?;
        db.execute_batch("CREATE TABLE local(x)")?;
        let transaction = db.transaction()?;
        write(&transaction, &["one", "two"])?;
        transaction.execute("INSERT INTO local VALUES (1)", [])?;
        expect(applied()?, "")?;
        transaction.commit()?;
        expect(applied()?, "Body=one Body=two")?;
        expect(count(&db, "SELECT count(*) FROM local")?, 1)
    });
    step("ROLLBACK sends nothing", || {
        let mut db = open()?;
        write(&*db.transaction()?, &["never"])?; // dropped, and so rolled back
        expect(applied()?, "")
    });
    step("a statement of its own is sent once", || {
        write(&open()?, &["alone"])?;
        expect(applied()?, "Body=alone")
    });
    step("a prepared statement is sent once each time", || {
        let db = open()?;
        let mut statement = db.prepare(INSERT)?;
        for body in ["a", "b", "c"] {
            statement.execute([&get("SERVICE"), &get("CHANNEL"), body])?;
        }
        expect(applied()?, "Body=a Body=b Body=c")
    });
    step("writes inside a reading loop are sent once", || {
        let db = open()?;
        let mut statement = db.prepare(&format!("{} LIMIT 3", READ))?;
        let mut rows = statement.query([get("SERVICE"), get("CHANNEL")])?;
        while let Some(row) = rows.next()? {
            write(&db, &[&format!("about {}", row.get::<_, i64>(0)?)])?;
        }
        expect(applied()?, "Body=about%200 Body=about%201 Body=about%202")
    });
    step("a refused COMMIT raises with the message of the service, and rolls back", || {
        let mut db = open()?;
        db.execute_batch("CREATE TABLE local(x)")?;
        control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")?;
        let transaction = db.transaction()?;
        transaction.execute("INSERT INTO local VALUES (1)", [])?;
        write(&transaction, &["sent", "refused", "third"])?;
        let texts = ["Twilio error 20001 \"no\"", "of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent"];
        fails(transaction.commit(), &texts)?;
        expect(db.is_autocommit(), true)?;
        expect(count(&db, "SELECT count(*) FROM local")?, 0)?;
        write(&db, &["next"])?;
        expect(applied()?, "Body=sent Body=next")
    });
    step("a bad row raises, and nothing is sent", || {
        let db = open()?;
        fails(db.execute("INSERT INTO messages(body) VALUES ('x')", []), &["channel_sid is needed"])?;
        let error = fails(db.execute(INSERT, params![get("SERVICE"), get("CHANNEL"), None::<String>]), &["body"])?;
        expect(error.sqlite_error_code(), Some(ErrorCode::ConstraintViolation))?;
        expect(applied()?, "")
    });
    step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once", || {
        // It has written all the same: README.md tells.
        let execute = |db: &Connection| match db.execute(&returning(), []) {
            Err(Error::ExecuteReturnedResults) => Ok("x".to_string()),
            Err(error) => Err(error),
            Ok(_) => Ok("no row".to_string()),
        };
        // One row, and what comes after it is dropped.
        let query_row = |db: &Connection| db.query_row(&returning(), [], |row| row.get::<_, String>(0));
        let query_map = |db: &Connection| {
            let mut statement = db.prepare(&returning())?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?.remove(0))
        };
        let calls: [&dyn Fn(&Connection) -> Result<String, Error>; 3] = [&query_row, &query_map, &execute];
        for call in calls {
            control("reset")?;
            let mut db = open()?;
            fails(call(&db), &["leave RETURNING out"])?;
            expect(count(&db, "SELECT count(*) FROM chat_writes")?, 0)?;
            expect(applied()?, "")?;
            let transaction = db.transaction()?;
            expect(call(&transaction)?, "x")?;
            expect(applied()?, "")?;
            transaction.commit()?;
            expect(applied()?, "Body=x Body=y")?;
        }
        Ok(())
    });
    step("a file, closed and opened again", || {
        let file = get("HOST_FOLDER") + "/data.db";
        let db = load(Connection::open(&file)?)?;
        db.execute_batch(&format!(
            "CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = '{}' AND channel_sid = '{}'",
            get("SERVICE"),
            get("CHANNEL")
        ))?;
        let saved = count(&db, "SELECT nullif(count(*), 0) FROM saved")?;
        db.close().map_err(|(_, error)| error)?;
        let sql = "SELECT count(*) FROM saved JOIN messages AS m USING (sid) WHERE m.service_sid = ? AND m.channel_sid = ?";
        let joined: i64 =
            load(Connection::open(&file)?)?.query_row(sql, [get("SERVICE"), get("CHANNEL")], |row| row.get(0))?;
        expect(joined, saved)
    });
}

fn savepoints() {
    // Before 0.30 dropping a savepoint is ROLLBACK TO alone, which does not end it.
    step("after a savepoint whose commit was refused, and which that drops, nothing is lost unsaid", || {
        let mut db = open()?;
        control("fault?action=status&status=400&code=20001&message=no&method=POST")?;
        let savepoint = db.savepoint()?;
        write(&savepoint, &["refused"])?;
        fails(savepoint.commit(), &["Twilio error 20001"])?;
        if !db.is_autocommit() {
            let lost = db.execute(INSERT, params![get("SERVICE"), get("CHANNEL"), "lost"]);
            fails(lost, &["the RELEASE of this transaction has failed: ROLLBACK first"])?;
            db.execute_batch("ROLLBACK")?;
        }
        write(&db, &["next"])?;
        expect(applied()?, "Body=next")
    });
    step("what is written after a savepoint that is dropped waits where that is still open", || {
        let mut db = open()?;
        write(&*db.savepoint()?, &["never"])?;
        let waits = !db.is_autocommit();
        write(&db, &["after"])?;
        expect(applied()?, if waits { "" } else { "Body=after" })?;
        if waits {
            db.execute_batch("COMMIT")?;
        }
        expect(applied()?, "Body=after")
    });
    step("savepoints within a transaction", || {
        let mut db = open()?;
        let mut transaction = db.transaction()?;
        let savepoint = transaction.savepoint()?;
        write(&savepoint, &["kept"])?;
        savepoint.commit()?;
        write(&*transaction.savepoint()?, &["dropped"])?;
        write(&transaction, &["last"])?;
        expect(applied()?, "")?;
        transaction.commit()?;
        expect(applied()?, "Body=kept Body=last")
    });
}

fn main() {
    reading();
    writing();
    savepoints();
}
