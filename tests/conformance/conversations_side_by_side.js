/*
 * The extension and the SDK on the same emulator's Conversations: all that either reads of generated data is the same,
 * every column of every table against every property of the SDK's instances; and what one writes the other reads equal.
 */
'use strict';

const assert = require('assert');
const { camel } = require('./surface');
const { start } = require('./emulator');
const { connect } = require('./sdk');
const { data } = require('./conversations_resources');
const { Shell, quote } = require('./sql');
const { check, run } = require('./tap');

/* Columns that are written only, or given only: no instance has them. */
const writeOnly = {
    conversations: ['inactive_timer', 'closed_timer', 'participants'],
    conversation_messages: ['subject', 'content_variables'],
    conversation_webhooks: ['replay_after'],
    conversation_credentials: ['certificate', 'private_key', 'api_key', 'secret'],
    user_conversations: ['last_read_timestamp'],
};

const shownOf = (columns, table) => columns.filter(({ table_name: of, name }) =>
    of === table && !(writeOnly[table] ?? []).includes(name));

/* --- reading ------------------------------------------------------------------------------------------------------ */

async function gather(parents, list) {
    const found = [];
    for (const parent of parents) {
        found.push(...await list(parent));
    }
    return found;
}

/* Instances of everything there is, by table: each list below each parent, as a user of the SDK would walk it. */
async function everything(v1) {
    const found = { conversation_services: await v1.services.list() };
    const of = (row) => v1.services(row.chatServiceSid);
    const inService = (list) => gather(found.conversation_services, ({ sid }) => list(v1.services(sid)));
    const inConversation = (list) => gather(found.conversations, (row) => list(of(row).conversations(row.sid)));
    found.conversations = await inService((service) => service.conversations.list());
    /* Lists may hide whether a user is there. */
    found.conversation_users = await inService(async (service) =>
        Promise.all((await service.users.list()).map((user) => user.fetch())));
    found.conversation_roles = await inService((service) => service.roles.list());
    found.conversation_bindings = await inService((service) => service.bindings.list());
    found.conversation_messages = await inConversation((conversation) => conversation.messages.list());
    found.participants = await inConversation((conversation) => conversation.participants.list());
    found.conversation_webhooks = await inConversation((conversation) => conversation.webhooks.list());
    found.delivery_receipts = await gather(found.conversation_messages, (row) =>
        of(row).conversations(row.conversationSid).messages(row.sid).deliveryReceipts.list());
    found.user_conversations = await gather(found.conversation_users, (row) =>
        of(row).users(row.sid).userConversations.list());
    found.conversation_credentials = await v1.credentials.list();
    found.address_configurations = await v1.addressConfigurations.list();
    found.service_configurations = await inService(async (service) => [await service.configuration().fetch()]);
    found.service_notifications = await inService(async (service) =>
        [await service.configuration.notifications().fetch()]);
    found.service_webhooks = await inService(async (service) => [await service.configuration.webhooks().fetch()]);
    found.account_configuration = [await v1.configuration().fetch()];
    found.account_webhooks = [await v1.configuration.webhooks().fetch()];
    return found;
}

/* A property as a column has it. */
function asColumn(value) {
    return value instanceof Date ? value.toISOString().replace('.000Z', 'Z')
        : typeof value === 'boolean' ? Number(value) : value;
}

function sameRow(columns, row, properties) {
    const seen = new Set();
    for (const { name, type } of columns) {
        const property = camel(name);
        const value = properties[property];
        seen.add(property);
        assert.notStrictEqual(value, undefined, `${name}: the SDK has no such property`);
        if (type === 'json' && value !== null && typeof value === 'object') {
            assert.deepStrictEqual(JSON.parse(row[name]), value, name);
        } else {
            assert.deepStrictEqual(row[name], asColumn(value), name);
        }
    }
    const lost = Object.keys(properties).filter((property) => !seen.has(property));
    assert.deepStrictEqual(lost, [], 'properties without a column');
}

const keyOf = (row) => JSON.stringify(['sid', 'user_sid', 'conversation_sid', 'chat_service_sid', 'url']
    .map((name) => row[name] ?? row[camel(name)]));

async function reads(shell, v1, when) {
    const columns = shell.columns();
    for (const [table, instances] of Object.entries(await everything(v1))) {
        const shown = shownOf(columns, table);
        await check(`${table}, ${when}: ${instances.length} rows, ${shown.length} columns`, () => {
            const rows = new Map(shell.rows(shown, table).map((row) => [keyOf(row), row]));
            assert(instances.length > 0);
            assert.strictEqual(rows.size, instances.length);
            for (const instance of instances) {
                const properties = instance.toJSON();
                const row = rows.get(keyOf(properties));
                assert(row, `SQL lacks ${JSON.stringify(properties)}`);
                sameRow(shown, row, properties);
            }
        });
    }
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* What is made by SQL, and what the SDK must then find; and the same thing made by the SDK for SQL to find. */
function cases(service, conversation) {
    const inConversation = [['chat_service_sid', service], ['conversation_sid', conversation]];
    const of = (v1) => v1.services(service);
    return [
        { table: 'conversations', parents: inConversation.slice(0, 1), list: (v1) => of(v1).conversations,
            row: (n) => ({ friendly_name: `side ${n} é&=+%`, unique_name: `side-${n}`, attributes: `{"n":${n}}`,
                state: 'inactive' }) },
        { table: 'conversation_messages', parents: inConversation, list: (v1) => of(v1).conversations(conversation).messages,
            row: (n) => ({ author: `side-${n}`, body: `two\nlines ${n} 😀 &=+%`, attributes: '{"a":[1,null]}' }) },
        { table: 'participants', parents: inConversation, list: (v1) => of(v1).conversations(conversation).participants,
            row: (n) => ({ identity: `side+${n}`, attributes: '{}' }) },
        { table: 'conversation_users', parents: inConversation.slice(0, 1), list: (v1) => of(v1).users,
            row: (n) => ({ identity: `beside+${n}`, friendly_name: `Side ${n}`, attributes: '{"b":"ü"}' }) },
        { table: 'conversation_roles', parents: inConversation.slice(0, 1), list: (v1) => of(v1).roles,
            row: (n) => ({ friendly_name: `side ${n}`, type: 'conversation',
                permissions: '["sendMessage","leaveConversation"]' }),
            parameters: ({ permissions, ...others }) => ({ ...others, permission: JSON.parse(permissions) }) },
        { table: 'address_configurations', parents: [], list: (v1) => v1.addressConfigurations,
            row: (n) => ({ type: 'sms', address: `+1555777000${n}`, friendly_name: `Side ${n}` }) },
    ];
}

const asParameters = (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value]));

async function writes(shell, v1, columns, service, conversation) {
    let number = 0;
    for (const { table, parents, list, row, parameters } of cases(service, conversation)) {
        const shown = shownOf(columns, table);
        await check(`${table}: what SQL inserts the SDK fetches, and what the SDK creates SQL selects`, async () => {
            const given = row(++number);
            const all = [...parents, ...Object.entries(given)];
            const values = all.map(([, value]) => quote(value));
            const sid = shell.run(`INSERT INTO ${table}(${all.map(([name]) => name)}) VALUES (${values});
SELECT sid FROM chat_writes;\n`).trim();
            const fetched = (await list(v1)(sid).fetch()).toJSON();
            for (const [name, value] of Object.entries(given)) {
                const property = fetched[camel(name)];
                assert.deepStrictEqual(typeof property === 'object' ? JSON.stringify(property) : property, value, name);
            }
            const made = row(++number);
            const created = await list(v1).create(parameters ? asParameters(parameters(made)) : asParameters(made));
            const [selected] = shell.rows(shown, `${table} WHERE sid = ${quote(created.sid)}`);
            sameRow(shown, selected, created.toJSON());
        });
        await check(`${table}: what SQL deletes is gone for the SDK`, async () => {
            const within = parents.map(([name, value]) => `${name} = ${quote(value)}`).join(' AND ') || 'true';
            const [last] = shell.rows(shown, `${table} WHERE ${within} ORDER BY date_created DESC, sid LIMIT 1`);
            await list(v1)(last.sid).fetch();
            shell.run(`DELETE FROM ${table} WHERE sid = ${quote(last.sid)};\n`);
            await assert.rejects(list(v1)(last.sid).fetch(), ({ status, code }) => status === 404 && code === 20404);
        });
    }
}

run(async () => {
    const emulator = await start(data);
    try {
        const { conversations: { v1 } } = connect(emulator);
        const shell = new Shell(emulator, 'v1');
        await reads(shell, v1, 'as generated');
        const [conversation] = await gather(await v1.services.list({ limit: 1 }), ({ sid }) =>
            v1.services(sid).conversations.list({ limit: 1, state: 'active' }));
        await writes(shell, v1, shell.columns(), conversation.chatServiceSid, conversation.sid);
        await reads(shell, v1, 'after the writes');
    } finally {
        await emulator.stop();
    }
});
