/*
 * What `.load` takes: a shell that loads the extension and ends, less a shell that only ends. And how much of that is the
 * dynamic linker's work on the libraries the extension needs (libcurl and what libcurl needs): a shell that gets these
 * libraries preloaded, less the plain one. Many runs in turns, each kind's median.
 */
'use strict';

const { spawnSync } = require('child_process');
const { shell, shellArguments, extension } = require('./ours.js');
const { median } = require('./numbers.js');

function oneRun(args, env) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(shell, [...shellArguments, ...args, '.print'],
        { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) {
        throw new Error(`sqlite3 ${args.join(' ')}: ${stderr}`);
    }
    return Number(process.hrtime.bigint() - start) / 1e6;
}

/* The libraries that the extension names, by their paths; empty where there is no ldd. */
function neededLibraries() {
    const listed = spawnSync('ldd', [`${extension}.so`], { encoding: 'utf8' }).stdout || '';
    return ['libcurl', 'libjansson'].map((name) => new RegExp(`${name}\\S* => (\\S+)`).exec(listed))
        .filter(Boolean).map(([, file]) => file);
}

/* {milliseconds, linkerMilliseconds (null: not known here), runs} */
function measureLoad(runs) {
    const preload = neededLibraries().join(':');
    const taken = { plain: [], load: [], libraries: [] };
    for (let i = 0; i < runs; i++) {
        taken.plain.push(oneRun([], {}));
        taken.load.push(oneRun(['-cmd', `.load ${extension}`], {}));
        taken.libraries.push(oneRun([], { LD_PRELOAD: preload }));
    }
    const plain = median(taken.plain);
    return {
        milliseconds: median(taken.load) - plain,
        linkerMilliseconds: preload ? median(taken.libraries) - plain : null,
        runs,
    };
}

module.exports = { measureLoad };
