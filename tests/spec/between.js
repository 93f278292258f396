/*
 * The judge between the extension and emulators: for each emulator that it is told of, a proxy for each of its ports,
 * which judges all that passes by the vendor's specs. One process for all emulators of a test, since it takes long to
 * start. It prints the port at which it is told of them; tests/spec/emulator does that.
 *
 * Somebody who connects to that port sends the name of a report, "prism" or "-", what the emulator printed, its address
 * and lines of "NAME URL" for other ports, and an empty line; the answer is the same with the proxies' addresses. The
 * proxies are there until that connection ends.
 *
 * To the report are added lines of columns: "operation" and "violation", each kind once with an example, and at the end
 * "exchanges" with their number. The emulator's own control path is not judged, nor are answers once it was told to make
 * faults; the requests are.
 *
 * With "prism" Prism's own proxy stands between this one and the emulator, and what that finds is added. It is slower,
 * and breaks off no answers.
 *
 * What goes through is not changed: the client's Host reaches the emulator, so that its next_page_url leads here again.
 */
'use strict';

const fs = require('fs');
const http = require('http');
const net = require('net');
const { judge } = require('./judge.js');
const { startPrism } = require('./prism.js');

const emulators = new Set();

/* What is known of one emulator: the report, addresses of the proxies by the names of the ports, and so on. */
function newEmulator(report, withPrism) {
    return {
        report,
        withPrism,
        addresses: {},
        agent: new http.Agent({ keepAlive: true }),
        servers: [],
        seen: new Set(),
        exchanges: 0,
        prism: null, /* {url, stop, emulator, here}: its address, the emulator's, this proxy's */
        isFaulty: false, /* from the first fault that a test asks for on, answers may be wrong on purpose */
    };
}

function note(emulator, kind, what, example) {
    if (!emulator.seen.has(kind + what)) {
        emulator.seen.add(kind + what);
        fs.appendFileSync(emulator.report, `${kind}\t${what}\t${example.replace(/\s+/g, ' ')}\n`);
    }
}

/* What Prism's proxy says of an exchange: "request.query: ... pagesize must be ...", without the numbers of rows. */
function ofPrism(response) {
    return JSON.parse(response.headers['sl-violations'] ?? '[]').map(({ location, message }) =>
        `${location.slice(0, 2).join('.')}: ${message.replace(/\.\d+\./g, '[].')}`);
}

function account(emulator, port, request, body, response, answer) {
    const url = new URL(request.url, 'http://emulator');
    if (url.pathname.startsWith('/__control')) {
        emulator.isFaulty = url.pathname.endsWith('/fault') || (emulator.isFaulty && !url.pathname.endsWith('/reset'));
        return;
    }
    if (!['chat', 'conversations'].includes(port)) {
        return; /* no spec tells of media */
    }
    const { name, violations } = judge({
        port, method: request.method, path: url.pathname, query: url.search, headers: request.headers, body,
        status: response.statusCode, answerHeaders: response.headers, answer: emulator.isFaulty ? null : answer,
    });
    const example = `${request.url} ${body.slice(0, 100)} -> ${response.statusCode} ${answer.slice(0, 100)}`;
    emulator.exchanges++;
    ofPrism(response).forEach((each) => note(emulator, 'violation', `${name}: Prism: ${each}`, example));
    note(emulator, 'operation', `${name}\t${response.statusCode}`, '');
    violations.forEach((violation) => note(emulator, 'violation', violation, example));
}

/* Headers of one connection are not for the other. Prism gives the emulator its own Host, so that the addresses in an answer
 * must be replaced, which changes its length. */
function passed(emulator, rawHeaders) {
    const dropped = emulator.withPrism ? /^(connection|keep-alive|content-length)$/i : /^(connection|keep-alive)$/i;
    const result = [];
    for (let i = 0; i < rawHeaders.length; i += 2) {
        if (!dropped.test(rawHeaders[i])) {
            result.push(rawHeaders[i], rawHeaders[i + 1]);
        }
    }
    return result;
}

/* A connection that ends or is reset does the same for the client. */
function breakOff(client, error) {
    if (error.code === 'ECONNRESET' && error.syscall === 'read') {
        client.socket?.resetAndDestroy();
    } else {
        client.socket?.destroy();
    }
}

function answerWith(emulator, port, request, body, response, client) {
    const chunks = [];
    client.sendDate = false;
    client.writeHead(response.statusCode, response.statusMessage, passed(emulator, response.rawHeaders));
    response.on('data', (chunk) => {
        chunks.push(chunk);
        if (!emulator.prism) {
            client.write(chunk);
        }
    });
    response.on('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8');
        account(emulator, port, request, body, response, answer);
        client.end(emulator.prism ? answer.replaceAll(emulator.prism.emulator, emulator.prism.here) : undefined);
    });
    response.on('error', (error) => breakOff(client, error));
}

function forward(emulator, name, url, request, client) {
    const isControl = request.url.startsWith('/__control');
    if (request.url === '/__control/ports') {
        client.end(JSON.stringify(emulator.addresses));
        return;
    }
    const { hostname, port } = new URL(emulator.prism && !isControl ? emulator.prism.url : url);
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
        const body = Buffer.concat(chunks);
        const onward = http.request({
            hostname, port, agent: emulator.agent, method: request.method, path: request.url, headers: passed(emulator, request.rawHeaders),
        });
        onward.on('response', (response) => answerWith(emulator, name, request, body.toString('utf8'), response, client));
        onward.on('error', (error) => breakOff(client, error));
        client.on('close', () => onward.destroy());
        onward.end(body);
    });
}

/* Starts the proxy of a port and resolves to its address. */
async function serve(emulator, name, url) {
    const options = { maxHeaderSize: 1 << 20, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 600000 };
    const server = http.createServer(options, (request, client) => forward(emulator, name, url, request, client));
    if (emulator.withPrism && name === 'chat') {
        emulator.prism = { emulator: url, ...await startPrism('examples', [], url) };
    }
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const here = `http://127.0.0.1:${server.address().port}`;
    emulator.servers.push(server);
    emulator.addresses[name] = here;
    if (emulator.prism && name === 'chat') {
        emulator.prism.here = here;
    }
    return here;
}

/* Of the emulator's lines: its address, and, where they were asked for, "NAME URL". All are answered at once. */
async function announce(emulator, lines, asker) {
    const [url, ...others] = lines;
    const said = [await serve(emulator, 'chat', url)];
    for (const [name, other] of others.map((each) => each.split(' '))) {
        said.push(`${name} ${await serve(emulator, name, other)}`);
    }
    asker.write(`${said.join('\n')}\n\n`);
}

function end(emulator) {
    if (emulators.delete(emulator)) {
        fs.appendFileSync(emulator.report, `exchanges\t${emulator.exchanges}\t\n`);
        emulator.prism?.stop();
        emulator.agent.destroy();
        emulator.servers.forEach((each) => each.close());
        emulator.servers.forEach((each) => each.closeAllConnections?.());
    }
}

/* Somebody tells of an emulator. */
function listen(asker) {
    let text = '';
    let emulator = null;
    asker.setEncoding('utf8').on('data', (more) => {
        text += more;
        if (!emulator && text.endsWith('\n\n')) {
            const [report, prism, ...lines] = text.trim().split('\n');
            emulator = newEmulator(report, prism === 'prism');
            emulators.add(emulator);
            announce(emulator, lines, asker);
        }
    });
    asker.on('error', () => asker.destroy());
    asker.on('close', () => emulator && end(emulator));
}

function endAll() {
    emulators.forEach(end);
    process.exit(0);
}
process.on('SIGTERM', endAll);
process.on('SIGINT', endAll);
/* It ends with its parent. */
const parent = process.ppid;
setInterval(() => process.ppid === parent || endAll(), 200);
const server = net.createServer(listen);
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
