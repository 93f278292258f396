/*
 * The limit: the URLs that the statement needed are fetched, and the answers thrown away.
 *
 *   parallel  by curl, all known in advance, 16 at once. What it takes to start curl itself is taken off
 *   chain     by curl, one after another on one connection
 *   lists     by download.c, 16 at once: all lists known in advance, but not the tokens of their pages, so that the pages
 *             of one list come one after another
 *   tree      by download.c: nor are lists known before the one that leads to them has come
 */
'use strict';

const fs = require('fs');
const path = require('path');
const { run, folder } = require('./process.js');
const { median } = require('./numbers.js');

const concurrency = 16;
const manners = {
    parallel: ['--parallel', '--parallel-immediate', '--parallel-max', String(concurrency)],
    chain: [],
};

/* The URLs of a statement's requests: each once, without those that brought nothing (pages ahead past the end). */
function neededUrls(requests) {
    const needed = requests.filter((request) => request.status === 200 && request.rows > 0);
    return [...new Set(needed.map(({ origin, path: at }) => origin + at))];
}

function writeConfig(urls, emulator) {
    const file = path.join(folder, 'curl.config');
    const user = `user = "${emulator.env.TWILIO_API_KEY}:${emulator.env.TWILIO_API_KEY_SECRET}"\n`;
    const lines = urls.map((url) => `url = "${url}"\noutput = /dev/null\n`);
    fs.writeFileSync(file, user + lines.join(''));
    return file;
}

/* Seconds that curl takes to start and do nothing. */
async function startUp() {
    const taken = [];
    for (let i = 0; i < 9; i++) {
        taken.push((await run('curl', ['--version'])).seconds);
    }
    return median(taken);
}

/* Fetches all: {seconds, bytes, requests}. */
async function runCurl(manner, urls, emulator, startSeconds) {
    const options = ['--disable', '--globoff', '--no-progress-meter', ...manners[manner],
        '--header', 'Accept: application/json', '--write-out', '%{http_code} %{size_download}\n'];
    const { seconds, out } = await run('curl', [...options, '--config', writeConfig(urls, emulator)]);
    const answers = out.trim().split('\n').map((line) => line.split(' ').map(Number));
    if (answers.length !== urls.length || answers.some(([status]) => status !== 200)) {
        throw new Error(`curl: ${answers.length} answers to ${urls.length} requests\n${out.slice(0, 500)}`);
    }
    const bytes = answers.reduce((sum, [, size]) => sum + size, 0);
    return { seconds: seconds - startSeconds, bytes, requests: urls.length };
}

/* The same by download.c, which says itself how long it took. */
async function runDownload(manner, urls, emulator) {
    const { out } = await run(path.join(folder, 'download'), [manner, String(concurrency)],
        { env: emulator.env, input: urls.map((url) => `${url}\n`).join('') });
    const [seconds, bytes, requests] = out.trim().split(' ').map(Number);
    if (requests !== urls.length) {
        throw new Error(`download: ${requests} answers to ${urls.length} requests`);
    }
    return { seconds, bytes, requests };
}

/* {seconds, bytes, requests}. */
function runLimit(manner, urls, emulator, startSeconds) {
    return manner in manners ? runCurl(manner, urls, emulator, startSeconds) : runDownload(manner, urls, emulator);
}

module.exports = { neededUrls, startUp, runLimit };
