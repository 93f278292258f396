/* Prism, a server that answers from an OpenAPI document alone, and the sqlite3 shell with the extension pointed at it. */
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync, spawn, spawnSync } = require('child_process');

/* Resolves to {url, stop} when it answers. kind: of the document (document.js), "examples conversations" with the
 * product; options: of `prism mock`, or, with the URL
 * of an upstream, of `prism proxy`, which then notes violations in the header sl-violations of what it passes on. */
function startPrism(kind, options = ['--errors'], upstream = null) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spec-'));
    const document = path.join(folder, 'document.json');
    const script = path.join(__dirname, 'document.js');
    fs.writeFileSync(document, execFileSync('node', [script, ...kind.split(' ')], { maxBuffer: 1 << 26 }));
    const program = path.join(path.dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js');
    const what = upstream ? ['proxy', ...options, document, upstream] : ['mock', ...options, document];
    const child = spawn('node', [program, ...what, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const stop = () => {
        child.kill();
        fs.rmSync(folder, { recursive: true });
    };
    process.on('exit', () => child.kill());
    return new Promise((resolve, reject) => {
        let log = '';
        child.on('exit', () => reject(new Error(`Prism ended:\n${log}`)));
        child.stdout.setEncoding('utf8').on('data', (text) => {
            log = (log + text).slice(-20000);
            const found = /Prism is listening on (\S+)/.exec(log);
            if (found) {
                resolve({ url: found[1], stop });
            }
        });
    });
}

/* Runs statements in one shell, which finds both products at the URL; gives the rows of each as objects, [] for none.
 * Throws what the shell complains of. */
function query(url, version, statements) {
    const env = {
        ...process.env, TWILIO_CHAT_URL: url, TWILIO_CONVERSATIONS_URL: url, TWILIO_CHAT_API_VERSION: version, TWILIO_CHAT_MAX_RETRIES: '0',
        TWILIO_API_KEY: 'SK00000000000000000000000000000001', TWILIO_API_KEY_SECRET: 'secret',
    };
    const load = `.load ${process.env.EXTENSION}`;
    const args = ['-batch', '-bail', '-init', '/dev/null', '-cmd', load, '-json', ':memory:'];
    const input = statements.map((each) => `.print ====\n${each};\n`).join('');
    const options = { env, input, encoding: 'utf8', maxBuffer: 1 << 26 };
    const { stdout, stderr } = spawnSync(process.env.SQLITE3, args, options);
    if (stderr) {
        throw new Error(stderr.trim());
    }
    return stdout.split('====\n').slice(1).map((text) => text.trim() ? JSON.parse(text) : []);
}

module.exports = { startPrism, query };
