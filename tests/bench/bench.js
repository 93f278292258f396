/*
 * Runs the cases (cases.js) one after another, prints the table and writes bench.json; see `run`. For each case:
 *
 *   1. an emulator with the case's data is started;
 *   2. the statement runs once unmeasured: its chat_requests say which URLs the limit is to fetch;
 *   3. three rounds of the statement, the limit and, if asked for, an older build of the extension, in turns; the medians
 *      count;
 *   4. the SDK's programs run, as often, or once where they are slow.
 *
 * All answers are checked to have the right number of rows: a wrong one ends it. A missed aim is shown and fails nothing.
 */
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { cases } = require('./cases.js');
const { measureLoad } = require('./load.js');
const { run, startEmulator, folder } = require('./process.js');
const { measureArchive } = require('./archive.js');
const { idleMemory, runOrdinary, runStatement } = require('./ours.js');
const { neededUrls, runLimit, startUp } = require('./limit.js');
const { median, format, table } = require('./numbers.js');

const quick = Boolean(process.env.QUICK);
const rounds = 3;
const loadRuns = quick ? 21 : 61;
const oldExtension = process.env.OLD_EXTENSION || null;

async function runSdk(row, emulator, manner, times) {
    const taken = [];
    for (let i = 0; i < times; i++) {
        const args = [path.join(__dirname, 'sdk.js'), row.sdk.program, row.sdk.version, manner];
        const result = JSON.parse((await run(process.execPath, args, { env: emulator.env })).out);
        if (result.rows !== row.rows) {
            throw new Error(`${row.name}: the SDK reads ${result.rows} rows instead of ${row.rows}`);
        }
        taken.push(result);
    }
    return { seconds: median(taken.map((one) => one.seconds)), ...taken[0], runs: taken.map((one) => one.seconds) };
}

const sdkResults = new Map(); /* by program and data: rows that differ in their SQL only share them */

async function measureSdk(row, emulator) {
    if (!row.sdk || process.env.SDK === '0') {
        return {};
    }
    const key = JSON.stringify([row.sdk, row.emulator]);
    if (!sdkResults.has(key)) {
        const loop = row.sdk.loop === false ? null : await runSdk(row, emulator, 'loop', row.sdk.slow ? 1 : rounds);
        sdkResults.set(key, { sdk: loop, sdkParallel: await runSdk(row, emulator, 'parallel', rounds) });
    }
    return sdkResults.get(key);
}

/* What several runs of one build come to. idle: KiB, or null. */
function summary(taken, idle) {
    const peak = median(taken.map((one) => one.memoryKib));
    return {
        seconds: median(taken.map((one) => one.seconds)),
        cpuSeconds: median(taken.map((one) => one.cpuSeconds)),
        runs: taken.map((one) => one.seconds),
        requests: median(taken.map((one) => one.requests.length)),
        memoryMib: idle === null ? null : (peak - idle) / 1024,
    };
}

/* An older build may lack what the row is about: then its columns stay empty. Did it fail? */
async function runOld(row, emulator, olds) {
    try {
        olds.push(await runStatement(row, emulator, oldExtension));
        return false;
    } catch (problem) {
        process.stderr.write(`  not with the old build: ${problem.message.split('\n')[1] || problem.message}\n`);
        return true;
    }
}

async function measure(row, emulator, startSeconds) {
    if (row.archive) {
        return measureArchive(row, emulator, quick ? 1 : rounds);
    }
    const idle = await idleMemory(emulator);
    const urls = neededUrls((await runStatement(row, emulator)).requests);
    const limited = Boolean(row.limit);
    const ours = [];
    const olds = [];
    const limits = [];
    const besides = row.limit === 'lists' ? { parallel: [], tree: [] } : {};
    let oldFails = false;
    for (let i = 0; i < rounds; i++) {
        ours.push(await runStatement(row, emulator));
        if (oldExtension && !oldFails && !row.notOld) {
            oldFails = await runOld(row, emulator, olds);
        }
        if (limited) {
            limits.push(await runLimit(row.limit, urls, emulator, startSeconds));
        }
        for (const [manner, taken] of Object.entries(besides)) {
            taken.push((await runLimit(manner, urls, emulator, startSeconds)).seconds);
        }
    }
    return {
        name: row.name,
        aim: row.aim,
        ours: summary(ours, idle),
        old: olds.length ? summary(olds, idle) : null,
        limit: !limited ? null : {
            manner: row.limit,
            seconds: median(limits.map((one) => one.seconds)),
            runs: limits.map((one) => one.seconds),
            requests: urls.length,
            bytes: limits[0].bytes,
            besides: Object.fromEntries(Object.entries(besides).map(([manner, taken]) => [manner, median(taken)])),
        },
        ordinary: row.tables ? await runOrdinary(row, emulator) : null,
        ceiling: Boolean(row.ceiling),
        ...await measureSdk(row, emulator),
    };
}

async function measureCase(row, startSeconds) {
    process.stderr.write(`${row.name} ...\n`);
    const emulator = await startEmulator(row.emulator);
    try {
        return await measure(row, emulator, startSeconds);
    } finally {
        await emulator.stop();
    }
}

/* In every row that has an SDK-16: its time is to be so many times ours. */
function ahead(aim) {
    return aim.sdk16 || 1;
}

/* Which aims a result misses, in words; empty: none. The aims are for the whole data: a tenth has no time to get going. */
function missed({ aim, ours, limit, sdk, sdkParallel }) {
    if (quick) {
        return [];
    }
    const ratio = limit ? ours.seconds / limit.seconds : 0;
    return [
        aim.ratio && ratio > aim.ratio && `${ratio.toFixed(2)} x the limit instead of ${aim.ratio}`,
        aim.sdk && sdk && sdk.seconds / ours.seconds < aim.sdk && `not ${aim.sdk} x as fast as the SDK`,
        sdkParallel && sdkParallel.seconds / ours.seconds < ahead(aim)
            && `${(sdkParallel.seconds / ours.seconds).toFixed(2)} x the speed of SDK-16 instead of ${ahead(aim)}`,
        aim.cpu && ours.cpuSeconds > aim.cpu && `${ours.cpuSeconds.toFixed(2)} s of the processor instead of ${aim.cpu}`,
        aim.memory && ours.memoryMib > aim.memory && `${ours.memoryMib.toFixed(0)} MiB instead of ${aim.memory}`,
        aim.requests && ours.requests > aim.requests && `${ours.requests} requests instead of ${aim.requests}`,
    ].filter(Boolean);
}

function aimText({ aim, sdkParallel }) {
    const { ratio, sdk, memory, requests, cpu } = aim;
    return [ratio && `<=${ratio}`, sdk && `SDK>=${sdk}`, sdkParallel && `SDK-16>=${ahead(aim)}`, memory && `<=${memory} MiB`, requests && `${requests} request`, cpu && `${cpu} s CPU`]
        .filter(Boolean).join(', ');
}

function verdict(isMissed) {
    return quick ? '' : isMissed ? 'MISSED' : 'met';
}

const heads = ['case', 'ours s', 'limit s', 'ratio', 'aim', '', 'tables s', 'SDK s', '/ours', 'SDK-16 s', '/ours', 'requests',
    'needed', 'MiB', ...(oldExtension ? ['old s', '/ours', 'old MiB'] : [])];

function resultCells(result) {
    const { ours, old, limit, ordinary, sdk, sdkParallel } = result;
    const times = (other) => format(other && other.seconds / ours.seconds, 1, 'x');
    return [result.name, format(ours.seconds, 3), format(limit && limit.seconds, 3),
        format(limit && ours.seconds / limit.seconds, 2),
        aimText(result), verdict(missed(result).length > 0), format(ordinary && limit.seconds + ordinary, 3), format(sdk && sdk.seconds, 2), times(sdk),
        format(sdkParallel && sdkParallel.seconds, 2), times(sdkParallel), String(ours.requests),
        limit ? String(limit.requests) : '', format(ours.memoryMib, 1),
        ...(oldExtension ? [format(old && old.seconds, 3), times(old), format(old && old.memoryMib, 1)] : [])];
}

function loadCells(load) {
    const cells = heads.map(() => '');
    cells[0] = '.load';
    cells[1] = format(load.milliseconds / 1000, 4);
    cells[4] = '<=0.005 s';
    cells[5] = verdict(load.milliseconds > 5);
    return cells;
}

/* What the emulator can do at the most, beside the case that comes nearest to it. */
function ceilingCells({ limit }) {
    const cells = heads.map(() => '');
    cells[0] = `  the emulator itself: ${(limit.bytes / limit.seconds / 1e6).toFixed(0)} MB/s`;
    cells[2] = format(limit.seconds, 3);
    cells[12] = String(limit.requests);
    return cells;
}

const besideNames = {
    parallel: 'every page known in advance, 16 at once',
    tree: 'no list known before what leads to it',
};

/* The other measures of a row whose limit is 'lists': rows below it. */
function besideCells({ ours, limit }) {
    return Object.entries(limit?.besides || {}).map(([manner, seconds]) => {
        const cells = heads.map(() => '');
        cells[0] = `  ${besideNames[manner]}`;
        cells[2] = format(seconds, 3);
        cells[3] = format(ours.seconds / seconds, 2);
        return cells;
    });
}

function explain(results, load) {
    const notes = results.flatMap((result) => missed(result).map((what) => `MISSED  ${result.name}: ${what};`
        + ` ${result.ours.cpuSeconds.toFixed(2)} s of it on the processor`));
    if (load && load.linkerMilliseconds !== null) {
        notes.push(`.load: ${load.milliseconds.toFixed(1)} ms, of which the dynamic linker takes`
            + ` ${load.linkerMilliseconds.toFixed(1)} ms for libcurl, jansson and what they need (${load.runs} runs).`);
    }
    if (quick) {
        notes.push('A quick run: the aims are for the whole data and are not judged.');
    }
    notes.push('limit: curl with every URL known in advance, 16 at once; for one channel one after another.',
        'limit of rows with others below them: all lists known in advance, 16 requests at once, but each page only when the',
        'one before has named it, which tells its token; the longest lists first. Below: every page known in advance, tokens',
        'and all, which no client can have; and nothing known but where to begin, which is the least that a client takes.',
        'tables: the limit, and the same statement over ordinary tables with what has been downloaded.',
        'SDK: as its documentation shows it; SDK-16: with the largest pages and 16 lists or fetches at once.',
        'requests: made by ours; needed: without pages asked for ahead past the end. MiB: peak over an idle shell.');
    return notes;
}

async function main() {
    const pattern = new RegExp(process.env.CASES || '', 'i');
    const startSeconds = await startUp();
    const loadAverage = os.loadavg()[0];
    const results = [];
    for (const row of cases(quick).filter(({ name }) => pattern.test(name))) {
        results.push(await measureCase(row, startSeconds));
    }
    const load = pattern.test('.load') ? measureLoad(loadRuns) : null;
    const rows = [heads];
    for (const result of results) {
        rows.push(resultCells(result), ...besideCells(result), ...(result.ceiling ? [ceilingCells(result)] : []));
    }
    if (load) {
        rows.push(loadCells(load));
    }
    console.log(`${table(rows)}\n\n${explain(results, load).join('\n')}`);
    if (loadAverage > 1) {
        console.log(`Something else was running at the start (load ${loadAverage.toFixed(1)}): rely on no time here.`);
    }
    const machine = { processors: os.cpus().length, model: os.cpus()[0]?.model, loadAverage, node: process.version };
    fs.writeFileSync(path.join(folder, '..', 'bench.json'),
        JSON.stringify({ date: new Date().toISOString(), quick, machine, cases: results, load }, null, 4) + '\n');
}

main().catch((problem) => {
    console.error(problem.message);
    process.exitCode = 1;
});
