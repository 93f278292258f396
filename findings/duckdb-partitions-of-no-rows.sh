#!/usr/bin/env bash
# DuckDB writes no file at all for a partitioned copy of no rows, and then cannot read it.
#
# Expected: a table without rows that is written with COPY is read back as a table without rows. WRITE_EMPTY_FILE, which
#   is the default, promises the file, and one file and the folder that PER_THREAD_OUTPUT makes have it.
# Happens: with PARTITION_BY the COPY succeeds, 0 rows, and makes an empty folder, also where WRITE_EMPTY_FILE true is
#   asked for. Whoever reads it gets an error, "No files found that match the pattern", and the names and types of the
#   columns are nowhere.
# Seen: DuckDB 1.5.6 (the npm package @duckdb/node-api 1.5.6-r.1) under Node.
# Why it matters: a nightly export that is split by day works until the first night without messages. Then it is not the
#   export that fails but what reads it.
#
# Needs npm, node. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$temp" @duckdb/node-api@1.5.6-r.1 >npm.log
cat >try.mjs <<'JS'
import { DuckDBInstance, version } from '@duckdb/node-api';
import { readdirSync } from 'node:fs';
const db = await (await DuckDBInstance.create(':memory:')).connect();
const rows = async (query) => {
    try {
        return JSON.stringify((await db.runAndReadAll(query)).getRowsJson());
    } catch (error) {
        return error.message.split('\n')[0];
    }
};
const check = (what, seen, wanted) => {
    if (seen !== wanted) {
        console.error(`changed: ${what}: ${seen}, not ${wanted}`);
        process.exit(1);
    }
    console.log(`ok: DuckDB ${version()}, ${what}: ${seen}`);
};
check('version', version(), 'v1.5.6');
await db.run('CREATE TABLE message(id INTEGER, day DATE)');
for (const [file, how, written, read] of [
    ['one.parquet', '', null, '[["0"]]'],
    ['threads', ', PER_THREAD_OUTPUT', 1, '[["0"]]'],
    ['days', ', PARTITION_BY (day)', 0, 'IO Error: No files found that match the pattern "days/**/*.parquet"'],
    ['asked', ', PARTITION_BY (day), WRITE_EMPTY_FILE true', 0,
        'IO Error: No files found that match the pattern "asked/**/*.parquet"'],
]) {
    const files = written === null ? file : `${file}/**/*.parquet`;
    check(`COPY to ${file}`, await rows(`COPY message TO '${file}' (FORMAT parquet${how})`), '[["0"]]');
    if (written !== null) check(`files in ${file}`, String(readdirSync(file).length), String(written));
    check(`rows read from ${file}`, await rows(`SELECT count(*) FROM read_parquet('${files}')`), read);
}
JS
node try.mjs || exit 1 # it has said what changed
