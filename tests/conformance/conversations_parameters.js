/*
 * Every parameter that the SDK's create, update, remove and list take for Conversations, one at a time, with every value
 * that is different in kind: what is answered then, what is fetched afterwards, and that nothing else has changed. A
 * parameter that is not known here is an error, not a gap.
 */
'use strict';

const assert = require('assert');
const { resourcesOf, choose, data, flow } = require('./conversations_resources');
const { start } = require('./emulator');
const { connect } = require('./sdk');
const { snake } = require('./surface');
const { check, run } = require('./tap');

const header = 'xTwilioWebhookEnabled';
const text = 'Zoë – “quotes”, & = + % # ? / \\ 日本語 🎂';
const date = new Date('2019-03-24T20:37:57Z');
const hooks = 'https://hooks.example/?a=1&b=%C3%A4';
const events = ['onMessageAdded', 'onConversationUpdated'];
const sid = (prefix, digit = '0') => prefix + digit.repeat(32);
let number = 0;

/* Of each parameter its values, by name; functions are given the SIDs of `at`, a number of their own and the resource. */
const values = {
    friendlyName: ({ resource }) => [text, 'x'.repeat(/credential/i.test(resource.at) ? 64 : 256)],
    uniqueName: ({ n }) => [`ünique ${n} & = + %`, `u${n}`],
    attributes: () => ['{"a":[1,2.5,null,true],"ä":{"b":"🎂 & = + %"}}', '{}', '[]', '"text"', '{ "spaces" : 1 }'],
    messagingServiceSid: () => [sid('MG')],
    state: ({ operation }) => (operation === 'create' ? ['active', 'inactive'] : ['inactive', 'active', 'closed']),
    'timers.inactive': () => ['PT1M', 'P1DT2H3M4S', 'P180D'],
    'timers.closed': () => ['PT10M', 'P1D'],
    'bindings.email.address': () => ['team@mail.example'],
    'bindings.email.name': () => [text],
    participant: ({ n }) => [[`{"identity":"bulk-${n}"}`, `{"messaging_binding":{"address":"+1777${1000 + n}",`
        + '"proxy_address":"+15005550099"}}']],
    author: () => [text, 'ann@example.com'],
    body: () => [text, '', ' two\nlines\t', 'x'.repeat(32768), '0', 'null'],
    mediaSid: () => [sid('ME')],
    contentSid: () => [sid('HX')],
    contentVariables: () => ['{"1":"x"}'],
    subject: () => [text],
    identity: ({ n }) => [`ann+${n}@example.com`, `jürgen ${n}`, `${n} = & %`],
    'messagingBinding.address': ({ n }) => [`+1888${1000 + n}`, `whatsapp:+1888${1000 + n}`],
    'messagingBinding.proxyAddress': ({ n }) => [`+1999${1000 + n}`],
    'messagingBinding.projectedAddress': ({ n }) => [`+1666${1000 + n}`],
    lastReadMessageIndex: () => [0, 7, 666, null],
    target: () => ['webhook', 'trigger', 'studio'],
    'configuration.url': () => [hooks],
    'configuration.filters': () => [events, ['onDeliveryUpdated']],
    'configuration.triggers': () => [['a', 'ä & b'], ['one', 'two', 'three', 'four', 'five']],
    'configuration.flowSid': () => [flow],
    'configuration.replayAfter': () => [0, 3],
    'configuration.method': () => ['get', 'post'],
    method: () => ['GET', 'POST'],
    filters: () => [events, events.slice(0, 1)],
    target_of_account: () => ['webhook', 'flex'],
    preWebhookUrl: () => [hooks],
    postWebhookUrl: () => [hooks],
    notificationLevel: () => ['muted', 'default'],
    permission: () => [['sendMessage'], ['sendMessage', 'leaveConversation', 'addParticipant', 'deleteConversation']],
    certificate: () => ['-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----'],
    privateKey: () => ['-----BEGIN RSA PRIVATE KEY-----\nnone\n-----END RSA PRIVATE KEY-----'],
    apiKey: () => ['key'],
    secret: () => ['secret'],
    sandbox: () => [true, false],
    address: ({ n }) => [`+1333${1000 + n}`],
    addressCountry: () => ['CA'],
    'autoCreation.type': () => ['webhook', 'studio', 'default'],
    'autoCreation.webhookUrl': () => [hooks],
    'autoCreation.webhookFilters': () => [events],
    'autoCreation.studioFlowSid': () => [flow],
    'autoCreation.studioRetryCount': () => [0, 3],
    'autoCreation.webhookMethod': () => ['get', 'post'],
    'autoCreation.conversationServiceSid': ({ at }) => [at.service],
    defaultChatServiceSid: ({ at }) => [at.service],
    defaultMessagingServiceSid: () => [sid('MG', '7')],
    defaultInactiveTimer: () => ['PT1M', 'P1DT2H'],
    defaultClosedTimer: () => ['PT10M', 'P90D'],
    defaultConversationCreatorRoleSid: ({ at }) => at.conversationRoles,
    defaultConversationRoleSid: ({ at }) => at.conversationRoles,
    defaultChatServiceRoleSid: ({ at }) => at.serviceRoles,
};

function valuesOf(about, { name, type }) {
    const { resource, at } = about;
    if (name === 'roleSid') {
        return resource.at.endsWith('user') ? at.serviceRoles : at.conversationRoles;
    }
    if (name === 'type' && /role$/.test(resource.at)) {
        return ['conversation', 'service'];
    }
    if (name === 'target' && resource.at === 'configuration/webhook') {
        return values.target_of_account();
    }
    if (values[name]) {
        return values[name](about);
    }
    if (/^last\w+Timestamp$/.test(name)) {
        return type === 'Date' ? [date] : ['2019-03-24T20:37:57Z'];
    }
    if (type === 'Date') {
        return [date, new Date('2021-12-31T23:59:59.999Z')]; /* fractions of a second are cut off by the SDK */
    }
    if (type === 'boolean') {
        return [true, false];
    }
    if (resource.choices[type]) {
        return resource.choices[type];
    }
    if (/^(newMessage|addedTo|removedFrom)/.test(name) && type === 'string') {
        return [text];
    }
    throw new Error(`No value for ${resource.at}'s ${name}: ${type}`);
}

/* Answers never have these. */
const never = ['certificate', 'privateKey', 'apiKey', 'secret', 'subject', 'contentVariables',
    'configuration.replayAfter'];

/* Where an instance shows what is not found by the parameter's name. */
const places = {
    permission: ({ permissions }) => permissions,
    mediaSid: ({ media }) => media[0].sid,
    'bindings.email.address': ({ bindings }) => bindings.email.projected_address,
    'configuration.triggers': ({ configuration }) => configuration.filters,
    'timers.inactive': ({ timers, state }) => state === 'active' && typeof timers.date_inactive,
    'timers.closed': ({ timers }) => typeof timers.date_closed,
};

function shown(resource, instance, name) {
    if (places[name]) {
        return places[name](instance);
    }
    const [property, ...below] = name.split('.');
    return below.reduce((value, part) => value?.[snake(part)], instance[property]);
}

/* Form of a value that is shown in another than it was sent. */
function expected(name, value) {
    if (value instanceof Date) {
        return new Date(Math.floor(value.getTime() / 1000) * 1000);
    }
    if (name === 'sandbox') {
        return value ? 'True' : 'False';
    }
    return /^timers\./.test(name) ? 'string' : /\.webhookMethod$/.test(name) ? value.toUpperCase() : value;
}

/* What must be given beside a parameter when a thing is made, and what must not. */
function beside(resource, name, value, n) {
    const proxy = { 'messagingBinding.proxyAddress': '+15005550098' };
    if (/conversation\/participant$/.test(resource.at) && name.startsWith('messagingBinding.')) {
        return {
            'messagingBinding.address': typeof value === 'string' && value.startsWith('whatsapp:')
                ? { 'messagingBinding.proxyAddress': 'whatsapp:+15005550098' } : proxy,
            'messagingBinding.proxyAddress': { 'messagingBinding.address': `+1222${1000 + n}` },
            'messagingBinding.projectedAddress': {},
        }[name];
    }
    if (/conversation\/webhook$/.test(resource.at)) {
        const url = { 'configuration.url': 'https://hooks.example/' };
        const kind = name === 'target' ? value
            : { 'configuration.triggers': 'trigger', 'configuration.flowSid': 'studio' }[name] || 'webhook';
        return {
            webhook: { target: 'webhook', ...url, 'configuration.filters': ['onMessageAdded'] },
            trigger: { target: 'trigger', ...url, 'configuration.triggers': ['word'] },
            studio: { target: 'studio', 'configuration.flowSid': `FW${'3'.repeat(32)}` },
        }[kind];
    }
    return resource.make(n);
}

/* The answer, and what is fetched, have the value. */
async function everywhere(resource, context, answer, name, value) {
    if (never.includes(name)) {
        assert(!JSON.stringify(answer.toJSON()).includes(JSON.stringify(value).slice(1, -1)) || /\d$/.test(value));
        return;
    }
    for (const instance of [answer, ...(context ? [await context.fetch()] : [])]) {
        assert.deepStrictEqual(shown(resource, instance, name), expected(name, value), `${name} of ${resource.at}`);
    }
}

async function creates(v1, resource, list, at, parameter) {
    for (const value of valuesOf({ resource, at, n: ++number, operation: 'create' }, parameter)) {
        if (/conversation\/webhook$/.test(resource.at)) {
            await Promise.all((await list.list()).slice(0, 2).map((hook) => hook.remove()));
        }
        const answer = await list.create({ ...beside(resource, parameter.name, value, ++number), [parameter.name]: value });
        if (parameter.name === 'participant') {
            const found = await v1.services(at.service).conversations(answer.sid).participants.list();
            assert.strictEqual(found.length, 2);
        } else if (parameter.name === 'state' && resource.at.endsWith('WithParticipants')) {
            assert.strictEqual(answer.state, 'initializing');
        } else if (/^timers\./.test(parameter.name) && resource.at.endsWith('WithParticipants')) {
            const made = await v1.conversations(answer.sid).fetch();
            assert.strictEqual(Object.keys(made.timers).length, 1);
        } else {
            await everywhere(resource, resource.page ? list(answer[resource.key]) : null, answer, parameter.name, value);
        }
        if (resource.page) {
            await answer.remove();
        }
    }
}

/* What an update may change beside what it was told to. */
const consequences = {
    lastReadMessageIndex: ['lastReadTimestamp', 'unreadMessagesCount'],
    state: ['timers'],
};

function sameBut(before, after, names) {
    for (const [property, value] of Object.entries(before)) {
        if (!names.includes(property)) {
            assert.deepStrictEqual(after[property], value, `${property} has changed`);
        }
    }
}

/* Something to update, with what the parameter needs to be there. */
async function target(resource, list, v1, at, name, value) {
    if (!resource.page) {
        /* the account's timers would be those of every conversation made after this */
        return { context: list(), remove: () => (/Timer$/.test(name) ? list().update({ [name]: 'PT0S' }) : null) };
    }
    if (/userConversation$/.test(resource.at)) {
        const conversation = await v1.services(at.service).conversations.create();
        await conversation.participants().create({ identity: at.identity });
        return { context: list(conversation.sid), remove: () => conversation.remove() };
    }
    const phone = { 'messagingBinding.address': `+1444${1000 + ++number}`, 'messagingBinding.proxyAddress': '+15005550097' };
    if (/conversation\/webhook$/.test(resource.at)) {
        await Promise.all((await list.list()).slice(0, 2).map((hook) => hook.remove()));
    }
    const made = await list.create(name === 'messagingBinding.proxyAddress' ? phone
        : name.startsWith('messagingBinding.') ? { identity: `projected-${number}` }
            : /webhook$/.test(resource.at) ? beside(resource, name, value, ++number) : resource.make(++number));
    return { context: list(made[resource.key]), remove: () => made.remove() };
}

async function updates(v1, resource, list, at, parameter) {
    const { name } = parameter;
    for (const value of valuesOf({ resource, at, n: ++number, operation: 'update' }, parameter)) {
        const { context, remove } = await target(resource, list, v1, at, name, value);
        const before = (await context.fetch()).toJSON();
        const answer = await context.update({ ...(/role$/.test(resource.at) ? resource.change : {}), [name]: value });
        if (name === 'lastReadTimestamp' && /userConversation$/.test(resource.at)) {
            const { conversationSid, participantSid } = answer; /* shown by the participant only */
            const participant = await v1.services(at.service).conversations(conversationSid).participants(participantSid)
                .fetch();
            assert.strictEqual(Date.parse(participant.lastReadTimestamp), date.getTime());
        } else {
            await everywhere(resource, context, answer, name, value);
        }
        const [property] = name === 'permission' ? ['permissions'] : name.split('.');
        sameBut(before, answer.toJSON(), [property, 'dateUpdated', ...(consequences[name] || [])]);
        await remove();
    }
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

async function headers(emulator, resource, list, title) {
    const has = (operation) => (resource[operation] || []).some(({ name }) => name === header);
    if (has('create')) {
        await check(title('create', header), () =>
            webhookHeader(emulator, (more) => list.create({ ...resource.make(++number), ...more })));
    }
    if (has('update')) {
        await check(title('update', header), async () => {
            const made = await list.create(resource.make(++number));
            await webhookHeader(emulator, (more) => made.update({ ...resource.change, ...more }));
        });
    }
    if (has('remove')) {
        await check(title('remove', header), () => webhookHeader(emulator, async (more) =>
            (await list.create(resource.make(++number))).remove(more)));
    }
}

/* --- filters --- */

const filters = {
    state: [['closed', ({ state }) => state === 'closed'], ['inactive', ({ state }) => state === 'inactive']],
    startDate: [['2016-06-01T00:00:00Z', ({ date_created: day }) => day >= '2016-06-01T00:00:00Z']],
    endDate: [['2017-05-31T23:59:59Z', ({ date_created: day }) => day <= '2017-05-31T23:59:59Z']],
    bindingType: [[['gcm'], ({ binding_type: type }) => type === 'gcm'],
        [['apn', 'fcm'], ({ binding_type: type }) => type !== 'gcm']],
    type: [['sms', ({ type }) => type === 'sms']],
    order: [['desc', () => true], ['asc', () => true]],
};

async function filtered(emulator, resource, list, at, { name }) {
    const rows = await emulator.rows(`${emulator.ports.conversations}/v1${list._uri}`);
    const cases = filters[name] || (name === 'identity'
        && [[[rows[0].identity], ({ identity }) => identity === rows[0].identity]]);
    assert(cases, `no case for the filter ${name}`);
    for (const [value, keep] of cases) {
        const wanted = rows.filter(keep).map(({ sid: own }) => own);
        const found = (await list.list({ [name]: value })).map((instance) => instance.sid);
        assert(wanted.length > 0 && (name === 'order' || wanted.length < rows.length), `${name} tells nothing`);
        assert.deepStrictEqual(name === 'order' ? found : [...found].sort(),
            name === 'order' ? (value === 'desc' ? wanted.reverse() : wanted) : [...wanted].sort());
    }
}

/* Exactly one of two: of a person, and of a phone that needs %2B. */
async function participantFilters(list, at) {
    assert((await list.list({ identity: at.identity })).every((row) => row.participantIdentity === at.identity));
    const rows = await list.list({ address: '+15550000000' });
    assert(rows.length > 0);
    assert(rows.every((row) => row.participantMessagingBinding.address === '+15550000000'));
    await assert.rejects(list.list({ address: '+1', identity: 'x' }), { status: 400, code: 50451 });
    await assert.rejects(list.list({}), { status: 400 });
}

async function one(emulator, v1, at, resource) {
    const title = (operation, name) => `v1 ${resource.at}: ${operation} ${name}`;
    const list = resource.list(v1, at);
    for (const parameter of (resource.create || []).filter(({ name }) => name !== header)) {
        await check(title('create', parameter.name), () => creates(v1, resource, list, at, parameter));
    }
    for (const parameter of (resource.update || []).filter(({ name }) => name !== header)) {
        await check(title('update', parameter.name), () => updates(v1, resource, list, at, parameter));
    }
    if (resource.at.endsWith('participantConversation')) {
        await check(title('list', 'identity and address'), () => participantFilters(list, at));
    } else {
        for (const parameter of resource.filters) {
            await check(title('list', parameter.name), () => filtered(emulator, resource, list, at, parameter));
        }
    }
    await headers(emulator, resource, list, title);
}

run(async () => {
    const emulator = await start([...data, '--states', 'mixed', '--channels', '40']);
    const { v1 } = connect(emulator).conversations;
    const at = await choose(emulator);
    for (const resource of resourcesOf()) {
        await one(emulator, v1, at, resource);
    }
    await emulator.stop();
});
