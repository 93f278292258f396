/*
 * Every parameter that the SDK accepts for create, update and remove: what is sent comes back, in the answer, when
 * fetched and in the list; an update leaves everything else alone. Which parameters there are is read from the SDK.
 */
'use strict';

const assert = require('assert');
const { modules, snake } = require('./surface');
const { start } = require('./emulator');
const { connect } = require('./sdk');
const { resourcesOf, choose } = require('./resources');
const { valuesOf, shown, expected, beside, never } = require('./values');
const { check, run } = require('./tap');

const header = 'xTwilioWebhookEnabled';
let number = 0;

/* The instance must show the value; secrets must be nowhere. */
function shows(instance, name, value, where) {
    if (never.includes(name)) {
        assert(!JSON.stringify(instance.toJSON()).includes(value), `${where}: ${name} is shown`);
        return;
    }
    assert.deepStrictEqual(shown(instance, name), expected(name, value), `${where}: ${name}`);
}

async function inList(resource, list, key) {
    return (await list.list({ ...resource.all })).find((row) => row[resource.key] === key);
}

/* Answer, fetch and list show the value; v1's lists hide attributes. */
async function everywhere(resource, list, answer, name, value) {
    const key = answer[resource.key];
    shows(answer, name, value, 'the answer');
    shows(await list(key).fetch(), name, value, 'fetched');
    const row = await inList(resource, list, key);
    if (resource.version === 'v1' && (resource.hidden || []).includes(name)) {
        assert.strictEqual(row[name], null);
    } else {
        shows(row, name, value, 'in the list');
    }
}

async function creates(resource, list, at, parameter) {
    const values = valuesOf(resource, parameter, at, ++number);
    for (const value of values.filter((one) => one !== null || !parameter.required)) { /* the SDK itself refuses it */
        const base = { ...resource.make(++number, at), ...beside(resource, parameter.name, value) };
        if (resource.name === 'invite' && parameter.name === 'identity') {
            base.identity = at.strangers[0]; /* only a user can be invited */
        } else {
            base[parameter.name] = value;
        }
        const answer = await list.create(base);
        await everywhere(resource, list, answer, parameter.name, base[parameter.name]);
        await answer.remove();
    }
}

/* What an update may change beside what it was told to. */
const consequences = {
    body: ['wasEdited'],
    lastConsumedMessageIndex: ['lastConsumptionTimestamp', 'unreadMessagesCount'],
};

function sameBut(before, after, names) {
    for (const [property, value] of Object.entries(before)) {
        if (!names.includes(property)) {
            assert.deepStrictEqual(after[property], value, `${property} has changed`);
        }
    }
}

/* {'notifications.new_message.enabled': true}: the leaves of an object by their paths. */
function leaves(value, path) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        return { [path]: value };
    }
    return Object.assign({}, ...Object.entries(value).map(([name, below]) => leaves(below, `${path}.${name}`)));
}

/* Of an object such as notifications, the parts that the update did not name stay too. */
function partsStay(before, after, name) {
    const [property, ...path] = name.split('.');
    if (path.length) {
        const [old, changed] = [before, after].map((instance) => leaves(instance[property], property));
        const leaf = [property, ...path.map(snake)].join('.');
        delete old[leaf];
        delete changed[leaf];
        assert.deepStrictEqual(changed, old);
    }
}

async function updates(resource, list, at, parameter, target) {
    const { name } = parameter;
    for (const value of valuesOf(resource, parameter, at, ++number)) {
        const instance = await target(name, value);
        const before = (await list(instance[resource.key]).fetch()).toJSON();
        const answer = await list(instance[resource.key]).update({ [name]: value });
        await everywhere(resource, list, answer, name, value);
        const [property] = name === 'permission' ? ['permissions'] : name.split('.');
        sameBut(before, answer.toJSON(), [property, 'dateUpdated', ...(consequences[name] || [])]);
        partsStay(before, answer.toJSON(), name);
        await instance.remove();
    }
}

/* A service's default roles are roles of its own, of the right kind. */
async function roleUpdates(chat, list, { name }) {
    const service = await list.create({ friendlyName: 'roles' });
    const roles = await chat.services(service.sid).roles.list();
    const type = name === 'defaultServiceRoleSid' ? 'deployment' : 'channel';
    for (const { sid } of roles.filter((role) => role.type === type)) {
        await everywhere({ name: 'service', key: 'sid' }, list, await service.update({ [name]: sid }), name, sid);
    }
    for (const { sid } of roles.filter((role) => role.type !== type)) {
        const code = type === 'channel' ? 50101 : 50102;
        await assert.rejects(service.update({ [name]: sid }), { status: 400, code });
    }
    await service.remove();
}

/* A channel of its user's own, for each update. */
async function userChannelTarget(chat, at, list) {
    const { identity } = await chat.services(at.service).users(at.user).fetch();
    const channel = await chat.services(at.service).channels.create({});
    await chat.services(at.service).channels(channel.sid).members.create({ identity });
    return list(channel.sid).fetch();
}

/* The time of a user's read horizon is shown by the member only. */
async function userChannelTime(chat, at, list) {
    const time = new Date('2019-03-24T20:37:57Z');
    const row = await userChannelTarget(chat, at, list);
    await row.update({ lastConsumedMessageIndex: 3, lastConsumptionTimestamp: time });
    const member = await chat.services(at.service).channels(row.channelSid).members(row.memberSid).fetch();
    assert.deepStrictEqual(member.lastConsumptionTimestamp, time);
    assert.strictEqual(member.lastConsumedMessageIndex, 3);
}

/* The header is no part of any answer: the server must have seen it, and only where it was asked for. */
async function webhookHeader(emulator, act) {
    const seen = async () => (await emulator.requests()).flatMap(({ webhooks = [] }) => webhooks);
    const before = (await seen()).length;
    await act({});
    assert.strictEqual((await seen()).length, before, 'sent unasked');
    for (const value of ['true', 'false']) {
        await act({ [header]: value });
    }
    assert.deepStrictEqual((await seen()).slice(before), ['true', 'false']);
}

/* Something to update where only the header matters. */
const anyUpdate = {
    channel: { friendlyName: 'x' },
    message: { body: 'x' },
    member: { lastConsumedMessageIndex: 1 },
    user: { friendlyName: 'x' },
};

async function headers(emulator, resource, list, at, target, title) {
    const has = (operation) => (resource[operation] || []).some(({ name }) => name === header);
    if (has('create')) {
        await check(title('create', header), () =>
            webhookHeader(emulator, (more) => list.create({ ...resource.make(++number, at), ...more })));
    }
    if (has('update')) {
        const made = await target('', null);
        await check(title('update', header), () => webhookHeader(emulator, (more) =>
            list(made[resource.key]).update({ ...anyUpdate[resource.name], ...more })));
    }
    if (has('remove')) {
        const made = [await target('', null), await target('', null), await target('', null)];
        await check(title('remove', header), () => webhookHeader(emulator, (more) => made.shift().remove(more)));
    }
}

async function one(emulator, chat, at, resource) {
    const title = (operation, name) => `${resource.version} ${resource.name}: ${operation} ${name}`;
    const list = resource.list(chat, at);
    const target = resource.name === 'userChannel'
        ? () => userChannelTarget(chat, at, list)
        : (name, value) => list.create({ ...resource.make(++number, at), ...beside(resource, name, value) });
    for (const parameter of (resource.create || []).filter(({ name }) => name !== header)) {
        await check(title('create', parameter.name), () => creates(resource, list, at, parameter));
    }
    for (const parameter of (resource.update || []).filter(({ name }) => name !== header)) {
        await check(title('update', parameter.name), () => {
            if (resource.name === 'userChannel' && parameter.name === 'lastConsumptionTimestamp') {
                return userChannelTime(chat, at, list);
            }
            if (/^default\w+RoleSid$/.test(parameter.name)) {
                return roleUpdates(chat, list, parameter);
            }
            return updates(resource, list, at, parameter, target);
        });
    }
    await headers(emulator, resource, list, at, target, title);
}

async function v3(emulator, client, at) {
    const resource = modules.find(({ version }) => version === 'v3');
    const channels = client.chat.v2.services(at.service).channels;
    const fresh = async () => client.chat.v3.channels(at.service, (await channels.create({ type: 'public' })).sid);
    const covered = ['type', 'messagingServiceSid', header];
    await check('v3 channel: update has the parameters that are tested here', () =>
        assert.deepStrictEqual(resource.update.map(({ name }) => name).sort(), [...covered].sort()));
    await check('v3 channel: update type', async () => {
        const answer = await (await fresh()).update({ type: 'private' });
        assert.strictEqual(answer.type, 'private');
        assert.strictEqual(answer.messagingServiceSid, null);
        assert.strictEqual((await channels(answer.sid).fetch()).type, 'private');
    });
    await check('v3 channel: update messagingServiceSid', async () => {
        const messagingServiceSid = `MG${'0'.repeat(32)}`;
        const answer = await (await fresh()).update({ type: 'private', messagingServiceSid });
        assert.strictEqual(answer.messagingServiceSid, messagingServiceSid);
    });
    await check(`v3 channel: update ${header}`, async () => {
        const context = await fresh();
        await webhookHeader(emulator, (more) => context.update({ type: 'private', ...more }));
    });
}

/* Reachability switches two fields of users, which lists never show. */
async function reachability(chat, at) {
    const users = chat.services(at.service).users;
    for (const reachabilityEnabled of [true, false]) {
        await chat.services(at.service).update({ reachabilityEnabled });
        const fetched = await users(at.user).fetch();
        assert.strictEqual(typeof fetched.isOnline, reachabilityEnabled ? 'boolean' : 'object');
        assert.strictEqual(typeof fetched.isNotifiable, reachabilityEnabled ? 'boolean' : 'object');
        const listed = (await users.list()).find(({ sid }) => sid === at.user);
        assert.deepStrictEqual([listed.isOnline, listed.isNotifiable], [null, null]);
    }
}

run(async () => {
    const emulator = await start();
    const client = connect(emulator);
    const at = await choose(emulator, client.chat.v2);
    for (const version of ['v1', 'v2']) {
        for (const resource of resourcesOf(version)) {
            await one(emulator, client.chat[version], at, resource);
        }
        await check(`${version} service: reachability`, () => reachability(client.chat[version], at));
    }
    await v3(emulator, client, at);
    await emulator.stop();
});
