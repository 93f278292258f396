// Deno's node:sqlite. Run by tests/hosts/deno; javascript.mjs has the steps.
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { applied, channel, control, INSERT, library, READ, refuseSecondPage, RETURNING, service, step, steps } from './javascript.mjs';

function open(file = ':memory:') {
    const db = new DatabaseSync(file, { allowExtension: true });
    db.loadExtension(library);
    return db;
}

await steps(open);

// So all() it is: what is seen here of Deno 2.9 is told in README.md. When this step fails, Deno has been mended.
await step("iterate() ends without a word at a later row's error", async () => {
    const db = open();
    await refuseSecondPage(db);
    assert.equal([...db.prepare(READ).iterate(service, channel)].length, 5);
    await control('reset');
    await control('fault?action=status&status=400&code=20001&message=no&method=POST');
    assert.deepEqual([...db.prepare(INSERT).iterate(service, channel, 'refused')], []);
    assert.deepEqual(db.prepare('SELECT state FROM chat_writes').all().map((row) => row.state), ['failed']);
    assert.deepEqual([...db.prepare(RETURNING).iterate()], []);
    assert.deepEqual(db.prepare('SELECT * FROM chat_writes').all().length, 1);
    assert.deepEqual(await applied(), []);
});

await step('without --allow-ffi no extension is loaded', async () => {
    await Deno.permissions.revoke({ name: 'ffi' });
    assert.throws(() => open(), /--allow-ffi/);
});
