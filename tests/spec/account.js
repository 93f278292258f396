/*
 * Reads what tests/spec/emulator reported (files given) and prints what is wrong, one line each; nothing if nothing is:
 *
 *   account.js violations REPORT...     deviations from the spec that deviations.txt does not list
 *   account.js needless REPORT...       lines of deviations.txt that nothing needed
 *   account.js unused REPORT...         operations of the specs that never succeeded
 *   account.js summary REPORT...        how much was judged; always prints
 *
 * SPEC_PORT=conversations: the last three are about Conversations instead of chat, and deviations_conversations.txt is the
 * list; SPEC_LIST=traffic: deviations_traffic.txt is.
 */
'use strict';

const fs = require('fs');
const path = require('path');
const specs = require('./specs.js');

const [command, ...files] = process.argv.slice(2);
const lines = files.flatMap((file) => fs.readFileSync(file, 'utf8').split('\n')).map((line) => line.split('\t'));
const ofKind = (kind) => lines.filter((line) => line[0] === kind);

const port = process.env.SPEC_PORT || 'chat';

function listed(name) {
    return fs.readFileSync(path.join(__dirname, name), 'utf8').split('\n')
        .filter((line) => /^[^#\s]/.test(line))
        .map((line) => {
            const literal = line.split('*').map((each) => each.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
            return { line, pattern: new RegExp(`^${literal.join('.*')}$`) };
        });
}

const lists = { chat: listed('deviations.txt'), conversations: listed('deviations_conversations.txt'),
    traffic: listed('deviations_traffic.txt') };
const deviations = lists[process.env.SPEC_LIST ?? port];
const all = Object.values(lists).flat();

function violations() {
    const examples = new Map(ofKind('violation').map(([, what, example]) => [what, example]));
    return [...examples].filter(([what]) => !all.some(({ pattern }) => pattern.test(what)))
        .map(([what, example]) => `${what}\n    ${example}`);
}

/* What only Prism finds is not missed where Prism had no part. */
function needless() {
    const found = ofKind('violation').map(([, what]) => what);
    const hasPrism = found.some((what) => what.includes(': Prism: '));
    return deviations.filter(({ line }) => hasPrism || !line.includes(': Prism: ')).filter(({ pattern }) => !found.some((what) => pattern.test(what))).map(({ line }) => line);
}

function unused() {
    const used = new Set(ofKind('operation').filter(([, , status]) => status < 300).map(([, name]) => name));
    const known = port === 'chat' ? specs.versions.flatMap((version) => specs.operationsOf(version)).map(({ name }) => name)
        : specs.operationsOf(port).map(({ name }) => `${port} ${name}`);
    return known.filter((name) => !used.has(name));
}

function summary() {
    const exchanges = ofKind('exchanges').reduce((sum, [, count]) => sum + Number(count), 0);
    const operations = new Set(ofKind('operation').map(([, name]) => name));
    return [`# ${exchanges} exchanges judged, of ${operations.size} operations`];
}

const answers = { violations, needless, unused, summary };
answers[command]().forEach((line) => console.log(line));
