// Bun's own module, bun:sqlite. Run by tests/hosts/bun; javascript.mjs has the steps.
import assert from 'node:assert/strict';
import { Database } from 'bun:sqlite';
import { applied, channel, control, INSERT, library, READ, refuseSecondPage, RETURNING, service, step, steps } from './javascript.mjs';

function open(file = ':memory:') {
    const db = new Database(file);
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

await step('transaction() commits, and rolls back what throws; within another it is a savepoint', async () => {
    const db = open();
    const writing = db.query(INSERT);
    const write = db.transaction((body, fail) => {
        writing.run(service, channel, body);
        if (fail) {
            throw new Error("the program's own");
        }
    });
    write('first', false);
    assert.throws(() => write('never', true), /the program's own/);
    db.transaction(() => {
        write('outer', false);
        assert.throws(() => write('dropped', true), /the program's own/);
    })();
    assert.deepEqual(await applied(), ['Body=first', 'Body=outer']);
});

await step('transaction() raises when its COMMIT is refused, and leaves none open', async () => {
    const db = open();
    const writing = db.query(INSERT);
    await control('fault?action=status&status=400&code=20001&message=no&method=POST');
    assert.throws(db.transaction(() => writing.run(service, channel, 'refused')), /Twilio error 20001/);
    assert.equal(db.inTransaction, false);
    assert.deepEqual(await applied(), []);
});
