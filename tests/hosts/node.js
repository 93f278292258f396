// Node's better-sqlite3. Run by tests/hosts/node; host.sh says what the environment holds.
'use strict';

const assert = require('assert');
const path = require('path');
const Database = require('better-sqlite3');

const { SERVICE: service, CHANNEL: channel, TWILIO_CHAT_URL: origin } = process.env;
const INSERT = 'INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)';
const READ = 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"';

async function control(command) {
    const answer = await fetch(`${origin}/__control/${command}`, { method: 'POST' });
    assert(answer.ok, await answer.text());
}

// The bodies of what the service has applied since the step began.
async function applied() {
    const answer = await fetch(`${origin}/__control/ledger`);
    return (await answer.json()).map((write) => write.body);
}

function open(file = ':memory:') {
    const db = new Database(file);
    db.loadExtension(process.env.LIBRARY);
    return db;
}

const steps = [];

function step(name, action) {
    steps.push({ name, action });
}

step('loads from its file name', () => {
    assert.match(open().prepare('SELECT chat_version()').pluck().get(), /^\d+\.\d+/);
});

step('reads with parameters', () => {
    const rows = open().prepare(READ).all(service, channel);
    assert.equal(rows.length, Number(process.env.MESSAGES));
    assert.strictEqual(rows.at(-1).index, rows.length - 1);
});

step('joins', () => {
    const rows = open().prepare(process.env.JOIN).raw().all(service);
    assert.equal(rows.map((row) => row.join('=')).join(' '), process.env.JOINED);
});

step('NULL, integers and JSON arrive as such', () => {
    const db = open();
    const row = db.prepare(`SELECT media, "index", attributes FROM messages WHERE service_sid = ? AND channel_sid = ?
        AND attributes ->> 'topic' = 'support' LIMIT 1`).get(service, channel);
    assert.strictEqual(row.media, null);
    assert.equal(typeof row.index, 'number');
    assert.equal(JSON.parse(row.attributes).topic, 'support');
    assert.equal(db.prepare(`SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p
        WHERE p.value = 'sendMessage'`).pluck().get(), 1);
});

// A number of JavaScript is a REAL: as a body it would be 7.0, in any TEXT column.
step('text beyond ASCII, and digits, go and come unchanged', async () => {
    const db = open();
    const writing = db.prepare(INSERT);
    for (const body of ['Grüße 🎂', '007', 7n]) {
        writing.run(service, channel, body);
    }
    assert.deepEqual(await applied(), ['Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82', 'Body=007', 'Body=7']);
    const bodies = db.prepare(`${READ} DESC LIMIT 3`).all(service, channel).map((row) => row.body);
    assert.deepEqual(bodies, ['7', '007', 'Grüße 🎂']);
});

// Leaving the loop ends the iterator; until then the connection is busy.
step('half a result can be left', async () => {
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

step('COMMIT sends once, in order', async () => {
    const db = open();
    db.exec('CREATE TABLE local(x)');
    const writing = db.prepare(INSERT);
    db.transaction((bodies) => {
        bodies.forEach((body) => writing.run(service, channel, body));
        db.exec('INSERT INTO local VALUES (1)');
        assert.deepEqual(db.prepare('SELECT state FROM chat_writes').pluck().all(), ['pending', 'pending']);
    })(['one', 'two']);
    assert.deepEqual(await applied(), ['Body=one', 'Body=two']);
    assert.equal(db.prepare('SELECT count(*) FROM local').pluck().get(), 1);
});

step('ROLLBACK sends nothing', async () => {
    const db = open();
    assert.throws(db.transaction(() => {
        db.prepare(INSERT).run(service, channel, 'never');
        throw new Error("the program's own");
    }), /the program's own/);
    assert.equal(db.inTransaction, false);
    assert.deepEqual(await applied(), []);
});

step('a statement of its own is sent once', async () => {
    const db = open();
    const result = db.prepare(INSERT).run(service, channel, 'run');
    assert.equal(result.changes, 1);
    db.exec(`INSERT INTO messages(service_sid, channel_sid, body) VALUES ('${service}', '${channel}', 'exec')`);
    assert.deepEqual(await applied(), ['Body=run', 'Body=exec']);
});

step('a prepared statement is sent once each time', async () => {
    const writing = open().prepare(INSERT);
    ['a', 'b', 'c'].forEach((body) => writing.run(service, channel, body));
    assert.deepEqual(await applied(), ['Body=a', 'Body=b', 'Body=c']);
});

// better-sqlite3 refuses writes while it iterates, unless told that they are safe.
step('writes inside a reading loop are sent once', async () => {
    const db = open();
    const writing = db.prepare(INSERT);
    for (const { index } of db.prepare(`${READ} LIMIT 3`).iterate(service, channel)) {
        assert.throws(() => writing.run(service, channel, 'busy'), /busy/);
        db.unsafeMode(true);
        writing.run(service, channel, `about ${index}`);
        db.unsafeMode(false);
    }
    assert.deepEqual(await applied(), ['Body=about%200', 'Body=about%201', 'Body=about%202']);
});

step('a refused COMMIT raises with the message of the service, and rolls back', async () => {
    const db = open();
    db.exec('CREATE TABLE local(x)');
    const writing = db.prepare(INSERT);
    await control('fault?action=status&status=400&code=20001&message=no&method=POST&nth=2');
    assert.throws(db.transaction(() => {
        db.exec('INSERT INTO local VALUES (1)');
        writing.run(service, channel, 'sent');
        writing.run(service, channel, 'refused');
    }), { name: 'SqliteError', code: 'SQLITE_ERROR', message: /Twilio error 20001 "no".*see chat_writes/s });
    assert.equal(db.inTransaction, false);
    assert.equal(db.prepare('SELECT count(*) FROM local').pluck().get(), 0);
    writing.run(service, channel, 'next');
    assert.deepEqual(await applied(), ['Body=sent', 'Body=next']);
});

step('a bad row raises, and nothing is sent', async () => {
    const db = open();
    assert.throws(() => db.exec('INSERT INTO messages(body) VALUES (1)'),
        { code: /^SQLITE_ERROR/, message: /channel_sid is needed/ });
    assert.throws(() => db.prepare(INSERT).run(service, channel, null), { code: /^SQLITE_CONSTRAINT/ });
    assert.deepEqual(await applied(), []);
});

step('a file, closed and opened again', () => {
    const file = path.join(process.env.HOST_FOLDER, 'data.db');
    let db = open(file);
    db.prepare('CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = ? AND channel_sid = ?')
        .run(service, channel);
    const saved = db.prepare('SELECT count(*) FROM saved').pluck().get();
    db.close();
    db = open(file);
    assert.equal(db.prepare('SELECT count(*) FROM saved').pluck().get(), saved);
    assert.equal(db.prepare(`SELECT count(*) FROM saved JOIN messages AS m USING (sid)
        WHERE m.service_sid = ? AND m.channel_sid = ?`).pluck().get(service, channel), saved);
});

step('transactions within transactions are savepoints', async () => {
    const db = open();
    const write = db.transaction((body, fail) => {
        db.prepare(INSERT).run(service, channel, body);
        if (fail) {
            throw new Error('dropped');
        }
    });
    db.transaction(() => {
        write('outer', false);
        assert.throws(() => write('inner', true), /dropped/);
        write('last', false);
    }).immediate();
    assert.deepEqual(await applied(), ['Body=outer', 'Body=last']);
});

step('RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once', async () => {
    const db = open();
    const write = db.prepare(`INSERT INTO messages(service_sid, channel_sid, body)
        VALUES ('${service}', '${channel}', 'x'), ('${service}', '${channel}', 'y') RETURNING body`);
    assert.throws(() => write.get(), /leave RETURNING out/);
    assert.deepEqual(await applied(), []);
    assert.deepEqual(db.transaction(() => write.get())(), { body: 'x' });
    assert.deepEqual(await applied(), ['Body=x', 'Body=y']);
    await control('fault?action=status&status=400&method=POST');
    assert.throws(() => db.transaction(() => write.get())(), /HTTP 400/);
});

step('functions, aggregates and a table of the program beside chat tables', () => {
    const db = open();
    db.function('backwards', (text) => [...text].reverse().join(''));
    db.aggregate('longest', { start: 0, step: (kept, text) => Math.max(kept, text.length) });
    db.table('names', {
        columns: ['name'],
        *rows() {
            yield* [['random'], ['support'], ['nowhere']];
        },
    });
    const rows = db.prepare(`SELECT backwards(name) AS name FROM names JOIN channels AS c ON c.unique_name = name
        WHERE c.service_sid = ? ORDER BY name`).pluck().all(service);
    assert.deepEqual(rows, ['modnar', 'troppus']);
    assert.equal(db.prepare('SELECT longest(friendly_name) = max(length(friendly_name)) FROM channels').pluck().get(), 1);
});

step('worker threads with connections of their own', async () => {
    const { Worker } = require('worker_threads');
    const source = `
        const { parentPort, workerData } = require('worker_threads');
        const db = new (require('better-sqlite3'))(':memory:');
        db.loadExtension(process.env.LIBRARY);
        db.prepare(workerData.insert).run(workerData.service, workerData.channel, workerData.body);
        parentPort.postMessage(db.prepare('SELECT count(*) FROM channels').pluck().get());`;
    const counts = await Promise.all(['one', 'two', 'three'].map((body) => new Promise((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData: { insert: INSERT, service, channel, body } });
        worker.once('message', resolve);
        worker.once('error', reject);
    })));
    assert.deepEqual(new Set(counts), new Set([open().prepare('SELECT count(*) FROM channels').pluck().get()]));
    assert.deepEqual((await applied()).sort(), ['Body=one', 'Body=three', 'Body=two']);
});

step('serialize() copies the local tables', () => {
    const db = open();
    db.exec('CREATE TABLE saved AS SELECT sid FROM channels');
    const copy = new Database(db.serialize());
    assert.equal(copy.prepare('SELECT count(*) FROM saved').pluck().get(),
        db.prepare('SELECT count(*) FROM saved').pluck().get());
});

async function main() {
    for (const { name, action } of steps) {
        await control('reset');
        try {
            await action();
            console.log(`ok - ${name}`);
        } catch (error) {
            console.log(`not ok - ${name}\n# ${String(error.stack).replace(/\n/g, '\n# ')}`);
        }
    }
    await nodeSqlite();
}

// Node's own module, since 22.13.
async function nodeSqlite() {
    let sqlite;
    try {
        sqlite = require('node:sqlite');
    } catch {
        console.log(`ok - node:sqlite # SKIP this is Node ${process.version}`);
        return;
    }
    await control('reset');
    const db = new sqlite.DatabaseSync(':memory:', { allowExtension: true });
    db.loadExtension(process.env.LIBRARY);
    db.prepare(INSERT).run(service, channel, 'one');
    const rows = db.prepare(READ).all(service, channel);
    const written = (await applied()).join();
    console.log(`${rows.at(-1).body === 'one' && written === 'Body=one' ? 'ok' : 'not ok'} - node:sqlite\n# ${written}`);
}

main();
