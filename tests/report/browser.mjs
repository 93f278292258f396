// A headless Chromium, told by its DevTools over a pipe (no port, and no package of npm): what tests need of it.
//
//   const browser = await launch('/usr/bin/chromium');
//   const page = await browser.open();                         an empty page
//   page.on('Runtime.consoleAPICalled', (event) => …);
//   await page.send('Emulation.setEmulatedMedia', {media: 'print'});
//   await page.go('file:///…');  await page.run('document.title');
//   await browser.close();                                     ends the process that was started, and its profile
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const flags = ['--headless', '--remote-debugging-pipe', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
    '--no-default-browser-check', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-default-apps', '--disable-extensions', '--metrics-recording-only', '--hide-scrollbars', '--mute-audio',
    '--force-color-profile=srgb', '--host-resolver-rules=MAP * ~NOTFOUND'];

export async function launch(program) {
    const profile = mkdtempSync(join(tmpdir(), 'report-browser-'));
    const child = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: profile },
    });
    const waiting = new Map();
    const listeners = new Map(); // by session
    let number = 0;
    let rest = '';
    let ended = null;
    const give_up = (why) => {
        ended = new Error(why);
        for (const { reject } of waiting.values()) reject(ended);
        waiting.clear();
    };
    child.on('error', (error) => give_up(`${program}: ${error.message}`));
    child.on('exit', (code) => give_up(`${program} ended with ${code}`));
    process.on('exit', () => child.kill('SIGKILL'));
    child.stdio[3].on('error', () => {});
    child.stdio[4].setEncoding('utf8');
    child.stdio[4].on('data', (piece) => {
        const messages = (rest + piece).split('\0');
        rest = messages.pop();
        for (const text of messages) {
            const message = JSON.parse(text);
            if (message.id) {
                const { resolve, reject } = waiting.get(message.id);
                waiting.delete(message.id);
                if (message.error) reject(new Error(message.error.message));
                else resolve(message.result);
            } else {
                for (const [method, listener] of listeners.get(message.sessionId) ?? []) {
                    if (method === message.method) listener(message.params);
                }
            }
        }
    });
    const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
        if (ended) {
            reject(ended);
            return;
        }
        number += 1;
        waiting.set(number, { resolve, reject });
        child.stdio[3].write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    });

    async function open() {
        const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
        const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
        const page = {
            send: (method, params) => send(method, params, sessionId),
            on: (method, listener) => {
                if (!listeners.has(sessionId)) listeners.set(sessionId, []);
                listeners.get(sessionId).push([method, listener]);
            },
            go: async (url) => {
                const loaded = new Promise((resolve) => page.on('Page.loadEventFired', resolve));
                await page.send('Page.navigate', { url });
                await loaded;
            },
            run: async (expression) => {
                const { result, exceptionDetails } = await page.send('Runtime.evaluate',
                    { expression, returnByValue: true, awaitPromise: true });
                if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
                return result.value;
            },
        };
        for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await page.send(`${domain}.enable`);
        return page;
    }

    async function close() {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        await send('Browser.close').catch(() => {});
        const late = setTimeout(() => child.kill('SIGKILL'), 5000);
        if (child.exitCode === null && child.signalCode === null) await gone;
        clearTimeout(late);
        rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }

    return { open, close, send };
}
