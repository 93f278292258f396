/*
 * The extension, in the real sqlite3 shell. A statement's time is the shell's own (.timer): from its start to its last row,
 * connections included, the shell's start and .load not. Each run is a new process.
 */
'use strict';

const path = require('path');
const { run, folder } = require('./process.js');

const shell = process.env.SQLITE3 || 'sqlite3';
const shellArguments = ['-batch', '-init', '/dev/null', ':memory:'];
const extension = path.join(folder, 'chat');

/* What the system knows of the shell's memory at its highest; nothing where there is no /proc. */
const memory = '.system grep -s VmHWM /proc/$PPID/status || true\n';

/* Of another commit's build only the number of requests is asked: its chat_requests may have fewer columns. */
const ownColumns = "'origin', origin, 'path', path, 'rows', rows, 'status', status, 'bytes', response_bytes";

function requestsOf(library) {
    return `SELECT 'requests=' || json_group_array(json_object(${library === extension ? ownColumns : "'path', path"}))
        FROM chat_requests;\n`;
}

function memoryKib(out) {
    const found = /VmHWM:\s*(\d+) kB/.exec(out);
    return found ? Number(found[1]) : null;
}

/* Peak memory of a shell that has loaded the extension and done nothing, KiB; null: not known here. */
async function idleMemory(emulator) {
    const { out } = await run(shell, shellArguments, { env: emulator.env, input: `.load ${extension}\n${memory}` });
    return memoryKib(out);
}

function settingsOf(row) {
    return Object.fromEntries(Object.entries(row.settings || {}).map(([name, value]) => [`TWILIO_CHAT_${name}`, value]));
}

function countRows(row, lines) {
    return row.countLines ? lines.length : Number(lines.join('\n').split('|')[0]);
}

/*
 * Runs the case's statement, with the extension at that path: {seconds, cpuSeconds, memoryKib, requests: [{origin, path, rows, status, bytes}]}.
 */
async function runStatement(row, emulator, library = extension) {
    const sql = row.sql.replaceAll('{service}', emulator.service).replaceAll('{channel}', emulator.channel);
    const input = `.load ${library}\n.print begin\n.timer on\n${sql};\n.timer off\n`
        + (row.count ? `SELECT 'counted=' || (${row.count});\n` : '') + `${memory}${requestsOf(library)}`;
    const { out } = await run(shell, shellArguments, { env: { ...emulator.env, ...settingsOf(row) }, input });
    const lines = out.split('\n').filter((line) => line && line !== 'begin' && !line.startsWith('VmHWM'));
    const timer = lines.findIndex((line) => line.startsWith('Run Time:'));
    const log = lines.find((line) => line.startsWith('requests='));
    if (timer < 0 || !log) {
        throw new Error(`${row.name}: the shell said\n${out}`);
    }
    const counted = lines.find((line) => line.startsWith('counted='));
    const rows = counted ? Number(counted.slice('counted='.length)) : countRows(row, lines.slice(0, timer));
    if (rows !== row.rows) {
        throw new Error(`${row.name}: ${rows} rows instead of ${row.rows}`);
    }
    const [, seconds, user, system] = /real ([\d.]+) user ([\d.]+) sys ([\d.]+)/.exec(lines[timer]).map(Number);
    return {
        seconds,
        cpuSeconds: user + system,
        memoryKib: memoryKib(out),
        requests: JSON.parse(log.slice('requests='.length)),
    };
}

/* Seconds that the same statement takes over ordinary tables with a copy of the same data, which is not timed. */
async function runOrdinary(row, emulator) {
    const copies = row.tables.map((name) => `CREATE TABLE main.${name} AS SELECT * FROM ${name};\n`).join('');
    const index = row.index ? `CREATE INDEX main.asked ON ${row.index};\n` : '';
    const input = `.load ${extension}\n${copies}${index}.timer on\n${row.sql};\n`;
    const { out } = await run(shell, shellArguments, { env: { ...emulator.env, ...settingsOf(row) }, input });
    if (countRows(row, out.split('\n')) !== row.rows) {
        throw new Error(`${row.name}: ordinary tables say\n${out}`);
    }
    return Number(/real ([\d.]+)/.exec(out)[1]);
}

module.exports = { runOrdinary, idleMemory, runStatement, shell, shellArguments, extension };
