// libsql's module. Run by tests/hosts/libsql; javascript.mjs has the steps.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { applied, channel, control, INSERT, library, READ, refuseSecondPage, RETURNING, service, step, steps } from './javascript.mjs';

const Database = createRequire(import.meta.url)('libsql');

function open(file = ':memory:') {
    const db = new Database(file);
    db.loadExtension(library);
    return db;
}

await steps(open, { leftByRun: true });

await step("iterate() raises at a later row's error, and where RETURNING is refused", async () => {
    const db = open();
    await refuseSecondPage(db);
    assert.throws(() => [...db.prepare(READ).iterate(service, channel)], /Twilio error 20001/);
    assert.throws(() => [...db.prepare(RETURNING).iterate()], /leave RETURNING out/);
    assert.deepEqual(await applied(), []);
});

// The statement stays open after run(), of an ordinary table too: README.md asks for get() or all().
await step('after run() of RETURNING a COMMIT is refused, and sends nothing', async () => {
    for (const table of ['messages', 'local']) {
        const db = open();
        db.exec('CREATE TABLE local(service_sid, channel_sid, body); BEGIN');
        db.prepare(RETURNING.replace('messages', table)).run();
        assert.throws(() => db.exec('COMMIT'), /SQL statements in progress/);
        db.exec('ROLLBACK');
        assert.deepEqual(await applied(), []);
    }
});

// It answers a refused COMMIT with the error of its ROLLBACK, for which there is no transaction any more: README.md tells.
await step('transaction() commits, and rolls back what throws; it hides why a COMMIT was refused', async () => {
    const db = open();
    const writing = db.prepare(INSERT);
    const write = db.transaction((body, fail) => {
        writing.run(service, channel, body);
        if (fail) {
            throw new Error("the program's own");
        }
    });
    write('first', false);
    assert.throws(() => write('never', true), /the program's own/);
    await control('fault?action=status&status=400&code=20001&message=no&method=POST');
    assert.throws(() => write('refused', false), /cannot rollback - no transaction is active/);
    assert.equal(db.inTransaction, false);
    assert.match(db.prepare("SELECT error FROM chat_writes WHERE state = 'failed'").get().error, /20001/);
    assert.deepEqual(await applied(), ['Body=first']);
});
