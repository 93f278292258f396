/*
 * The extension against Prism, which knows nothing of us but the vendor's specs: every table is read from the specs'
 * own examples and must show them value by value; read from random values that fit the schemas; and every INSERT,
 * UPDATE and DELETE that the specs know is sent with every parameter that they know, which Prism validates. TAP.
 *
 *   mock.js [conversations]     the tables of Chat, or those under Conversations' names
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
const listsOfChat = {
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

const ofConversation = 'Services/{ChatServiceSid}/Conversations/{ConversationSid}';
const listsOfConversations = {
    conversation_services: 'Services',
    conversations: 'Services/{ChatServiceSid}/Conversations',
    conversation_messages: `${ofConversation}/Messages`,
    delivery_receipts: `${ofConversation}/Messages/{MessageSid}/Receipts`,
    participants: `${ofConversation}/Participants`,
    conversation_webhooks: `${ofConversation}/Webhooks`,
    conversation_users: 'Services/{ChatServiceSid}/Users',
    user_conversations: 'Services/{ChatServiceSid}/Users/{UserSid}/Conversations',
    participant_conversations: 'Services/{ChatServiceSid}/ParticipantConversations',
    conversation_roles: 'Services/{ChatServiceSid}/Roles',
    conversation_bindings: 'Services/{ChatServiceSid}/Bindings',
    conversation_credentials: 'Credentials',
    address_configurations: 'Configuration/Addresses',
    service_configurations: 'Services/{ChatServiceSid}/Configuration',
    service_notifications: 'Services/{ChatServiceSid}/Configuration/Notifications',
    service_webhooks: 'Services/{ChatServiceSid}/Configuration/Webhooks',
    account_configuration: 'Configuration',
    account_webhooks: 'Configuration/Webhooks',
};

const isOfConversations = process.argv[2] === 'conversations';
const lists = isOfConversations ? listsOfConversations : listsOfChat;
const sid = (prefix) => prefix + 'a'.repeat(32);

/* Rows of an example are told apart by their SIDs, so that of those above them one must be named; and one list must be
 * given whom it is about. */
const terms = {
    delivery_receipts: () => `message_sid = '${sid('IM')}'`,
    user_conversations: () => `user_sid = '${sid('US')}'`,
    participant_conversations: ([row]) => `participant_identity = ${literal(row.participant_identity)}`,
};

/* {table, version, spec, path, list, item} for each table of a version; list and item are path items. */
function tablesOf(version) {
    const spec = specs.load(version);
    return Object.entries(lists).map(([table, where]) => {
        const path = `/${isOfConversations ? 'v1' : version}/${where}`;
        const [key] = ['{Sid}', '{ChannelSid}', '{ConversationSid}'].filter((each) => spec.paths[`${path}/${each}`]);
        const list = spec.paths[path];
        const isSingle = list && !list.get.responses['200'].content['application/json'].schema.properties?.meta;
        return { table, version, spec, path, list, isSingle, item: isSingle ? list : spec.paths[`${path}/${key}`] ?? {} };
    }).filter(({ list }) => list);
}

function examplesOf(operation, status) {
    const examples = operation?.responses[status].content['application/json'].examples ?? {};
    return Object.values(examples).map(({ value }) => value);
}

function rowsInExamples({ list, isSingle }) {
    return isSingle ? examplesOf(list.get, '200').slice(0, 1) : examplesOf(list.get, '200').map((value) => specs.tellApart(value[value.meta.key])).find((rows) => rows.length > 0);
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
        return sid('US');
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
    const expected = rowsInExamples({ list, ...more });
    const only = terms[table] ? ` WHERE ${terms[table](expected)}` : '';
    const [columns, rows] = query(url, version, [columnsOf(table), `SELECT * FROM ${table}${only}`]);
    const [fetched] = examplesOf(item.get, '200');
    const shown = columns.filter(({ name }) => name in (rows[0] ?? {}));
    if (rows.length !== expected.length) {
        return [`${rows.length} rows, not ${expected.length}`];
    }
    return rows.flatMap((row, i) => compareRow(shown, row, expected[i], fetched));
}

function hasEmptyExample({ list, isSingle }) {
    return !isSingle && examplesOf(list.get, '200').some((value) => value[value.meta.key].length === 0);
}

function readEmpty(url, { table, version }) {
    const only = terms[table] ? ` WHERE ${terms[table]([{ participant_identity: 'somebody' }])}` : '';
    const [[{ n }]] = query(url, version, [`SELECT count(*) AS n FROM ${table}${only}`]);
    return n === 0 ? [] : [`${n} rows`];
}

/* --- reading random values ---------------------------------------------------------------------------------------- */

const allowedTypes = { text: ['text'], json: ['text'], time: ['text'], integer: ['integer'], boolean: ['integer'],
    duration: ['text'] };

/* A statement that gives the rows in which a column's value is not of its type. */
function wrongValues(table, { name, type }) {
    const allowed = allowedTypes[type].map((each) => `'${each}'`).join();
    /* The spec of Conversations has no format for the one, and at random it is no time. */
    const isTime = type === 'time' && name !== 'last_read_timestamp';
    const bad = { json: `NOT json_valid("${name}")`, boolean: `"${name}" NOT IN (0, 1)`,
        time: isTime && `"${name}" NOT GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:*Z'` }[type] || '0';
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
const places = isOfConversations ? {
    'Permission': 'permissions', 'MediaSid': 'media.0.sid',
    'Timers.Inactive': 'inactive_timer', 'Timers.Closed': 'closed_timer',
    'Bindings.Email.Address': 'bindings.email.projected_address', 'Configuration.ReplayAfter': 'replay_after',
} : { Permission: 'permissions', MediaSid: 'media.sid' };

/* Those of which a row takes one or the other. */
const others = ['Configuration.Triggers', 'Configuration.FlowSid'];

function placeOf(parameter) {
    return (places[parameter] ?? parameter.replace(/(?<=[^.])[A-Z]/g, '_$&').toLowerCase()).split('.');
}

const texts = { 'date-time': '2020-01-02T03:04:05Z', uri: 'https://example.com/new' };

/* What the specs tell in prose only: durations, times and JSON, by the end of a parameter's name. */
const prose = { Timer: 'P2D', Inactive: 'P2D', Closed: 'P2D', Timestamp: '2020-01-02T03:04:05Z', ContentVariables: '{"1":"new"}' };

function told(name) {
    return prose[Object.keys(prose).find((each) => name.endsWith(each))];
}

function valueFor(spec, given, current, name) {
    const schema = given.$ref ? spec.components.schemas[given.$ref.split('/').pop()] : given;
    if (schema.enum) {
        return schema.enum.find((each) => each !== current) ?? schema.enum[0];
    }
    if (name === 'Attributes') {
        return '{"new":1}';
    }
    if (schema.type === 'string' && name.endsWith('Method')) {
        return current === 'POST' ? 'GET' : 'POST';
    }
    if (schema.type === 'string' && told(name)) {
        return told(name);
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
    for (const [name, schema] of Object.entries(form.properties).filter(([each]) => !others.includes(each))) {
        const place = placeOf(name);
        const current = place.reduce((object, segment) => object?.[segment], row);
        let object = values;
        place.slice(0, -1).forEach((segment, i) => { object = object[segment] ??= /^\d+$/.test(place[i + 1]) ? [] : {}; });
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
    return parameters.filter((name) => !sent.has(name) && !others.includes(name)).map((name) => `${name} was not sent`);
}

function parentsOf(table, row) {
    const parents = {
        service_sid: 'IS', channel_sid: 'CH', user_sid: 'US', chat_service_sid: 'IS', conversation_sid: 'CH', message_sid: 'IM',
    };
    return Object.entries(parents).filter(([name]) => lists[table].toLowerCase().includes(`{${name.replaceAll('_', '')}}`))
        .map(([name, prefix]) => [name, row[name] ?? sid(prefix)]);
}

function insert(url, { table, version, spec, list }) {
    const values = valuesFor(spec, formOf(list.post), {});
    /* What is answered is the example: with another name it would be another row. */
    const [made] = examplesOf(list.post, '201');
    for (const name of ['unique_name', 'identity'].filter((each) => values[each] && made?.[each])) {
        values[name] = made[name];
    }
    const all = [...parentsOf(table, {}), ...Object.entries(values)];
    const names = all.map(([name]) => `"${name}"`);
    const statement = `INSERT INTO ${table}(${names}) VALUES (${all.map(([, each]) => literal(each))})`;
    return write(url, version, statement, Object.keys(formOf(list.post).properties));
}

function whereIs(table, row) {
    const key = ['sid', 'channel_sid', 'conversation_sid'].filter((each) => row[each]).slice(0, 1);
    const known = [...parentsOf(table, row), ...key.map((each) => [each, row[each]])];
    return known.length === 0 ? 'true' : known.map(([name, value]) => `${name} = ${literal(value)}`).join(' AND ');
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
    const tables = (isOfConversations ? ['conversations'] : ['v1', 'v2']).flatMap(tablesOf);
    const ofProduct = isOfConversations ? ' conversations' : '';
    await withPrism(`examples${ofProduct}`, ['--errors'], (url) => {
        for (const each of tables) {
            check(`${each.version} ${each.table}: the spec's example, value by value`, () => readExamples(url, each));
        }
        for (const each of tables) {
            const name = `${each.version} ${each.table}`;
            if (each.list.post && !each.isSingle) {
                check(`${name}: INSERT with every parameter`, () => insert(url, each));
            }
            if (each.item.post) {
                check(`${name}: UPDATE with every parameter`, () => update(url, each));
            }
            if (each.item.delete) {
                check(`${name}: DELETE`, () => remove(url, each));
            }
        }
        if (!isOfConversations) {
            check('v1 channels: to private, by v3', () => migrate(url, 'v1'));
            check('v2 channels: to private, by v3', () => migrate(url, 'v2'));
        }
    });
    await withPrism(`empty${ofProduct}`, ['--errors'], (url) => {
        check('every table is empty where the specs\' examples are', () =>
            tables.filter(hasEmptyExample).flatMap((each) => readEmpty(url, each).map((line) => `${each.version} ${each.table}: ${line}`)));
    });
    for (const seed of (process.env.SEEDS ?? '1').split(' ')) {
        await withPrism(`random${ofProduct}`, ['--errors', '--dynamic', '--seed', seed], (url) => {
            /* What must be given a value lists no row that has another, and the account's own must tell its address. */
            const noRandom = ['participant_conversations', 'account_webhooks'];
            for (const each of tables.filter(({ table }) => !noRandom.includes(table))) {
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
