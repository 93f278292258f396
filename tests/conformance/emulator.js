/* The emulator as these tests see it: start and stop, its control path, and reading it without the SDK. */
'use strict';

const { spawn } = require('child_process');

const account = { sid: 'AC00000000000000000000000000000001', token: 'emulator-token' };
const key = { sid: 'SK00000000000000000000000000000001', secret: 'emulator-secret' };

/* Small, with something of everything, nothing readable, and every awkward value that the generator knows. */
const data = ['--services', '2', '--channels', '9', '--users', '28', '--members', '60', '--messages', '80', '--invites',
    '16', '--roles', '3', '--credentials', '7', '--bindings', '60', '--webhooks', '10', '--seed', '11'];

class Emulator {
    constructor(lines, child, ended) {
        const [url, ...others] = lines.trim().split('\n');
        Object.assign(this, { url, child, ended });
        this.ports = { chat: url, ...Object.fromEntries(others.map((line) => line.split(' '))) };
    }

    stop() {
        this.child.stdin.end();
        return this.ended;
    }

    async control(path, parameters = {}) {
        const body = new URLSearchParams(parameters);
        const answer = await fetch(`${this.url}/__control/${path}`, { method: 'POST', body });
        if (!answer.ok) {
            throw new Error(`${path}: ${await answer.text()}`);
        }
    }

    async requests() {
        return (await fetch(`${this.url}/__control/requests`)).json();
    }

    /* GET of a path, at Chat's port, or of a URL, as parsed JSON. */
    async get(where) {
        const authorization = 'Basic ' + Buffer.from(`${account.sid}:${account.token}`).toString('base64');
        const answer = await fetch(new URL(where, this.url), { headers: { authorization } });
        if (answer.status !== 200) {
            throw new Error(`GET ${where}: ${answer.status} ${await answer.text()}`);
        }
        return answer.json();
    }

    /* All rows of a list as the server wrote them: the pages are walked here, not by the SDK. */
    async rows(where) {
        const found = [];
        for (let next = where; next;) {
            const page = await this.get(next);
            found.push(...page[page.meta.key]);
            next = page.meta.next_page_url;
        }
        return found;
    }
}

/* It ends when this process does, however that ends. */
function start(options = []) {
    const child = spawn(process.env.EMULATOR, ['--port', '0', '--print-ports', '--exit-on-eof', '--write-limit', '0',
        '--account-sid', account.sid, '--auth-token', account.token,
        '--api-key', key.sid, '--api-secret', key.secret, ...data, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    return new Promise((resolve, reject) => {
        child.on('error', reject);
        ended.then((status) => reject(new Error(`The emulator ended with ${status}: ${options.join(' ')}`)));
        child.stdout.setEncoding('utf8').once('data', (lines) => resolve(new Emulator(lines, child, ended)));
    });
}

module.exports = { start, account, key };
