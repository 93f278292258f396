// Node's own module. Run by tests/hosts/node_sqlite; javascript.mjs has the steps.
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { applied, channel, INSERT, library, READ, refuseSecondPage, RETURNING, service, step, steps } from './javascript.mjs';

function open(file = ':memory:') {
    const db = new DatabaseSync(file, { allowExtension: true });
    db.loadExtension(library);
    return db;
}

await steps(open);

await step("iterate() raises at a later row's error, and where RETURNING is refused", async () => {
    const db = open();
    await refuseSecondPage(db);
    assert.throws(() => [...db.prepare(READ).iterate(service, channel)], /Twilio error 20001/);
    assert.throws(() => [...db.prepare(RETURNING).iterate()], /leave RETURNING out/);
    assert.deepEqual(await applied(), []);
});

await step("errors have SQLite's number, and run() tells the changes", () => {
    const db = open();
    assert.throws(() => db.prepare(INSERT).run(service, channel, null), { code: 'ERR_SQLITE_ERROR', errcode: 19 });
    assert.equal(db.prepare(INSERT).run(service, channel, 'one').changes, 1);
});

await step('named parameters', async () => {
    open().prepare('INSERT INTO messages(service_sid, channel_sid, body) VALUES ($service, $channel, $body)')
        .run({ service, channel, body: 'named' });
    assert.deepEqual(await applied(), ['Body=named']);
});
