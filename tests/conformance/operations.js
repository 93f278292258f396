/* Every function that the SDK's classes for chat have is called, and what it gives is what the server's JSON says. */
'use strict';

const assert = require('assert');
const util = require('util');
const surface = require('./surface');
surface.watch();
const { start } = require('./emulator');
const { connect } = require('./sdk');
const { resourcesOf, choose, pathOf, everyList } = require('./resources');
const { checkAnswer, checkInstance } = require('./shape');
const { check, run } = require('./tap');

let number = 0;

const keys = (resource, instances) => instances.map((one) => one[resource.key]);

/* With a callback, as in the SDK's older style: resolves to what the callback is given. */
function called(act) {
    return new Promise((resolve, reject) => {
        act((problem, value) => (problem ? reject(problem) : resolve(value)));
    });
}

/* What ...WithHttpInfo gives beside the value. */
function withInfo(answer, status) {
    assert.strictEqual(answer.statusCode, status);
    assert.strictEqual(typeof answer.headers, 'object');
    return answer.body;
}

async function lists(resource, list, rows) {
    const all = () => ({ ...resource.all }); /* the SDK keeps notes in the object it is given */
    const same = (instances) => {
        assert.strictEqual(instances.length, rows.length);
        instances.forEach((instance, at) => checkInstance(resource, instance, rows[at]));
    };
    same(await list.list(all()));
    same(await called((back) => list.list(all(), back)));
    same(withInfo(await list.listWithHttpInfo(all()), 200));
    const each = [], eachInfo = [];
    await list.each(all(), (one) => each.push(one));
    same(each);
    withInfo({ ...await list.eachWithHttpInfo(all(), (one) => eachInfo.push(one)), body: null }, 200);
    same(eachInfo);
}

/* The envelope, which the SDK uses only in part. */
async function envelope(resource, emulator, at, rows) {
    let where = `${pathOf(resource, at)}&PageSize=1`;
    for (let number = 0; where; number++) {
        const { meta, ...lists } = await emulator.get(where);
        assert.deepStrictEqual(Object.keys(meta).sort(), ['first_page_url', 'key', 'next_page_url', 'page', 'page_size',
            'previous_page_url', 'url']);
        assert.deepStrictEqual(Object.keys(lists), [meta.key]);
        assert.strictEqual(meta.page, number);
        assert.strictEqual(meta.page_size, 1);
        assert.deepStrictEqual(lists[meta.key], rows.slice(number, number + 1));
        assert.deepStrictEqual((await emulator.get(meta.url))[meta.key], lists[meta.key]);
        assert.deepStrictEqual((await emulator.get(meta.first_page_url))[meta.key], rows.slice(0, 1));
        const previous = meta.previous_page_url && await emulator.get(meta.previous_page_url);
        assert.deepStrictEqual(previous ? previous[meta.key] : null, number ? rows.slice(number - 1, number) : null);
        assert.strictEqual(previous ? previous.meta.page : -1, number - 1);
        where = meta.next_page_url;
    }
}

async function pages(resource, list, rows) {
    const few = { ...resource.all, pageSize: 2 };
    const page = await list.page(few);
    const infoPage = withInfo(await list.pageWithHttpInfo(few), 200);
    assert.deepStrictEqual(keys(resource, infoPage.instances), keys(resource, page.instances));
    const url = page.nextPageUrl;
    if (rows.length > 2) {
        const second = await list.getPage(url);
        const again = withInfo(await list.getPageWithHttpInfo(url), 200);
        const raw = rows.slice(2, 4);
        second.instances.forEach((instance, at) => checkInstance(resource, instance, raw[at]));
        assert.deepStrictEqual(keys(resource, again.instances), keys(resource, second.instances));
    } else {
        assert.strictEqual(url, undefined);
        await list.getPage(page._payload.meta.url);
        await list.getPageWithHttpInfo(page._payload.meta.url);
    }
    assert(util.inspect(page).length > 0);
    const [first] = page._payload[page._payload.meta.key];
    assert.strictEqual(page.getInstance(first)[resource.key], page.instances[0][resource.key]);
    assert.strictEqual(util.inspect(list), util.inspect(list.toJSON()));
}

/* A list's row and the same fetched differ in nothing but what v1 hides, and reachability. */
async function fetches(resource, list, emulator, row) {
    const sid = row[surface.snake(resource.key)];
    const context = list(sid);
    assert.strictEqual(util.inspect(context), util.inspect(list.get(sid)));
    assert.strictEqual(context.toJSON()[resource.key === 'sid' ? 'sid' : resource.key], sid);
    const instance = await context.fetch();
    const raw = await emulator.get(instance.url);
    checkAnswer(resource, raw);
    checkInstance(resource, instance, raw);
    checkInstance(resource, withInfo(await context.fetchWithHttpInfo(), 200), raw);
    checkInstance(resource, await called((back) => context.fetch(back)), raw);
    const [listed] = (await list.list({ ...resource.all })).filter((one) => one[resource.key] === sid);
    checkInstance(resource, await listed.fetch(), raw);
    checkInstance(resource, withInfo(await listed.fetchWithHttpInfo(), 200), raw);
    assert.strictEqual(util.inspect(listed), util.inspect(listed.toJSON()));
    const open = [...(resource.version === 'v1' ? resource.hidden || [] : []), 'is_online', 'is_notifiable'];
    for (const name of Object.keys(raw).filter((field) => !open.includes(field))) {
        assert.deepStrictEqual(row[name], raw[name], `${name}, in a list and fetched`);
    }
    for (const name of open.filter((field) => row[field] !== undefined)) {
        assert.strictEqual(row[name], null, `${name} in a list`);
    }
}

/* Links lead somewhere, and the lists they lead to are those that the SDK reaches by itself. */
async function links(resource, list, emulator, row) {
    const sid = row[surface.snake(resource.key)];
    for (const url of Object.values(row.links).filter(Boolean)) {
        assert(await emulator.get(url));
    }
    const context = list(sid);
    const [listed] = (await list.list({ ...resource.all })).filter((one) => one[resource.key] === sid);
    const lists = Object.getOwnPropertyNames(Object.getPrototypeOf(context)).filter((name) =>
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context), name).get);
    const others = { channel: ['lastMessage'], userChannel: ['channel', 'member'], binding: ['user'] };
    const names = [...lists, ...(others[resource.name] || [])];
    assert.deepStrictEqual(Object.keys(row.links).map(surface.camel).sort(), names.sort());
    for (const name of Object.keys(row.links).map(surface.camel).filter((link) => context[link])) {
        const raw = (await emulator.rows(row.links[surface.snake(name)]));
        for (const below of [context[name], listed[name]()]) {
            const found = await below.list();
            assert.deepStrictEqual(found.map((item) => item.sid || item.channelSid),
                raw.map((item) => item.sid || item.channel_sid));
        }
    }
}

/* Numbers of things are the numbers of rows that the lists have, before and after writes. */
async function counts(service) {
    for (const channel of await service.channels().list({ type: ['public', 'private'] })) {
        const messages = await channel.messages().list();
        assert.strictEqual(channel.messagesCount, messages.length);
        assert.strictEqual(channel.membersCount, (await channel.members().list()).length);
        assert.strictEqual(channel.links.last_message, messages.length ? messages[messages.length - 1].url : null);
    }
    for (const user of await service.users().list()) {
        const channels = await user.userChannels().list();
        assert.strictEqual(user.joinedChannelsCount, channels.filter(({ status }) => status === 'joined').length);
        for (const { channelSid, memberSid, status, lastConsumedMessageIndex: last, unreadMessagesCount } of channels) {
            assert.strictEqual(memberSid !== null, status === 'joined');
            if (last !== null) {
                const messages = await service.channels()(channelSid).messages.list();
                assert.strictEqual(unreadMessagesCount, messages.filter(({ index }) => index > last).length);
            }
        }
    }
}

async function creates(resource, list, emulator, at) {
    const first = await list.create(resource.make(++number, at));
    const answer = withInfo(await list.createWithHttpInfo(resource.make(++number, at)), 201);
    const third = await called((back) => list.create(resource.make(++number, at), back));
    for (const made of [first, answer, third]) {
        const raw = await emulator.get(made.url);
        checkAnswer(resource, raw);
        checkInstance(resource, made, { ...raw, ...(made.attributes === null ? { attributes: null } : {}) });
    }
    return [first, answer, third];
}

/* Of each resource that can be updated, something that changes it. */
const changes = {
    service: { friendlyName: 'changed' },
    channel: { friendlyName: 'changed' },
    message: { body: 'changed' },
    member: { lastConsumedMessageIndex: 1 },
    webhook: { 'configuration.url': 'https://hooks.example/changed' },
    role: { permission: ['sendMessage', 'leaveChannel'] },
    user: { friendlyName: 'changed' },
    userChannel: { notificationLevel: 'muted' },
    credential: { friendlyName: 'changed' },
};

async function updates(resource, context, instance, emulator) {
    const change = changes[resource.name];
    const raw = () => emulator.get(instance.url);
    checkInstance(resource, await context.update(change), await raw());
    checkInstance(resource, withInfo(await context.updateWithHttpInfo(change), 200), await raw());
    checkInstance(resource, await called((back) => context.update(change, back)), await raw());
    checkInstance(resource, await instance.update(change), await raw());
    checkInstance(resource, withInfo(await instance.updateWithHttpInfo(change), 200), await raw());
}

/* Four that can go, removed in four ways. */
async function removes(resource, list, instances) {
    const context = (at) => list(instances[at][resource.key]);
    assert.strictEqual(await context(0).remove(), true);
    assert.strictEqual(withInfo(await context(1).removeWithHttpInfo(), 204), true);
    assert.strictEqual(await instances[2].remove(), true);
    assert.strictEqual(withInfo(await instances[3].removeWithHttpInfo(), 204), true);
    for (const gone of instances.slice(0, 4)) {
        await assert.rejects(list(gone[resource.key]).fetch(), { status: 404, code: 20404 });
    }
}

/* Rows to remove: new ones, or, where the API makes none, some that the generator made or a membership makes. */
async function removable(resource, list, chat, at) {
    if (resource.create) {
        for (let n = 0; n < (resource.name === 'webhook' ? 2 : 4); n++) { /* a channel takes five webhooks */
            await list.create(resource.make(++number, at));
        }
        return resource.name === 'webhook' ? list.list() : (await list.list({ ...resource.all })).slice(-4);
    }
    if (resource.name === 'userChannel') {
        const { identity } = await chat.services(at.service).users(at.user).fetch();
        for (let n = 0; n < 4; n++) {
            const channel = await chat.services(at.service).channels.create({});
            await chat.services(at.service).channels(channel.sid).members.create({ identity });
        }
    }
    return (await list.list()).slice(-4);
}

/* Not only the rows of the fullest lists; and every choice of the API's types is there to be seen. */
async function shapes(resources, emulator, version) {
    const seen = new Set();
    const chosen = ({ fields, choices }) => fields.filter(({ type }) => choices[type]);
    for (const { resource, at } of await everyList(resources, emulator)) {
        for (const row of await emulator.rows(pathOf(resource, at))) {
            checkAnswer(resource, row, version === 'v1' ? resource.hidden : []);
            chosen(resource).forEach(({ name, type }) => seen.add(`${type} ${row[name]}`));
        }
    }
    const all = resources.flatMap((resource) => chosen(resource).flatMap(({ type }) =>
        resource.choices[type].map((choice) => `${type} ${choice}`)));
    assert.deepStrictEqual([...new Set(all)].filter((choice) => !seen.has(choice)), []);
}

async function one(resource, emulator, chat, at) {
    const { version, name } = resource;
    const title = (what) => `${version} ${name}: ${what}`;
    const list = resource.list(chat, at);
    const rows = await emulator.rows(pathOf(resource, at));
    const Instance = Object.keys(resource.exports).find((key) => /Instance$/.test(key) && !/ListInstance$/.test(key));
    const can = Object.getOwnPropertyNames(resource.exports[Instance].prototype);
    const full = rows.find((row) => row.sid === at[name]) || rows[0];
    await check(title(`${rows.length} rows as the API's types have them`), () => {
        assert(rows.length > 1);
        rows.forEach((row) => checkAnswer(resource, row, version === 'v1' ? resource.hidden : []));
    });
    await check(title('list, each'), () => lists(resource, list, rows));
    await check(title('envelope'), () => envelope(resource, emulator, at, rows));
    await check(title('page, getPage'), () => pages(resource, list, rows));
    if (can.includes('fetch')) {
        await check(title('fetch'), () => fetches(resource, list, emulator, full));
    } else {
        rows.map(({ url }) => assert.strictEqual(url, undefined));
        for (const instance of await list.list()) {
            assert.strictEqual(util.inspect(instance), util.inspect(instance.toJSON()));
        }
    }
    if (full.links && can.includes('fetch')) {
        await check(title('links'), () => links(resource, list, emulator, full));
    }
    let made = null;
    if (list.create) {
        await check(title('create'), async () => {
            made = await creates(resource, list, emulator, at);
        });
    }
    if (can.includes('update')) {
        await check(title('update'), async () => {
            const [instance] = made || await list.list({ limit: 1 });
            await updates(resource, list(instance[resource.key]), instance, emulator);
        });
    }
    if (can.includes('remove')) {
        await check(title('remove'), async () => {
            for (const extra of made || []) { /* some lists have room for few */
                await extra.remove();
            }
            await removes(resource, list, await removable(resource, list, chat, at));
        });
    }
}

async function v3(emulator, client, at) {
    const resource = surface.modules.find((module) => module.version === 'v3');
    const channels = client.chat.v1.services(at.service).channels;
    const update = { type: 'private', messagingServiceSid: `MG${'0'.repeat(32)}` };
    const contextOf = async () => client.chat.v3.channels(at.service, (await channels.create({ type: 'public' })).sid);
    await check('v3 channel: update', async () => {
        const context = await contextOf();
        const raw = withInfo(await context.updateWithHttpInfo(update), 200);
        const instance = await context.update(update);
        assert.strictEqual(instance.messagingServiceSid, update.messagingServiceSid);
        const again = [await instance.update(update), withInfo(await instance.updateWithHttpInfo(update), 200)];
        for (const changed of [raw, instance, ...again, await called((back) => context.update(update, back))]) {
            assert.strictEqual(changed.type, 'private');
            const shown = Object.fromEntries(resource.fields.map(({ name, type }) => {
                const value = changed[surface.camel(name)];
                return [name, type === 'Date' ? value.toISOString().replace('.000', '') : value];
            }));
            checkAnswer(resource, shown);
            checkInstance(resource, changed, shown);
            assert.strictEqual((await channels(changed.sid).fetch()).type, 'private');
        }
        assert.strictEqual(util.inspect(instance), util.inspect(instance.toJSON()));
        assert.strictEqual(util.inspect(context), util.inspect(context.toJSON()));
        const list = client.chat.v3.channels;
        assert.strictEqual(util.inspect(list), util.inspect(list.toJSON()));
        assert.deepStrictEqual(list.get(at.service, instance.sid).toJSON(), context.toJSON());
    });
}

run(async () => {
    for (const version of ['v1', 'v2']) {
        const emulator = await start();
        const client = connect(emulator);
        const at = await choose(emulator, client.chat[version]);
        const service = await client.chat[version].services(at.service).fetch();
        await check(`${version}: every row of every list`, () => shapes(resourcesOf(version), emulator, version));
        await check(`${version}: counts`, () => counts(service));
        for (const resource of resourcesOf(version)) {
            await one(resource, emulator, client.chat[version], at);
        }
        await check(`${version}: counts after many writes`, async () => {
            const { messages } = client.chat[version].services(at.service).channels(at.channel);
            const [oldest] = await messages.list({ limit: 1 });
            await oldest.remove();
            await counts(service);
        });
        if (version === 'v2') {
            await v3(emulator, client, at);
        }
        await emulator.stop();
    }
    await check(`each of the SDK's ${surface.known.size} functions was called`, () => {
        assert.deepStrictEqual([...surface.known].filter((name) => !surface.called.has(name)), []);
        assert(surface.known.size > 300);
    });
});
