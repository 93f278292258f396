#!/usr/bin/env bash
# libsql's transaction() throws the error of a ROLLBACK that was not needed in the place of the one that ended it.
#
# Expected: what ended the transaction is thrown, with its code.
# Happens: when SQLite has rolled back by itself, as by ON CONFLICT ROLLBACK, the module sends ROLLBACK all the same,
#   that fails, and this second error is thrown: "cannot rollback - no transaction is active", SQLITE_ERROR. Which
#   constraint it was, and that it was one, is lost.
# Seen: libsql 0.5.29 (npm) under Node 20 and 24.
# Why it matters: programs decide by the code whether to skip a row, to try again or to give up. Tests that let plain
#   constraints fail do not see it, since those leave the transaction open.
#
# Needs npm, node. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$temp" libsql@0.5.29 >npm.log

cat >try.js <<'JS'
const Database = require('libsql');
const { version } = JSON.parse(require('fs').readFileSync('node_modules/libsql/package.json'));

function check(what, seen, wanted) {
    if (seen !== wanted) {
        console.error(`changed: ${what}: ${seen}, not ${wanted}`);
        process.exit(1);
    }
    console.log(`ok: libsql ${version}, ${what}: ${seen}`);
}

function error(action) {
    try {
        action();
        return 'none';
    } catch (failure) {
        return `${failure.message}, ${failure.code}`;
    }
}

check('version', version, '0.5.29');
const db = new Database(':memory:');
db.exec('CREATE TABLE plain(a UNIQUE); CREATE TABLE ends(a UNIQUE ON CONFLICT ROLLBACK)');
for (const table of ['plain', 'ends']) {
    db.exec(`INSERT INTO ${table} VALUES (1)`);
    check(`a conflict in ${table}, alone`, error(() => db.exec(`INSERT INTO ${table} VALUES (1)`)),
        `UNIQUE constraint failed: ${table}.a, SQLITE_CONSTRAINT_UNIQUE`);
}
check('a conflict in plain, in transaction()', error(db.transaction(() => db.exec('INSERT INTO plain VALUES (1)'))),
    'UNIQUE constraint failed: plain.a, SQLITE_CONSTRAINT_UNIQUE');
check('a conflict in ends, in transaction()', error(db.transaction(() => db.exec('INSERT INTO ends VALUES (1)'))),
    'cannot rollback - no transaction is active, SQLITE_ERROR');
check('is a transaction open after it', db.inTransaction, false);
JS
node try.js
