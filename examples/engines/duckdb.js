// What duckdb.sh has DuckDB do: SQL comes on standard input, a statement a line, and runs in one transaction.
//
//   node duckdb.js FILE.duckdb stands              prints what archive_loaded holds, if there is one: archive, change
//   node duckdb.js FILE.duckdb load HERE THERE     a line that begins with "=TABLE " is a query whose rows are counted and
//       summed up into the files THERE/TABLE.rows and THERE/TABLE.sha256, one column, a line each; the transaction is
//       committed if they have what those in HERE have
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');

const [file, task, here, there] = process.argv.slice(2);

function fail(error) {
    console.error(String(error.message || error).split('\n')[0]);
    process.exit(1);
}

function duckdb() {
    try {
        return require('@duckdb/node-api');
    } catch (error) {
        return fail(new Error('Node has no @duckdb/node-api here: npm install @duckdb/node-api'));
    }
}

async function stands(connection) {
    const tables = await connection.runAndReadAll(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'archive_loaded' AND schema_name = 'main' AND NOT internal");
    if (tables.currentRowCount === 0) return;
    const rows = (await connection.runAndReadAll('SELECT archive, change::VARCHAR FROM archive_loaded')).getRows();
    for (const row of rows) console.log(row.join('\n'));
}

// The rows of a query, which are too many to be held.
async function sum(connection, table, query) {
    const hash = crypto.createHash('sha256');
    const result = await connection.stream(query);
    let rows = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const lines = chunk.getColumnValues(0);
        rows += lines.length;
        hash.update(lines.join('\n') + '\n');
    }
    fs.writeFileSync(`${there}/${table}.rows`, `${rows}\n`);
    fs.writeFileSync(`${there}/${table}.sha256`, `${hash.digest('hex')}  -\n`);
}

function same(name) {
    return fs.readFileSync(`${here}/${name}`, 'utf8') === fs.readFileSync(`${there}/${name}`, 'utf8');
}

async function load(connection) {
    await connection.run('BEGIN');
    for (const line of fs.readFileSync(0, 'utf8').split('\n')) {
        const [, table, query] = /^=(\S+) (.*)$/.exec(line) || [];
        if (table) await sum(connection, table, query);
        else if (line) await connection.run(line);
    }
    const equal = fs.readdirSync(here).every(same);
    await connection.run(equal ? 'COMMIT' : 'ROLLBACK');
    if (equal) console.log('committed');
}

async function main() {
    const instance = await duckdb().DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    await (task === 'stands' ? stands : load)(connection);
    connection.closeSync();
    instance.closeSync();
}

main().catch(fail);
