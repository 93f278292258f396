// What the SQLite modules of JavaScript runtimes have in common: prepare() with all(), get(), run() and iterate(), exec(),
// loadExtension(). node_sqlite.mjs, deno.mjs, bun.mjs and libsql.mjs each hand their way of opening to steps(), and
// have steps of their own besides. host.sh says what the environment holds.
import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';

export const { SERVICE: service, CHANNEL: channel, TWILIO_CHAT_URL: origin, LIBRARY: library } = process.env;
export const INSERT = 'INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)';
export const READ = 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"';
export const RETURNING = `INSERT INTO messages(service_sid, channel_sid, body)
    VALUES ('${service}', '${channel}', 'x'), ('${service}', '${channel}', 'y') RETURNING body`;

export async function control(command) {
    const answer = await fetch(`${origin}/__control/${command}`, { method: 'POST' });
    assert(answer.ok, await answer.text());
}

// The bodies of what the service has applied since the step began.
export async function applied() {
    const answer = await fetch(`${origin}/__control/ledger`);
    return (await answer.json()).map((write) => write.body);
}

export async function step(name, action) {
    await control('reset');
    try {
        await action();
        console.log(`ok - ${name}`);
    } catch (error) {
        console.log(`not ok - ${name}\n# ${String(error.stack).replace(/\n/g, '\n# ')}`);
    }
}

// The second page of a list of two is refused: a way to read it must throw.
export async function refuseSecondPage(db) {
    db.exec("UPDATE chat_settings SET value = 5 WHERE name = 'page_size'");
    await control('fault?action=status&status=400&code=20001&message=no&method=GET&nth=2');
}

// The steps that host.sh lists. open(file) gives a connection with the extension; without a file, in memory.
// leftByRun: run() leaves a statement with RETURNING unfinished.
export async function steps(open, { leftByRun = false } = {}) {
    const value = (db, sql, ...parameters) => Object.values(db.prepare(sql).get(...parameters))[0];

    await step('loads from its file name', () => {
        assert.match(value(open(), 'SELECT chat_version()'), /^\d+\.\d+/);
    });

    await step('reads with parameters', () => {
        const rows = open().prepare(READ).all(service, channel);
        assert.equal(rows.length, Number(process.env.MESSAGES));
        assert.equal(rows.at(-1).index, rows.length - 1);
    });

    await step('joins', () => {
        const rows = open().prepare(process.env.JOIN).all(service);
        assert.equal(rows.map((row) => `${row.friendly_name}=${row.messages}`).join(' '), process.env.JOINED);
    });

    await step('NULL, integers and JSON arrive as such', () => {
        const db = open();
        const row = db.prepare(`SELECT media, "index", attributes FROM messages WHERE service_sid = ? AND channel_sid = ?
            AND attributes ->> 'topic' = 'support' LIMIT 1`).get(service, channel);
        assert.equal(row.media, null);
        assert.equal(typeof row.index, 'number');
        assert.equal(JSON.parse(row.attributes).topic, 'support');
        assert.equal(value(db, `SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p
            WHERE p.value = 'sendMessage'`), 1);
    });

    await step('text beyond ASCII, and digits, go and come unchanged', async () => {
        const db = open();
        const writing = db.prepare(INSERT);
        ['Grüße 🎂', '007'].forEach((body) => writing.run(service, channel, body));
        assert.deepEqual(await applied(), ['Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82', 'Body=007']);
        const bodies = db.prepare(`${READ} DESC LIMIT 2`).all(service, channel).map((row) => row.body);
        assert.deepEqual(bodies, ['007', 'Grüße 🎂']);
    });

    await step('half a result can be left', async () => {
        const db = open();
        let rows = 0;
        for (const row of db.prepare('SELECT sid, body FROM messages').iterate()) {
            assert.equal(row.sid.length, 34);
            if (++rows === 3) {
                break;
            }
        }
        db.prepare(INSERT).run(service, channel, 'after');
        db.close();
        assert.deepEqual(await applied(), ['Body=after']);
    });

    await step('COMMIT sends once, in order', async () => {
        const db = open();
        const writing = db.prepare(INSERT);
        db.exec('CREATE TABLE local(x); BEGIN');
        ['one', 'two'].forEach((body) => writing.run(service, channel, body));
        db.exec('INSERT INTO local VALUES (1)');
        assert.deepEqual(await applied(), []);
        db.exec('COMMIT');
        assert.deepEqual(await applied(), ['Body=one', 'Body=two']);
        assert.equal(value(db, 'SELECT count(*) FROM local'), 1);
    });

    await step('ROLLBACK sends nothing', async () => {
        const db = open();
        db.exec('BEGIN');
        db.prepare(INSERT).run(service, channel, 'never');
        db.exec('ROLLBACK');
        assert.deepEqual(await applied(), []);
    });

    await step('a statement of its own is sent once', async () => {
        const db = open();
        db.prepare(INSERT).run(service, channel, 'run');
        db.exec(`INSERT INTO messages(service_sid, channel_sid, body) VALUES ('${service}', '${channel}', 'exec')`);
        assert.deepEqual(await applied(), ['Body=run', 'Body=exec']);
    });

    await step('a prepared statement is sent once each time', async () => {
        const writing = open().prepare(INSERT);
        ['a', 'b', 'c'].forEach((body) => writing.run(service, channel, body));
        assert.deepEqual(await applied(), ['Body=a', 'Body=b', 'Body=c']);
    });

    await step('writes inside a reading loop are sent once', async () => {
        const db = open();
        const writing = db.prepare(INSERT);
        for (const { index } of db.prepare(`${READ} LIMIT 3`).iterate(service, channel)) {
            writing.run(service, channel, `about ${index}`);
        }
        assert.deepEqual(await applied(), ['Body=about%200', 'Body=about%201', 'Body=about%202']);
    });

    await step('a refused COMMIT raises with the message of the service, and rolls back', async () => {
        const db = open();
        const writing = db.prepare(INSERT);
        db.exec('CREATE TABLE local(x)');
        await control('fault?action=status&status=400&code=20001&message=no&method=POST&nth=2');
        db.exec('BEGIN; INSERT INTO local VALUES (1)');
        ['sent', 'refused', 'third'].forEach((body) => writing.run(service, channel, body));
        assert.throws(() => db.exec('COMMIT'),
            /Twilio error 20001 "no".*of 3 calls 1 was sent, 1 failed.* 1 was not sent \(see chat_writes\)/s);
        assert.equal(value(db, 'SELECT count(*) FROM local'), 0);
        writing.run(service, channel, 'next');
        assert.deepEqual(await applied(), ['Body=sent', 'Body=next']);
    });

    await step('a bad row raises, and nothing is sent', async () => {
        const db = open();
        assert.throws(() => db.exec("INSERT INTO messages(body) VALUES ('x')"), /channel_sid is needed/);
        assert.throws(() => db.prepare(INSERT).run(service, channel, null), /body/);
        assert.deepEqual(await applied(), []);
    });

    // get() takes one row and drops what comes after it.
    await step('RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once', async () => {
        for (const call of ['get', 'all', 'run']) {
            await control('reset');
            const db = open();
            const write = db.prepare(RETURNING);
            assert.throws(() => write[call](), /leave RETURNING out/);
            assert.throws(() => db.exec(RETURNING), /leave RETURNING out/);
            assert.equal(value(db, 'SELECT count(*) FROM chat_writes'), 0);
            assert.deepEqual(await applied(), []);
            if (call === 'run' && leftByRun) {
                continue;
            }
            db.exec('BEGIN');
            const bodies = [write[call]()].flat().map((row) => row.body);
            assert.deepEqual(bodies, { get: ['x'], all: ['x', 'y'], run: [undefined] }[call]);
            assert.deepEqual(await applied(), []);
            db.exec('COMMIT');
            assert.deepEqual(await applied(), ['Body=x', 'Body=y']);
        }
    });

    await step('a file, closed and opened again', () => {
        const file = path.join(process.env.HOST_FOLDER, 'data.db');
        let db = open(file);
        db.exec(`CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = '${service}'
            AND channel_sid = '${channel}'`);
        const saved = value(db, 'SELECT count(*) FROM saved');
        db.close();
        db = open(file);
        assert(saved > 0);
        assert.equal(value(db, `SELECT count(*) FROM saved JOIN messages AS m USING (sid)
            WHERE m.service_sid = ? AND m.channel_sid = ?`, service, channel), saved);
        db.close();
    });

    await step("all() raises at a later row's error", async () => {
        const db = open();
        await refuseSecondPage(db);
        assert.throws(() => db.prepare(READ).all(service, channel), /Twilio error 20001/);
    });

    await step('get() of a refused write raises', async () => {
        const db = open();
        await control('fault?action=status&status=400&code=20001&message=no&method=POST');
        assert.throws(() => db.prepare(INSERT).get(service, channel, 'refused'), /Twilio error 20001/);
        assert.deepEqual(await applied(), []);
    });
}
