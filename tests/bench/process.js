/* Child processes: run one to its end, and the emulator, which lives as long as its case. */
'use strict';

const { spawn } = require('child_process');
const path = require('path');

const folder = process.env.BENCH_FOLDER;
const credentials = {
    TWILIO_API_KEY: 'SK00000000000000000000000000000001',
    TWILIO_API_KEY_SECRET: 'emulator-secret',
};

/* Resolves to {seconds, out} when the program has ended well; rejects with what it said otherwise. */
function run(program, args, { env = {}, input = '' } = {}) {
    return new Promise((resolve, reject) => {
        const start = process.hrtime.bigint();
        const child = spawn(program, args, { env: { ...process.env, ...env } });
        let out = '';
        let problems = '';
        child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
        child.stderr.setEncoding('utf8').on('data', (text) => { problems += text; });
        child.on('error', reject);
        child.on('close', (status, signal) => {
            const seconds = Number(process.hrtime.bigint() - start) / 1e9;
            if (status === 0) {
                resolve({ seconds, out, problems });
            } else {
                reject(new Error(`${program} ${args.join(' ')}: ended with ${status ?? signal}\n${problems}`));
            }
        });
        child.stdin.on('error', () => {}); /* it may end before it has read all */
        child.stdin.end(input);
    });
}

/* The first service's and channel's SIDs; latency makes these two calls slow, which is why they are not measured. */
async function findFirst(url) {
    const authorization = 'Basic ' + Buffer.from(Object.values(credentials).join(':')).toString('base64');
    const get = async (where) => (await fetch(url + where, { headers: { authorization } })).json();
    const service = (await get('/v1/Services?PageSize=1')).services[0].sid;
    const list = await get(`/v1/Services/${service}/Channels?Type=public&Type=private&PageSize=1`);
    return { service, channel: list.channels[0].sid };
}

/* Resolves to {url, env, service, channel, stop} when it answers. It ends when this process does, however that ends. */
function startEmulator(options) {
    const program = path.join(folder, 'emulator');
    const keys = ['--api-key', credentials.TWILIO_API_KEY, '--api-secret', credentials.TWILIO_API_KEY_SECRET];
    const child = spawn(program, ['--port', '0', '--print-ports', '--exit-on-eof', ...keys, ...options],
        { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    const stop = () => { child.stdin.end(); return ended; };
    return new Promise((resolve, reject) => {
        child.on('error', reject);
        ended.then((status) => reject(new Error(`The emulator ended with ${status}: ${options.join(' ')}`)));
        /* The first line is Chat's URL, the others are a name and a URL; all come at once. */
        child.stdout.setEncoding('utf8').once('data', (lines) => {
            const [url, ...others] = lines.trim().split('\n');
            const ports = Object.fromEntries(others.map((line) => line.split(' ')));
            findFirst(url).then((first) => resolve({
                url, stop, ...first,
                env: { ...credentials, TWILIO_CHAT_URL: url, TWILIO_CONVERSATIONS_URL: ports.conversations,
                    SERVICE: first.service, CHANNEL: first.channel },
            }), reject);
        });
    });
}

module.exports = { run, startEmulator, folder };
