/* Every function that the SDK's classes for Conversations have is called, and what it gives is what the JSON says. */
'use strict';

const assert = require('assert');
const util = require('util');
const { surface, resourcesOf, choose, data } = require('./conversations_resources');
surface.watch();
const { start } = require('./emulator');
const { connect } = require('./sdk');
const { snake } = require('./surface');
const { checkInstance } = require('./shape');
const { check, run } = require('./tap');

let number = 0;

/* With a callback, as in the SDK's older style: resolves to what the callback is given. */
function called(act) {
    return new Promise((resolve, reject) => {
        act((problem, value) => (problem ? reject(problem) : resolve(value)));
    });
}

/* What ...WithHttpInfo gives beside the value. */
function withInfo(answer, ...statuses) {
    assert(statuses.includes(answer.statusCode), `${answer.statusCode}`);
    assert.strictEqual(typeof answer.headers, 'object');
    return answer.body;
}

/* The fields are those of the SDK, each there, and dates are dates. */
function checkFields(resource, json) {
    assert.deepStrictEqual(Object.keys(json).sort(), resource.fields.map(({ name }) => name).sort());
    for (const { name, type } of resource.fields) {
        const value = json[name];
        if (type === 'Date') {
            assert.match(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, name);
        } else if (type.startsWith('Array<') && value !== null) {
            assert(Array.isArray(value), name);
        } else if (resource.choices[type] && value !== null) {
            assert(resource.choices[type].includes(value), `${name}: ${value}`);
        } else if (['string', 'number', 'boolean'].includes(type) && value !== null) {
            assert.strictEqual(typeof value, type, name);
        }
    }
}

async function lists(resource, list, all, rows) {
    const same = (instances) => {
        assert.strictEqual(instances.length, rows.length);
        instances.forEach((instance, at) => checkInstance(resource, instance, rows[at]));
    };
    rows.forEach((row) => checkFields(resource, row));
    same(await list.list(all()));
    same(await called((back) => list.list(all(), back)));
    same(withInfo(await list.listWithHttpInfo(all()), 200));
    const each = [], eachInfo = [];
    await list.each(all(), (one) => each.push(one));
    same(each);
    await list.eachWithHttpInfo(all(), (one) => eachInfo.push(one));
    same(eachInfo);
    const page = await list.page({ ...all(), pageSize: 2 });
    const info = withInfo(await list.pageWithHttpInfo({ ...all(), pageSize: 2 }), 200);
    page.instances.forEach((instance, at) => checkInstance(resource, instance, rows[at]));
    assert.strictEqual(info.instances.length, page.instances.length);
    const url = rows.length > 2 ? page.nextPageUrl : page._payload.meta.url;
    const next = await list.getPage(url);
    next.instances.forEach((instance, at) => checkInstance(resource, instance, rows[at + (rows.length > 2 ? 2 : 0)]));
    withInfo(await list.getPageWithHttpInfo(url), 200);
    assert(util.inspect(page).length > 0);
    const [first] = page._payload[page._payload.meta.key];
    assert.strictEqual(page.getInstance(first)[resource.key], page.instances[0][resource.key]);
    if (rows.length > 2) {
        assert.strictEqual((await next.previousPage()).instances.length, 2);
    }
}

/* A context, and instances of it, fetch the same. A row of a list has what is fetched but for reachability. */
async function fetches(resource, emulator, context, listed) {
    const instance = await context.fetch();
    const raw = await emulator.get(instance.url);
    checkFields(resource, raw);
    checkInstance(resource, instance, raw);
    checkInstance(resource, withInfo(await context.fetchWithHttpInfo(), 200), raw);
    checkInstance(resource, await called((back) => context.fetch(back)), raw);
    checkInstance(resource, await instance.fetch(), raw);
    checkInstance(resource, withInfo(await instance.fetchWithHttpInfo(), 200), raw);
    for (const { name } of listed ? resource.fields : []) {
        if (name !== 'is_online' && name !== 'is_notifiable') {
            assert.deepStrictEqual(listed[name], raw[name], name);
        }
    }
    assert.strictEqual(util.inspect(context), util.inspect(context.toJSON()));
    assert.strictEqual(util.inspect(instance), util.inspect(instance.toJSON()));
    return instance;
}

/* What is below it can be reached from the context and from the instance. */
function below(context, instance) {
    const prototype = Object.getPrototypeOf(context);
    const names = Object.getOwnPropertyNames(prototype).filter((name) =>
        Object.getOwnPropertyDescriptor(prototype, name).get);
    for (const name of names) {
        assert.strictEqual(util.inspect(instance[name]()), util.inspect(context[name]), name);
    }
}

async function creates(resource, list, at) {
    const made = [
        await list.create(resource.make(++number, at)),
        withInfo(await list.createWithHttpInfo(resource.make(++number, at)), 201, 202),
        await called((back) => list.create(resource.make(++number, at), back)),
    ];
    if (!resource.create.some(({ required }) => required) && resource.at.endsWith('onversation')) {
        made.push(await list.create());
    }
    return made;
}

async function updates(resource, emulator, context) {
    const before = await context.fetch();
    const change = resource.change || {};
    for (const act of [
        () => context.update(change),
        async () => withInfo(await context.updateWithHttpInfo(change), 200),
        () => called((back) => context.update(change, back)),
        () => before.update(change),
        async () => withInfo(await before.updateWithHttpInfo(change), 200),
    ]) {
        const instance = await act();
        checkInstance(resource, instance, await emulator.get(instance.url));
    }
    if (resource.name.indexOf('ole') < 0) { /* a role needs its permissions; others take an update of nothing */
        await context.update();
        await called((back) => context.update(back));
    }
}

async function removes(resource, list, made) {
    const keys = made.map((instance) => instance[resource.key]);
    assert.strictEqual(await list(keys[0]).remove(), true);
    withInfo(await list(keys[1]).removeWithHttpInfo(), 204);
    assert.strictEqual(await called((back) => list(keys[2]).remove(back)), true);
    for (const key of keys.slice(0, 3)) {
        await assert.rejects(list(key).fetch(), { status: 404, code: 20404 });
    }
}

/* By the instance; what it takes to have two more. */
async function removesInstances(list, one, other) {
    await one.remove();
    withInfo(await other.removeWithHttpInfo(), 204);
}

async function one(resource, emulator, v1, at) {
    const title = `v1 ${resource.at}`;
    const list = resource.list(v1, at);
    const url = () => `${emulator.ports.conversations}/v1${list._uri}`;
    if (resource.page) {
        await check(`${title}: lists`, async () => {
            const given = resource.all ? resource.all(at) : {};
            const query = new URLSearchParams(Object.entries(given).map(([name, value]) => [camelHead(name), value]));
            const rows = await emulator.rows(`${url()}?${query}`);
            assert(rows.length > 0);
            await lists(resource, list, () => ({ ...given }), rows);
            for (const row of resource.fetch === false ? [] : rows.slice(0, 4)) {
                const key = row[snake(resource.key)];
                assert.strictEqual(util.inspect(list(key)), util.inspect(list.get(key)));
                below(list(key), await fetches(resource, emulator, list(key), row));
            }
            if (resource.fetch === false) {
                const [first] = await list.list({ ...given });
                assert.strictEqual(util.inspect(first), util.inspect(first.toJSON()));
            }
        });
    } else if (!resource.make) {
        await check(`${title}: fetch and update`, async () => {
            const instance = await fetches(resource, emulator, list(), null);
            assert.strictEqual(util.inspect(list()), util.inspect(list.get()));
            await updates(resource, emulator, list());
            below(list(), instance);
        });
    }
    await check(`${title}: toJSON`, () => assert.strictEqual(util.inspect(list), util.inspect(list.toJSON())));
    if (resource.create) {
        await check(`${title}: create, update, remove`, async () => {
            if (resource.at.endsWith('conversation/webhook')) { /* five at most, and generated ones are there */
                await Promise.all((await list.list()).slice(0, 4).map((hook) => hook.remove()));
            }
            const made = await creates(resource, list, at);
            for (const instance of resource.page ? made : []) {
                checkInstance(resource, instance, await emulator.get(instance.url));
            }
            assert.strictEqual(util.inspect(made[0]), util.inspect(made[0].toJSON()));
            if (resource.update) {
                await updates(resource, emulator, list(made[0].sid));
            }
            if (resource.remove || (resource.page && resource.key)) {
                await removes(resource, list, made);
                await removesInstances(list, await list.create(resource.make(++number, at)),
                    await list.create(resource.make(++number, at)));
            }
        });
    }
}

const camelHead = (name) => name[0].toUpperCase() + name.slice(1);

/* Rows that cannot be made: a user's conversations and push bindings. */
async function others(emulator, v1, at) {
    for (const root of [v1, v1.services(at.service)]) {
        await check('v1 userConversation: update, remove', async () => {
            const resource = resourcesOf().find((each) => each.at === (root === v1 ? 'user/userConversation'
                : 'service/user/userConversation'));
            const made = [];
            for (let n = 0; n < 5; n++) {
                const conversation = await root.conversations.create();
                await conversation.participants().create({ identity: at.identity });
                made.push(await root.users(at.user).userConversations(conversation.sid).fetch());
            }
            await updates(resource, emulator, root.users(at.user).userConversations(made[0].conversationSid));
            await removes(resource, root.users(at.user).userConversations, made);
            await removesInstances(null, made[3], made[4]);
        });
    }
    await check('v1 service/binding: remove', async () => {
        const { bindings } = v1.services(at.service);
        const rows = await bindings.list({ bindingType: ['gcm', 'apn', 'fcm'] });
        await removes({ key: 'sid' }, bindings, rows);
        await removesInstances(null, rows[3], rows[4]);
    });
}

run(async () => {
    const emulator = await start(data);
    const client = connect(emulator);
    const { v1 } = client.conversations;
    const at = await choose(emulator);
    for (const resource of resourcesOf()) {
        await one(resource, emulator, v1, at);
    }
    await others(emulator, v1, at);
    await emulator.stop();
    await check(`each of the SDK's ${surface.known.size} functions was called`, () => {
        assert.deepStrictEqual([...surface.known].filter((name) => !surface.called.has(name)), []);
        assert(surface.known.size > 300);
    });
});
