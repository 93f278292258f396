/* What Conversations refuses, as the SDK's own exceptions: who may not sign in, what is not there, what is closed. */
'use strict';

const assert = require('assert');
const { resourcesOf, choose, data } = require('./conversations_resources');
const { start, account, key } = require('./emulator');
const { connect, RestException } = require('./sdk');
const { check, run } = require('./tap');

const nobody = (prefix) => `${prefix}${'f'.repeat(32)}`;

/* Fails unless doing() is refused so, by an exception that has all of the answer. */
async function refused(doing, status, code, message) {
    const problem = await doing().then(() => null, (thrown) => thrown);
    assert(problem instanceof RestException, `${problem || 'not refused'}`);
    assert.deepStrictEqual([problem.status, problem.code], [status, code], problem.message);
    assert.strictEqual(problem.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
    if (message) {
        assert.match(problem.message, message);
    }
}

/* One of each operation that the resource has, by name. key: of the row that fetch, update and remove are about. */
function attempts(resource, list, sid) {
    const one = resource.page ? (sid ? list(sid) : null) : resource.make ? null : list();
    return {
        ...(resource.page ? { list: () => list.list(resource.all ? { identity: 'x' } : {}) } : {}),
        ...(resource.create ? { create: () => list.create(resource.make(1)) } : {}),
        ...(one && one.fetch ? { fetch: () => one.fetch() } : {}),
        ...(one && one.update ? { update: () => one.update(resource.change || {}) } : {}),
        ...(one && one.remove ? { remove: () => one.remove() } : {}),
    };
}

const canFetch = (resource) => resource.fetch !== false;

async function authentication(emulator, at) {
    for (const [what, as] of [['wrong secret', [key.sid, 'wrong']], ['wrong token', [account.sid, 'wrong']]]) {
        const { v1 } = connect(emulator, { as }).conversations;
        for (const resource of resourcesOf()) {
            await check(`401: ${what}, v1 ${resource.at}`, async () => {
                const list = resource.list(v1, at);
                const sid = canFetch(resource) ? nobody('XX') : null;
                for (const doing of Object.values(attempts(resource, list, sid))) {
                    await refused(doing, 401, 20003, /^Authenticate$/);
                }
            });
        }
    }
}

async function missing(v1, at) {
    const lost = { service: nobody('IS'), conversation: nobody('CH'), message: nobody('IM'), user: nobody('US') };
    for (const resource of resourcesOf()) {
        const list = resource.list(v1, at);
        const uri = list._uri;
        if (resource.page && canFetch(resource)) {
            await check(`404: v1 ${resource.at}`, async () => {
                const doings = attempts(resource, list, nobody('XX'));
                for (const name of ['fetch', 'update', 'remove'].filter((operation) => doings[operation])) {
                    await refused(doings[name], 404, 20404,
                        new RegExp(`^The requested resource ${uri}/${nobody('XX')} was not found$`));
                }
            });
        }
        for (const name of Object.keys(lost).filter((part) => uri.includes(at[part]))) {
            await check(`404: v1 ${resource.at} below an unknown ${name}`, async () => {
                const other = resource.list(v1, { ...at, [name]: lost[name] });
                for (const doing of Object.values(attempts(resource, other, canFetch(resource) ? nobody('XX') : null))) {
                    await refused(doing, 404, 20404);
                }
            });
        }
    }
}

async function required(client, v1, at) {
    for (const resource of resourcesOf().filter(({ create }) => create)) {
        for (const { name } of resource.create.filter((parameter) => parameter.required)) {
            const form = Object.fromEntries(Object.entries(resource.make(1)).filter(([given]) => given !== name)
                .map(([given, value]) => [given.replace(/(^|\.)[a-z]/g, (letter) => letter.toUpperCase()), value]));
            const parameter = name[0].toUpperCase() + name.slice(1);
            await check(`400: v1 ${resource.at} without ${parameter}`, () => refused(async () => {
                const answer = await client.request({ method: 'post', data: form,
                    uri: `https://conversations.twilio.com/v1${resource.list(v1, at)._uri}`,
                    headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
                if (answer.statusCode >= 400) {
                    throw new RestException(answer);
                }
            }, 400, 20001, new RegExp(`^Missing required parameter ${parameter} in the post body$`)));
        }
    }
}

/* Every write to or in a closed conversation is refused, every read answered; it can be deleted. */
async function closed(v1, at) {
    for (const [what, root] of [['account', v1], ['service', v1.services(at.service)]]) {
        const conversation = await root.conversations.create({ uniqueName: `closed of ${what}` });
        const { sid } = conversation;
        const message = await conversation.messages().create({ body: 'x' });
        const participant = await conversation.participants().create({ identity: at.identity });
        const flow = { target: 'studio', 'configuration.flowSid': `FW${'1'.repeat(32)}` };
        const hook = await conversation.webhooks().create(flow);
        await conversation.update({ state: 'closed' });
        const writes = {
            conversation: () => conversation.update({ state: 'active' }),
            'message created': () => conversation.messages().create({ body: 'y' }),
            'message changed': () => message.update({ body: 'y' }),
            'message removed': () => message.remove(),
            'participant created': () => conversation.participants().create({ identity: 'late' }),
            'participant changed': () => participant.update({ lastReadMessageIndex: 0 }),
            'participant removed': () => participant.remove(),
            'webhook created': () => conversation.webhooks().create(flow),
            'webhook changed': () => hook.update(flow),
            'webhook removed': () => hook.remove(),
            'user conversation changed': () => root.users(at.user).userConversations(sid)
                .update({ notificationLevel: 'muted' }),
            'user conversation removed': () => root.users(at.user).userConversations(sid).remove(),
        };
        for (const [name, doing] of Object.entries(writes)) {
            await check(`400: ${what}, closed, ${name}`, () =>
                refused(doing, 400, 50377, /^Can't update conversation as it's in final closed state$/));
        }
        await check(`${what}, closed: what was there can be read, and it can be deleted`, async () => {
            assert.strictEqual((await conversation.fetch()).state, 'closed');
            assert.strictEqual((await conversation.messages().list()).length, 1);
            assert.strictEqual((await conversation.participants().list()).length, 1);
            assert.strictEqual((await root.users(at.user).userConversations(sid).fetch()).conversationState, 'closed');
            await refused(() => root.conversations.create({ uniqueName: `closed of ${what}` }), 409, 50353);
            await conversation.remove();
            await refused(() => conversation.fetch(), 404, 20404);
            await refused(() => message.fetch(), 404, 20404);
        });
    }
}

/* Writes to one conversation are counted for it, the making of users and roles for the service, reads not at all. */
async function tooMany(emulator, v1, at) {
    const conversation = await v1.conversations.create();
    const counted = {
        'messages of a conversation': (n) => conversation.messages().create({ body: `${n}` }),
        'participants of it': (n) => conversation.participants().create({ identity: `crowd-${n}` }),
        conversations: () => v1.conversations.create(),
        users: (n) => v1.users.create({ identity: `throng-${n}` }),
        roles: (n) => v1.roles.create({ friendlyName: `${n}`, type: 'service', permission: ['joinConversation'] }),
    };
    for (const [what, write] of Object.entries(counted)) {
        await check(`429: ${what}`, async () => {
            await emulator.control('reset');
            await emulator.control('write_limit', { n: 1 }); /* five in five seconds */
            for (let n = 0; n < 5; n++) {
                await write(n);
            }
            await refused(() => write(5), 429, 20429, /^Too Many Requests$/);
            for (let n = 0; n < 12; n++) {
                await v1.users(at.user).fetch();
            }
            await emulator.control('write_limit', { n: 0 });
        });
    }
}

run(async () => {
    const emulator = await start(data);
    const client = connect(emulator);
    const { v1 } = client.conversations;
    const at = await choose(emulator);
    await authentication(emulator, at);
    await missing(v1, at);
    await required(client, v1, at);
    await closed(v1, at);
    await tooMany(emulator, v1, at);
    await emulator.stop();
});
