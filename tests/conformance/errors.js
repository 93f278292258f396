/* Refusals as the SDK shows them: RestException with status, code, message and moreInfo. */
'use strict';

const assert = require('assert');
const { start, account, key } = require('./emulator');
const { connect, RestException } = require('./sdk');
const { resourcesOf, choose } = require('./resources');
const { check, run } = require('./tap');

const nobody = (prefix) => `${prefix}${'0'.repeat(31)}9`;
const prefixes = {
    service: 'IS', channel: 'CH', message: 'IM', member: 'MB', invite: 'IN', role: 'RL', user: 'US', userChannel: 'CH',
    credential: 'CR', binding: 'BS', userBinding: 'BS', webhook: 'WH',
};

/* act() must be refused so. message: a text or a pattern. */
async function refused(act, status, code, message) {
    const problem = await act().then(() => null, (why) => why);
    assert(problem instanceof RestException, `no RestException: ${problem}`);
    assert.deepStrictEqual({ status: problem.status, code: problem.code, moreInfo: problem.moreInfo },
        { status, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
    if (message instanceof RegExp) {
        assert.match(problem.message, message);
    } else if (message) {
        assert.strictEqual(problem.message, message);
    }
}

/* Everything that a client can do with one list: to be refused in the same way. */
function attempts(resource, list) {
    const context = list.get ? list.get(nobody(prefixes[resource.name])) : {}; /* v1 has no single user channel */
    const doings = {
        list: () => list.list(),
        each: () => list.each(() => {}),
        page: () => list.page(),
        pageWithHttpInfo: () => list.pageWithHttpInfo(),
    };
    if (resource.create) {
        doings.create = () => list.create({ ...resource.make(1, { strangers: ['nobody'] }) });
    }
    for (const operation of ['fetch', 'remove']) {
        if (context[operation]) {
            doings[operation] = () => context[operation]();
        }
    }
    if (context.update) {
        doings.update = () => context.update({ friendlyName: 'x', body: 'x', permission: ['sendMessage'],
            attributes: '{}', lastConsumedMessageIndex: 1, 'configuration.url': 'x' });
    }
    return doings;
}

async function authentication(emulator, at) {
    const wrong = [
        ['no such key', [nobody('SK'), key.secret]],
        ['wrong secret', [key.sid, 'wrong']],
        ['wrong token', [account.sid, 'wrong']],
        ['key with the token', [key.sid, account.token]],
        ['account with the secret', [account.sid, key.secret]],
    ];
    for (const [what, as] of wrong) {
        for (const version of ['v1', 'v2']) {
            await check(`401: ${what}, every operation of ${version}`, async () => {
                const { chat } = connect(emulator, { as });
                for (const resource of resourcesOf(version)) {
                    for (const doing of Object.values(attempts(resource, resource.list(chat[version], at)))) {
                        await refused(doing, 401, 20003, 'Authenticate');
                    }
                }
            });
        }
        const { chat: { v3: chat } } = connect(emulator, { as });
        await check(`401: ${what}, v3`, () => refused(() =>
            chat.channels(at.service, at.channel).update({ type: 'private' }), 401, 20003));
    }
    const right = [['account and token', [account.sid, account.token]], ['key and secret', [key.sid, key.secret]]];
    for (const [what, as] of right) {
        await check(`${what} may sign in`, async () => {
            const client = connect(emulator, { as });
            for (const version of ['v1', 'v2']) {
                const services = await client.chat[version].services.list();
                assert(services.length > 0 && services.every(({ accountSid }) => accountSid === account.sid));
            }
        });
    }
}

/* The message names the path without the version. */
async function missing(chat, version, at) {
    for (const resource of resourcesOf(version)) {
        const sid = nobody(prefixes[resource.name]);
        const whole = `/${resource.path(at)}/${sid}`;
        const doings = attempts(resource, resource.list(chat, at));
        for (const name of ['fetch', 'update', 'remove'].filter((operation) => doings[operation])) {
            await check(`404: ${version} ${resource.name}, ${name}`, () =>
                refused(doings[name], 404, 20404, `The requested resource ${whole} was not found`));
        }
        const lost = { ...at, service: nobody('IS'), channel: nobody('CH'), user: nobody('US') };
        for (const name of ['service', 'channel', 'user'].filter((part) => resource.path(at).includes(at[part]))) {
            await check(`404: ${version} ${resource.name} below an unknown ${name}`, async () => {
                const list = resource.list(chat, { ...at, [name]: lost[name] });
                for (const doing of Object.values(attempts(resource, list))) {
                    await refused(doing, 404, 20404, /^The requested resource \/Services\/IS\S+ was not found$/);
                }
            });
        }
    }
}

/* A POST with a form of our own, for what the SDK itself refuses to send. */
async function post(client, where, form, type = 'application/x-www-form-urlencoded') {
    const answer = await client.request({ method: 'post', uri: `https://chat.twilio.com/${where}`, data: form,
        headers: { 'Content-Type': type } });
    if (answer.statusCode >= 400) {
        throw new RestException(answer);
    }
    return answer;
}

async function required(client, version, at) {
    for (const resource of resourcesOf(version).filter(({ create }) => create)) {
        const where = `${version}/${resource.path(at)}`;
        for (const { name } of resource.create.filter((parameter) => parameter.required)) {
            const form = Object.fromEntries(Object.entries(resource.make(1, at)).filter(([given]) => given !== name)
                .map(([given, value]) => [given.replace(/(^|\.)[a-z]/g, (letter) => letter.toUpperCase()), value]));
            const param = name[0].toUpperCase() + name.slice(1);
            const body = resource.name === 'message';
            await check(`400: ${version} ${resource.name} without ${param}`, () =>
                refused(() => post(client, where, form), 400, body ? 50503 : 20001,
                    body ? 'Message body missing' : `Missing required parameter ${param} in the post body`));
        }
    }
    await check(`400: ${version}, JSON instead of a form`, () => refused(() =>
        post(client, `${version}/Services/${at.service}/Users`, { Identity: 'x' }, 'application/json'),
        400, 20001, 'Missing required parameter Identity in the post body'));
}

async function empty(chat, version, at) {
    for (const resource of resourcesOf(version).filter(({ update }) => update)) {
        await check(`400: ${version} ${resource.name}, update of nothing`, async () => {
            const list = resource.list(chat, at);
            const [row] = await list.list({ ...resource.all, limit: 1 });
            if (resource.name === 'role') { /* permissions are required, and an empty list is not sent */
                await refused(() => row.update({ permission: [] }), 400, 20001);
            } else {
                await refused(() => row.update({}), 400, 20161);
            }
        });
    }
}

/* [resource, parameters, code, versions]: refused when created, and when updated if the SDK's update takes them. */
const invalid = [
    ['service', { friendlyName: 'x'.repeat(65) }, 50003, 'v1 v2'],
    ['service', { typingIndicatorTimeout: -1 }, 50053, 'v1 v2'],
    ['service', { consumptionReportInterval: -1 }, 50052, 'v1 v2'],
    ['service', { webhookMethod: 'PUT' }, 50055, 'v1 v2'],
    ['service', { 'limits.channelMembers': 1001 }, 50060, 'v1 v2'],
    ['service', { 'limits.userChannels': 1001 }, 50061, 'v1 v2'],
    ['service', { preWebhookRetryCount: 4 }, 50065, 'v2'],
    ['service', { postWebhookRetryCount: 4 }, 50065, 'v2'],
    ['service', { defaultServiceRoleSid: nobody('RL') }, 50100, 'v1 v2'],
    ['service', { readStatusEnabled: 'perhaps' }, 20001, 'v1 v2'],
    ['channel', { friendlyName: 'x'.repeat(257) }, 50003, 'v1 v2'],
    ['channel', { uniqueName: 'x'.repeat(257) }, 50004, 'v1 v2'],
    ['channel', { uniqueName: nobody('CH') }, 50306, 'v1 v2'],
    ['channel', { attributes: '{' }, 50304, 'v1 v2'],
    ['channel', { attributes: '' }, 50304, 'v1 v2'],
    ['channel', { type: 'secret' }, 20001, 'v1 v2'],
    ['channel', { dateCreated: 'yesterday' }, 50308, 'v2'],
    ['channel', { dateUpdated: 'yesterday' }, 50309, 'v2'],
    ['message', { body: 'x'.repeat(32769) }, 50504, 'v1 v2'],
    ['message', { attributes: '{"a":}' }, 50304, 'v1 v2'],
    ['message', { lastUpdatedBy: 'x'.repeat(257) }, 50505, 'v2'],
    ['message', { mediaSid: 'none' }, 50506, 'v2'],
    ['member', { identity: 'x'.repeat(257) }, 50207, 'v1 v2'],
    ['member', { identity: 'system' }, 50203, 'v1 v2'],
    ['member', { identity: nobody('US') }, 50206, 'v1 v2'],
    ['member', { roleSid: nobody('RL') }, 50100, 'v1 v2'],
    ['member', { lastConsumedMessageIndex: 'x' }, 50405, 'v1 v2'],
    ['member', { lastConsumptionTimestamp: 'x' }, 50406, 'v2'],
    ['member', { attributes: 'x' }, 50304, 'v2'],
    ['invite', { roleSid: nobody('RL') }, 50100, 'v1 v2'],
    ['role', { friendlyName: 'x'.repeat(65) }, 50003, 'v1 v2'],
    ['role', { type: 'other' }, 50105, 'v1 v2'],
    ['role', { permission: ['sendMessage', 'fly'] }, 50104, 'v1 v2'],
    ['user', { identity: 'private' }, 50203, 'v1 v2'],
    ['user', { attributes: '{' }, 50304, 'v1 v2'],
    ['userChannel', { notificationLevel: 'loud' }, 50210, 'v2'],
    ['userChannel', { lastConsumedMessageIndex: 'x' }, 50405, 'v2'],
    ['userChannel', { lastConsumptionTimestamp: 'x' }, 50406, 'v2'],
    ['credential', { type: 'pigeon' }, 20001, 'v1 v2'],
    ['credential', { sandbox: 'perhaps' }, 20001, 'v1 v2'],
    ['webhook', { type: 'other' }, 50320, 'v2'],
    ['webhook', { 'configuration.method': 'PUT' }, 50322, 'v2'],
    ['webhook', { 'configuration.retryCount': 4 }, 50322, 'v2'],
];

async function values(chat, version, at) {
    const table = resourcesOf(version);
    for (const [name, given, code, versions] of invalid.filter((row) => row[3].includes(version))) {
        const resource = table.find((one) => one.name === name);
        const list = resource.list(chat, at);
        const [parameter] = Object.keys(given);
        const takes = (operation) => (resource[operation] || []).some((one) => one.name === parameter);
        const value = JSON.stringify(given[parameter]).slice(0, 24);
        await check(`400: ${version} ${name}, ${parameter} ${value}`, async () => {
            assert(takes('create') || takes('update'));
            if (takes('create')) {
                await refused(() => list.create({ ...resource.make(77, at), ...given }), 400, code);
            }
            if (takes('update')) {
                const [row] = await list.list({ ...resource.all, limit: 1 });
                await refused(() => row.update(given), 400, code);
            }
        });
    }
}

async function conflicts(chat, version, at) {
    const { channels, users } = chat.services(at.service);
    const { members, invites } = channels(at.channel);
    const name = `taken-${version}`;
    const first = await channels.create({ uniqueName: name });
    const other = await channels.create({});
    await check(`409: ${version} channel of a taken unique name`, async () => {
        await refused(() => channels.create({ uniqueName: name }), 409, 50307);
        await refused(() => other.update({ uniqueName: name }), 409, 50307);
        assert.strictEqual((await first.update({ uniqueName: name })).uniqueName, name); /* its own */
    });
    await check(`409: ${version} user who exists`, async () => {
        await users.create({ identity: name });
        await refused(() => users.create({ identity: name }), 409, 50201, 'User already exists');
    });
    await check(`409: ${version} member who is one`, async () => {
        await members.create({ identity: name });
        await refused(() => members.create({ identity: name }), 409, 50404, 'Member already exists');
    });
    await check(`400: ${version} invite of a member`, () =>
        refused(() => invites.create({ identity: name }), 400, 50602));
    await check(`404: ${version} invite of an identity that is no user`, () =>
        refused(() => invites.create({ identity: 'unknown' }), 404, 20404));
}

async function limits(chat, version) {
    const service = await chat.services.create({ friendlyName: 'limits' });
    const { channels } = chat.services(service.sid);
    const channel = await channels.create({});
    await check(`403: ${version}, members of a channel`, async () => {
        await service.update({ 'limits.channelMembers': 1 });
        await channel.members().create({ identity: 'ann' });
        await refused(() => channel.members().create({ identity: 'bob' }), 403, 50403);
    });
    await check(`403: ${version}, channels of a user`, async () => {
        await service.update({ 'limits.userChannels': 1 });
        const second = await channels.create({});
        await refused(() => second.members().create({ identity: 'ann' }), 403, 50208);
    });
    if (version === 'v2') {
        await check(`400: ${version}, webhooks of a channel`, async () => {
            const hook = { type: 'webhook', 'configuration.url': 'https://hooks.example/' };
            for (let n = 0; n < 5; n++) {
                await channel.webhooks().create(hook);
            }
            await refused(() => channel.webhooks().create(hook), 400, 50321);
        });
    }
    await service.remove();
    await check(`404: ${version}, a channel of a removed service`, () => refused(() => channel.fetch(), 404, 20404));
}

async function tooMany(emulator, client, at) {
    for (const version of ['v1', 'v2']) {
        await check(`429: ${version}, more writes than a channel takes; the refused are not carried out`, async () => {
            const { messages } = client.chat[version].services(at.service).channels(at.channel);
            const before = (await messages.list()).length;
            await emulator.control('reset');
            await emulator.control('write_limit', { n: 1 }); /* five in five seconds */
            const write = (n) => messages.create({ body: `${n}` });
            for (let n = 0; n < 5; n++) {
                await write(n);
            }
            await refused(() => write(5), 429, 20429, 'Too Many Requests');
            await emulator.control('write_limit', { n: 0 });
            assert.strictEqual((await messages.list()).length, before + 5);
        });
    }
    await check('429: the SDK repeats it where it is told to', async () => {
        const fault = { action: 'status', status: 429, code: 20429, message: 'slow', path: '*Services*' };
        await emulator.control('fault', { ...fault, times: 2 });
        const patient = connect(emulator, { http: { autoRetry: true, maxRetryDelay: 10 } });
        assert((await patient.chat.v2.services.list()).length > 0);
        await emulator.control('fault', fault);
        await refused(() => client.chat.v2.services.list(), 429, 20429, 'slow');
    });
}

async function v3(client, at) {
    const channel = client.chat.v3.channels(at.service, at.channel);
    await check('400: v3, a type that is not private', () =>
        refused(() => channel.update({ type: 'public' }), 400, 50393));
    await check('400: v3, without type', () => refused(() => channel.update({}), 400, 20001));
    await check('404: v3, unknown channel', () => refused(() =>
        client.chat.v3.channels(at.service, nobody('CH')).update({ type: 'private' }), 404, 20404,
        `The requested resource /Services/${at.service}/Channels/${nobody('CH')} was not found`));
}

run(async () => {
    const emulator = await start();
    const client = connect(emulator);
    const at = await choose(emulator, client.chat.v2);
    await authentication(emulator, at);
    for (const version of ['v1', 'v2']) {
        const chat = client.chat[version];
        await missing(chat, version, at);
        await required(client, version, at);
        await empty(chat, version, at);
        await values(chat, version, at);
        await conflicts(chat, version, at);
        await limits(chat, version);
    }
    await v3(client, at);
    await tooMany(emulator, client, at);
    await emulator.stop();
});
