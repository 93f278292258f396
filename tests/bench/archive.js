/*
 * examples/archive.sh beside a plain scan of the same lists in the sqlite3 shell. A row of cases.js with `archive` is
 * measured here: 'first', an archive of everything, or 'again', one that finds nothing new. Its `sql` is the scan.
 */
'use strict';

const fs = require('fs');
const path = require('path');
const { run, folder } = require('./process.js');
const { runStatement } = require('./ours.js');
const { median } = require('./numbers.js');

const script = path.join(__dirname, '..', '..', 'examples', 'archive.sh');
const file = path.join(folder, 'archive.db');

function remove() {
    for (const suffix of ['', '-wal', '-shm', '-lock']) {
        fs.rmSync(file + suffix, { force: true });
    }
}

/* Seconds and requests of one run, the script's own start included. */
async function runArchive(row, emulator) {
    const options = ['--extension', path.join(folder, 'chat'), '--recheck', '0', file];
    const { seconds, out } = await run(script, options, { env: { ...emulator.env, TWILIO_CHAT_API_VERSION: 'v2' } });
    const [, found, requests] = /: (\d+) new, 0 edited, 0 gone; (\d+) requests/.exec(out) || [];
    if (row.archive === 'again' ? found !== '0' : !(found >= row.rows)) {
        throw new Error(`${row.name}: the archive said\n${out}`);
    }
    return { seconds, requests: Number(requests) };
}

/* As measure() in bench.js: ours is the archive, the limit is the scan. */
async function measureArchive(row, emulator, rounds) {
    const ours = [];
    const scans = [];
    remove();
    if (row.archive === 'again') {
        await runArchive({ ...row, archive: 'first', rows: 1 }, emulator);
    }
    for (let i = 0; i < rounds; i++) {
        if (row.archive === 'first') {
            remove();
        }
        ours.push(await runArchive(row, emulator));
        scans.push(await runStatement(row, emulator));
    }
    remove();
    return {
        name: row.name,
        aim: row.aim,
        ours: {
            seconds: median(ours.map((one) => one.seconds)),
            cpuSeconds: 0,
            runs: ours.map((one) => one.seconds),
            requests: median(ours.map((one) => one.requests)),
            memoryMib: null,
        },
        limit: {
            manner: 'scan',
            seconds: median(scans.map((one) => one.seconds)),
            runs: scans.map((one) => one.seconds),
            requests: median(scans.map((one) => one.requests.length)),
        },
    };
}

module.exports = { measureArchive };
