/*
 * The extension and the SDK on the same emulator: what one writes the other reads equal, and all that either reads of
 * generated data is the same: every column of every table against every property of the SDK's instances.
 */
'use strict';

const assert = require('assert');
const { camel, snake } = require('./surface');
const { start } = require('./emulator');
const { connect } = require('./sdk');
const { resourcesOf, choose, everyList } = require('./resources');
const { valuesOf, shown, expected, beside, never } = require('./values');
const { Shell, quote } = require('./sql');
const { check, run } = require('./tap');

const tableOf = { webhook: 'channel_webhooks' };
const table = (resource) => tableOf[resource.name] || `${snake(resource.name)}s`;

/* Columns without a property: what is only written, and what the path says. */
const unshown = {
    credentials: ['certificate', 'private_key', 'api_key', 'secret'],
    channels: ['messaging_service_sid'],
    user_channels: ['last_consumption_timestamp'],
    services: ['webhooks'], /* of v1 */
};
let number = 0;

/* --- reading --- */

/* Instances of everything there is, by table, fetched where the list hides something. */
async function everything(resources, chat, emulator) {
    const found = Object.fromEntries(resources.map((resource) => [table(resource), []]));
    for (const { resource, at } of await everyList(resources, emulator)) {
        for (const row of await resource.list(chat, at).list({ ...resource.all })) {
            const whole = (resource.hidden || []).includes('attributes') ? await row.fetch() : row;
            found[table(resource)].push({ properties: whole.toJSON(), at });
        }
    }
    return found;
}

/* A property as a column has it. */
function asColumn(value) {
    if (value instanceof Date) {
        return value.toISOString().replace('.000Z', 'Z');
    }
    return typeof value === 'boolean' ? Number(value) : value;
}

function sameRow(resource, columns, row, { properties, at }, version) {
    const seen = new Set();
    for (const { name, type, since } of columns) {
        const property = camel(name);
        const value = properties[property];
        if (value === undefined) {
            const allowed = (unshown[table(resource)] || []).includes(name) || since > version;
            const path = { user_sid: at.user }[name];
            assert(allowed || path, `${name}: the SDK has no such property`);
            assert.strictEqual(row[name], path || null, name);
            continue;
        }
        seen.add(property);
        if (type === 'json' && value !== null && typeof value === 'object') {
            assert.deepStrictEqual(JSON.parse(row[name]), value, name);
        } else {
            assert.deepStrictEqual(row[name], asColumn(value), name);
        }
    }
    const lost = Object.keys(properties).filter((property) => !seen.has(property));
    assert.deepStrictEqual(lost, [], 'properties without a column');
}

const identify = (row) => row.sid || `${row.userSid || row.user_sid} ${row.channelSid || row.channel_sid}`;

async function reads(resources, shell, chat, emulator, version, when) {
    const all = shell.columns();
    const found = await everything(resources, chat, emulator);
    for (const resource of resources) {
        const name = table(resource);
        const columns = all.filter((column) => column.table_name === name);
        const instances = found[name];
        await check(`${version} ${name}, ${when}: ${instances.length} rows, ${columns.length} columns`, () => {
            const rows = new Map(shell.rows(columns, name).map((row) => [identify(row), row]));
            assert.strictEqual(rows.size, instances.length);
            assert(instances.length > 0);
            for (const instance of instances) {
                const row = rows.get(identify({ userSid: instance.at.user, ...instance.properties }));
                assert(row, `SQL lacks ${JSON.stringify(instance.properties)}`);
                sameRow(resource, columns, row, instance, version);
            }
        });
    }
}

/* --- writing --- */

/* All parameters of the SDK's create or update at once, once each. */
function parametersOf(resource, operation, at) {
    const base = operation === 'create' ? { ...resource.make(++number, at), ...beside(resource, '', null) } : {};
    for (const parameter of resource[operation] || []) {
        const { name } = parameter;
        const other = ['configuration.triggers', 'configuration.flowSid'].includes(name); /* for another type */
        const fixed = other || (name in base && resource.name === 'invite');
        if (name !== 'xTwilioWebhookEnabled' && !fixed && !/^default\w+RoleSid$/.test(name)) {
            const values = valuesOf(resource, parameter, at, ++number);
            /* An update changes all but the dates, which must be sent all the same: else the server sets new ones. */
            base[name] = operation === 'update' && values.length > 1 && parameter.type !== 'Date' ? values[1] : values[0];
        }
    }
    return base;
}

/* What the SDK's parameters are as columns: dotted ones are parts of one JSON column. */
function columnsOf(parameters) {
    const columns = {};
    for (const [name, value] of Object.entries(parameters)) {
        const [first, ...path] = name.split('.');
        const column = { permission: 'permissions', mediaSid: 'media' }[first] || snake(first);
        if (path.length) {
            columns[column] = columns[column] || {};
            const last = path.pop();
            const holder = path.reduce((part, step) => (part[snake(step)] = part[snake(step)] || {}), columns[column]);
            holder[snake(last)] = value;
        } else {
            columns[column] = name === 'mediaSid' ? { sid: value } : value;
        }
    }
    return Object.fromEntries(Object.entries(columns).map(([column, value]) => [column, literal(column, value)]));
}

function literal(column, value) {
    if (value instanceof Date) {
        return quote(value.toISOString().replace('.000Z', 'Z'));
    }
    if (column === 'sandbox') {
        return quote(value ? 'True' : 'False');
    }
    if (typeof value === 'boolean') {
        return value ? '1' : '0';
    }
    return quote(value !== null && typeof value === 'object' ? JSON.stringify(value) : value);
}

/* The columns that may be written must be those that the SDK has parameters for. */
function sameColumns(shell, resource, operation, parameters, version) {
    const word = operation === 'create' ? 'insert' : 'update';
    const takes = shell.columns().filter((column) => {
        const gate = /\((.*)\)/.exec(column[word] || ''); /* "yes (v2 and conversations)" */
        return column.table_name === table(resource) && column[word] && (!gate || gate[1].split(";")[0].split(/, | and /).includes(version))
            && !(operation === 'create' && ['service_sid', 'channel_sid'].includes(column.name))
            && !/^default_\w+_role_sid$/.test(column.name);
    }).map(({ name }) => name);
    assert.deepStrictEqual(takes.sort(), Object.keys(columnsOf(parameters)).sort());
}

function mustShow(instance, parameters) {
    for (const [name, value] of Object.entries(parameters)) {
        const elsewhere = name === 'lastConsumptionTimestamp' && !(name in instance); /* at the member */
        if (!never.includes(name) && !elsewhere) {
            assert.deepStrictEqual(shown(instance, name), expected(name, value), name);
        }
    }
}

async function sqlWrites(shell, resource, chat, at, version) {
    const name = table(resource);
    const list = resource.list(chat, at);
    const parents = resource.path(at).includes(at.channel) ? { service_sid: at.service, channel_sid: at.channel }
        : resource.path(at).includes(at.service) ? { service_sid: at.service } : {};
    let sid = null;
    if (resource.create) {
        await check(`${version} ${name}: INSERT, and the SDK fetches it`, async () => {
            const parameters = parametersOf(resource, 'create', at);
            const columns = columnsOf(parameters);
            sameColumns(shell, resource, 'create', parameters, version);
            for (const [column, value] of Object.entries(parents)) {
                columns[column] = quote(value);
            }
            const names = Object.keys(columns).map((column) => `"${column}"`);
            sid = shell.run(`BEGIN; INSERT INTO ${name}(${names}) VALUES (${Object.values(columns)}); COMMIT;
                SELECT sid FROM chat_writes;`).trim();
            mustShow(await list(sid).fetch(), parameters);
        });
    } else {
        sid = (await list.list()).find(({ status }) => status === undefined || status === 'joined')[resource.key];
    }
    const where = resource.name === 'userChannel' ? `user_sid = '${at.user}' AND channel_sid = '${sid}'`
        : `sid = '${sid}'`;
    if (resource.update) {
        await check(`${version} ${name}: UPDATE, and the SDK fetches it`, async () => {
            const parameters = parametersOf(resource, 'update', at);
            sameColumns(shell, resource, 'update', parameters, version);
            const set = Object.entries(columnsOf(parameters)).map(([column, value]) => `"${column}" = ${value}`);
            shell.run(`UPDATE ${name} SET ${set} WHERE ${where};`);
            mustShow(await list(sid).fetch(), parameters);
        });
    }
    if (list.get && list.get(sid).remove) {
        await check(`${version} ${name}: DELETE, and the SDK finds it gone`, async () => {
            shell.run(`DELETE FROM ${name} WHERE ${where};`);
            await assert.rejects(list(sid).fetch(), { status: 404 });
        });
    }
}

async function sdkWrites(resources, chat, at) {
    for (const resource of resources.filter(({ create }) => create)) {
        const made = await resource.list(chat, at).create(parametersOf(resource, 'create', at));
        if (resource.update) {
            await made.update(parametersOf(resource, 'update', at));
        }
    }
}

run(async () => {
    for (const version of ['v1', 'v2']) {
        const emulator = await start();
        const chat = connect(emulator).chat[version];
        const at = await choose(emulator, chat);
        const resources = resourcesOf(version);
        const shell = new Shell(emulator, version);
        await reads(resources, shell, chat, emulator, version, 'as generated');
        for (const resource of resources) {
            await sqlWrites(shell, resource, chat, at, version);
        }
        await sdkWrites(resources, chat, at);
        await reads(resources, shell, chat, emulator, version, 'after writes of both');
        await emulator.stop();
    }
});
