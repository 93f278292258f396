/*
 * The extension against Prism, which knows nothing of us but the vendor's specs: every table is read from the specs'
 * own examples and must show them value by value; read from random values that fit the schemas; and every INSERT,
 * UPDATE and DELETE that the specs know is sent with every parameter that they know, which Prism validates. TAP.
 */
'use strict';

const { isDeepStrictEqual } = require('util');
const specs = require('./specs.js');
const { startPrism, query } = require('./prism.js');

let number = 0;
let failures = 0;

/* body returns or throws what is wrong: lines, none if nothing is. */
function check(name, body) {
    let wrong;
    try {
        wrong = body();
    } catch (error) {
        wrong = [error.message];
    }
    number++;
    failures += wrong.length > 0;
    console.log(`${wrong.length > 0 ? 'not ok' : 'ok'} ${number} - ${name}`);
    wrong.slice(0, 20).forEach((line) => console.log(`# ${line.replace(/\n/g, '\n# ')}`));
}

/* --- what the specs have ------------------------------------------------------------------------------------------ */

/* A table's path in the specs; the catalogue is not asked. */
const lists = {
    services: 'Services',
    channels: 'Services/{ServiceSid}/Channels',
    messages: 'Services/{ServiceSid}/Channels/{ChannelSid}/Messages',
    members: 'Services/{ServiceSid}/Channels/{ChannelSid}/Members',
    invites: 'Services/{ServiceSid}/Channels/{ChannelSid}/Invites',
    roles: 'Services/{ServiceSid}/Roles',
    users: 'Services/{ServiceSid}/Users',
    user_channels: 'Services/{ServiceSid}/Users/{UserSid}/Channels',
    credentials: 'Credentials',
    bindings: 'Services/{ServiceSid}/Bindings',
    user_bindings: 'Services/{ServiceSid}/Users/{UserSid}/Bindings',
    channel_webhooks: 'Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks',
};

/* {table, version, spec, path, list, item} for each table of a version; list and item are path items. */
function tablesOf(version) {
    const spec = specs.load(version);
    return Object.entries(lists).map(([table, where]) => {
        const path = `/${version}/${where}`;
        const item = spec.paths[`${path}/{Sid}`] ?? spec.paths[`${path}/{ChannelSid}`] ?? {};
        return { table, version, spec, path, list: spec.paths[path], item };
    }).filter(({ list }) => list);
}

function examplesOf(operation, status) {
    const examples = operation?.responses[status].content['application/json'].examples ?? {};
    return Object.values(examples).map(({ value }) => value);
}

function rowsInExamples({ list }) {
    return examplesOf(list.get, '200').map((value) => specs.tellApart(value[value.meta.key])).find((rows) => rows.length > 0);
}

/* --- reading the examples ----------------------------------------------------------------------------------------- */

/* What a list may answer null for, although the single resource has it. */
const hiddenByLists = ['attributes', 'is_online', 'is_notifiable'];

function sameValue(shown, expected) {
    if (expected === null || shown === null) {
        return shown === expected;
    }
    if (typeof expected === 'object') {
        return isDeepStrictEqual(JSON.parse(shown), expected);
    }
    return shown === (typeof expected === 'boolean' ? Number(expected) : expected);
}

/* The parents' SIDs are in the path; everything else that the JSON lacks is NULL. */
function expectedOf(name, example, fetched) {
    if (example[name] === null && hiddenByLists.includes(name)) {
        return fetched?.[name] ?? null;
    }
    if (example[name] === undefined && name === 'user_sid') {
        return 'USaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
    }
    return example[name] ?? null;
}

function compareRow(columns, row, example, fetched) {
    const wrong = columns.filter(({ name }) => !sameValue(row[name], expectedOf(name, example, fetched)))
        .map(({ name }) => `${name} is ${row[name]}, not ${JSON.stringify(expectedOf(name, example, fetched))}`);
    const missing = Object.keys(example).filter((field) => !columns.some(({ name }) => name === field));
    return [...wrong, ...missing.map((field) => `no column ${field}`)];
}

function columnsOf(table) {
    return `SELECT name, type FROM chat_columns WHERE table_name = '${table}' AND name <> 'path'`;
}

function readExamples(url, { table, version, list, item, ...more }) {
    const [columns, rows] = query(url, version, [columnsOf(table), `SELECT * FROM ${table}`]);
    const expected = rowsInExamples({ list, ...more });
    const [fetched] = examplesOf(item.get, '200');
    const shown = columns.filter(({ name }) => name in (rows[0] ?? {}));
    if (rows.length !== expected.length) {
        return [`${rows.length} rows, not ${expected.length}`];
    }
    return rows.flatMap((row, i) => compareRow(shown, row, expected[i], fetched));
}

function readEmpty(url, { table, version }) {
    const [[{ n }]] = query(url, version, [`SELECT count(*) AS n FROM ${table}`]);
    return n === 0 ? [] : [`${n} rows`];
}

/* --- reading random values ---------------------------------------------------------------------------------------- */

const allowedTypes = { text: ['text'], json: ['text'], time: ['text'], integer: ['integer'], boolean: ['integer'] };

/* A statement that gives the rows in which a column's value is not of its type. */
function wrongValues(table, { name, type }) {
    const allowed = allowedTypes[type].map((each) => `'${each}'`).join();
    const bad = { json: `NOT json_valid("${name}")`, boolean: `"${name}" NOT IN (0, 1)`,
        time: `"${name}" NOT GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:*Z'` }[type] ?? '0';
    return `SELECT '${name}' AS name, "${name}" AS value FROM kept
        WHERE "${name}" IS NOT NULL AND (typeof("${name}") NOT IN (${allowed}) OR ${bad})`;
}

/* Gives {wrong, rows}. What is compared is what one SELECT gave: each answer is another. */
function readRandom(url, { table, version }) {
    const [columns] = query(url, version, [columnsOf(table)]);
    const shown = query(url, version, [`CREATE TEMP TABLE kept AS SELECT * FROM ${table}`,
        'SELECT name FROM pragma_table_info(\'kept\')', 'SELECT count(*) AS n FROM kept']);
    const names = shown[1].map(({ name }) => name);
    const kept = columns.filter(({ name }) => names.includes(name));
    const found = query(url, version, [`CREATE TEMP TABLE kept AS SELECT * FROM ${table}`,
        ...kept.map((column) => wrongValues(table, column)), 'SELECT count(*) AS n FROM kept']);
    const [{ n }] = found.pop();
    return { wrong: found.flat().map(({ name, value }) => `${name}: ${value}`), rows: n };
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* Parameters whose place in a row is not their own name in lower case. */
const places = { Permission: 'permissions', MediaSid: 'media.sid' };

function placeOf(parameter) {
    return (places[parameter] ?? parameter.replace(/(?<=[^.])[A-Z]/g, '_$&').toLowerCase()).split('.');
}

const texts = { 'date-time': '2020-01-02T03:04:05Z', uri: 'https://example.com/new' };

function valueFor(spec, given, current, name) {
    const schema = given.$ref ? spec.components.schemas[given.$ref.split('/').pop()] : given;
    if (schema.enum) {
        return schema.enum.find((each) => each !== current) ?? schema.enum[0];
    }
    if (name === 'Attributes') {
        return '{"new":1}';
    }
    const prefix = /^\^(\w\w)\[/.exec(schema.pattern ?? '');
    return {
        array: () => [valueFor(spec, schema.items, null, name)],
        integer: () => (current === 2 ? 3 : 2),
        boolean: () => !current,
        string: () => prefix ? prefix[1] + 'b'.repeat(32) : texts[schema.format] ?? 'new',
    }[schema.type]();
}

/* {column: value} with each parameter of a form, other than what the row has now. */
function valuesFor(spec, form, row) {
    const values = {};
    for (const [name, schema] of Object.entries(form.properties)) {
        const place = placeOf(name);
        const current = place.reduce((object, segment) => object?.[segment], row);
        let object = values;
        place.slice(0, -1).forEach((segment) => { object = object[segment] ??= {}; });
        object[place[place.length - 1]] = valueFor(spec, schema, current, name);
    }
    return values;
}

function literal(value) {
    const text = typeof value === 'object' ? JSON.stringify(value) : value;
    return typeof text === 'string' ? `'${text.replaceAll('\'', '\'\'')}'` : Number(text);
}

function formOf(operation) {
    return operation.requestBody.content['application/x-www-form-urlencoded'].schema;
}

/* Runs one write and compares the one call that it makes with the spec's operation: that Prism accepts it is one
 * half, that it carries every parameter is the other. */
function write(url, version, statement, parameters) {
    const found = query(url, version, [statement, 'SELECT state, status, method, path, body FROM chat_writes']);
    const calls = found[1];
    if (calls.length !== 1 || calls[0].state !== 'sent') {
        return [`calls: ${JSON.stringify(calls)}`];
    }
    const sent = new Set(new URLSearchParams(calls[0].body ?? '').keys());
    return parameters.filter((name) => !sent.has(name)).map((name) => `${name} was not sent`);
}

function parentsOf(table, row) {
    const parents = { service_sid: 'IS', channel_sid: 'CH', user_sid: 'US' };
    return Object.entries(parents).filter(([name]) => lists[table].toLowerCase().includes(`{${name.replace('_', '')}}`))
        .map(([name, prefix]) => [name, row[name] ?? prefix + 'a'.repeat(32)]);
}

function insert(url, { table, version, spec, list }) {
    const values = valuesFor(spec, formOf(list.post), {});
    const all = [...parentsOf(table, {}), ...Object.entries(values)];
    const names = all.map(([name]) => `"${name}"`);
    const statement = `INSERT INTO ${table}(${names}) VALUES (${all.map(([, each]) => literal(each))})`;
    return write(url, version, statement, Object.keys(formOf(list.post).properties));
}

function whereIs(table, row) {
    const key = row.sid ? 'sid' : 'channel_sid';
    const terms = [...parentsOf(table, row), [key, row[key]]];
    return terms.map(([name, value]) => `${name} = ${literal(value)}`).join(' AND ');
}

/* The single resource is what the UPDATE sees, and so what it must differ from. */
function update(url, { table, version, spec, item, ...more }, operation = item.post) {
    const [row] = [...examplesOf(item.get, '200'), ...rowsInExamples({ item, ...more })];
    const values = Object.entries(valuesFor(spec, formOf(operation), row));
    const assignments = values.map(([name, value]) => typeof value === 'object' && !Array.isArray(value)
        ? `"${name}" = json_patch(ifnull("${name}", '{}'), ${literal(value)})` : `"${name}" = ${literal(value)}`);
    const statement = `UPDATE ${table} SET ${assignments.join(', ')} WHERE ${whereIs(table, row)}`;
    return write(url, version, statement, Object.keys(formOf(operation).properties));
}

function remove(url, { table, version, item }) {
    const [row] = examplesOf(item.get, '200');
    return write(url, version, `DELETE FROM ${table} WHERE ${whereIs(table, row)}`, []);
}

function migrate(url, version) {
    const spec = specs.load('v3');
    const item = { post: spec.paths['/v3/Services/{ServiceSid}/Channels/{Sid}'].post };
    const [channels] = tablesOf(version).filter(({ table }) => table === 'channels');
    return update(url, { ...channels, spec: { components: spec.components }, item: { ...channels.item, ...item } });
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

async function withPrism(kind, options, body) {
    const { url, stop } = await startPrism(kind, options);
    try {
        body(url);
    } finally {
        stop();
    }
}

async function main() {
    const tables = ['v1', 'v2'].flatMap(tablesOf);
    await withPrism('examples', ['--errors'], (url) => {
        for (const each of tables) {
            check(`${each.version} ${each.table}: the spec's example, value by value`, () => readExamples(url, each));
        }
        for (const each of tables) {
            const name = `${each.version} ${each.table}`;
            if (each.list.post) {
                check(`${name}: INSERT with every parameter`, () => insert(url, each));
            }
            if (each.item.post) {
                check(`${name}: UPDATE with every parameter`, () => update(url, each));
            }
            if (each.item.delete) {
                check(`${name}: DELETE`, () => remove(url, each));
            }
        }
        check('v1 channels: to private, by v3', () => migrate(url, 'v1'));
        check('v2 channels: to private, by v3', () => migrate(url, 'v2'));
    });
    await withPrism('empty', ['--errors'], (url) => {
        check('every table is empty where the specs\' examples are', () =>
            tables.flatMap((each) => readEmpty(url, each).map((line) => `${each.version} ${each.table}: ${line}`)));
    });
    for (const seed of (process.env.SEEDS ?? '1').split(' ')) {
        await withPrism('random', ['--errors', '--dynamic', '--seed', seed], (url) => {
            for (const each of tables) {
                check(`${each.version} ${each.table}: random values have their columns' types, seed ${seed}`, () => {
                    const { wrong, rows } = readRandom(url, each);
                    return rows > 0 ? wrong : ['no rows'];
                });
            }
        });
    }
    console.log(`1..${number}`);
    process.exit(failures > 0 ? 1 : 0);
}

main();
