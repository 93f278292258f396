#!/usr/bin/env node
// Runs SQL in DuckDB, for examples/export.sh and others: DuckDB has no package of its own in most systems, but one for
// Node.
//
//   npm install @duckdb/node-api
//   node examples/node/duckdb.js [FILE.duckdb] <SCRIPT.sql
//
// Runs what stands in standard input, in memory or over the file, and prints the first column of each row that is
// selected, a line each; NULL is an empty line. The package is looked for where it is run, beside this file and where
// NODE_PATH says.
'use strict';

const fs = require('fs');
const { once } = require('events');

function load() {
    try {
        return require(require.resolve('@duckdb/node-api', { paths: [process.cwd(), __dirname] }));
    } catch (missing) {
        if (missing.code !== 'MODULE_NOT_FOUND') {
            throw missing;
        }
        throw new Error('DuckDB is missing: npm install @duckdb/node-api, here or where NODE_PATH says');
    }
}

async function print(result) {
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const lines = chunk.getColumnValues(0).map((value) => `${value ?? ''}\n`);
        if (!process.stdout.write(lines.join(''))) {
            await once(process.stdout, 'drain');
        }
    }
}

async function main() {
    const { DuckDBInstance, StatementType } = load();
    const instance = await DuckDBInstance.create(process.argv[2] ?? ':memory:');
    const connection = await instance.connect();
    const statements = await connection.extractStatements(fs.readFileSync(0, 'utf8'));
    for (let i = 0; i < statements.count; i++) {
        const statement = await statements.prepare(i);
        const result = await statement.stream();
        if (statement.statementType === StatementType.SELECT) {
            await print(result);
        }
    }
}

// A reader that goes away ends it; it is for the reader to say why.
process.stdout.on('error', () => process.exit(1));
main().catch((error) => {
    process.stderr.write(`duckdb: ${error.message.split('\n')[0]}\n`);
    process.exitCode = 1;
});
