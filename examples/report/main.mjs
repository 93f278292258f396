// Reads from standard input what sqlite3 prints of sql/report, in `.mode json`, each answer after a line "=NAME" and
// the whole before a line "=end", and writes the page to standard output. Arguments: the folder that npm has installed
// in, and whose tables were read, chat or conversations.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { makeCharts } from './charts.mjs';
import { page } from './page.mjs';

function answers(input) {
    const data = {};
    let name;
    let lines = [];
    for (const line of input.split('\n')) {
        if (!line.startsWith('=')) {
            lines.push(line);
            continue;
        }
        if (name) data[name] = JSON.parse(lines.join('\n').trim() || '[]');
        name = line.slice(1);
        lines = [];
    }
    if (name !== 'end') throw new Error('sqlite3 has not answered everything');
    return data;
}

const installed = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { parseHTML } = installed('linkedom');
const Plot = await import(pathToFileURL(installed.resolve('@observablehq/plot')));
const { document } = parseHTML('<!doctype html><html><body></body></html>');
process.stdout.write(page(answers(readFileSync(0, 'utf8')), makeCharts(Plot, document), process.argv[3]));
