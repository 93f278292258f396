/*
 * Values for every parameter that the SDK's create and update take, and where an answer shows them. Found by the
 * parameter's name and type; a parameter for which nothing is found is an error, not a gap.
 */
'use strict';

const { snake } = require('./surface');

const text = 'Zoë – “quotes”, & = + % # ? / \\ 日本語 🎂';
const date = new Date('2019-03-24T20:37:57Z');
const never = ['certificate', 'privateKey', 'apiKey', 'secret']; /* answers never have them */

const events = ['onMessageSent', 'onChannelUpdated'];

/* By name; functions are given the SIDs of `at` and a number of their own. */
const named = {
    friendlyName: () => [text, '', 'x'.repeat(64)],
    uniqueName: (at, n) => [`ünique ${n} & = + %`, `u${n}`],
    attributes: () => ['{"a":[1,2.5,null,true],"ä":{"b":"🎂 & = + %"}}', '{}', '[]', '"text"', '17',
        '{ "spaces" : 1 }'],
    identity: (at, n) => [`ann+${n}@example.com`, `jürgen ${n}`, `${n} = & %`],
    body: () => [text, '', ' two\nlines\t', 'x'.repeat(32768), '0', 'null', null], /* null empties it */
    from: () => [text, 'ann@example.com'],
    createdBy: () => [text, 'ann@example.com'],
    lastUpdatedBy: () => [text, 'ann@example.com'],
    mediaSid: () => [`ME${'0'.repeat(32)}`],
    messagingServiceSid: () => [`MG${'0'.repeat(32)}`],
    lastConsumedMessageIndex: () => [0, 7, 666, null], /* null removes it */
    permission: () => [['sendMessage'], ['sendMessage', 'leaveChannel', 'editOwnMessage']],
    typingIndicatorTimeout: () => [0, 30],
    consumptionReportInterval: () => [0, 30],
    preWebhookUrl: () => ['https://hooks.example/pre?a=1&b=ä'],
    postWebhookUrl: () => ['https://hooks.example/post?a=1&b=ä'],
    webhookMethod: () => ['GET', 'POST'],
    webhookFilters: () => [events, events.slice(0, 1)],
    preWebhookRetryCount: () => [0, 3],
    postWebhookRetryCount: () => [0, 3],
    'limits.channelMembers': () => [1, 1000],
    'limits.userChannels': () => [1, 1000],
    'configuration.filters': () => [events],
    'configuration.triggers': () => [['a', 'ä & b'], ['one', 'two', 'three', 'four', 'five']],
    'configuration.flowSid': () => [`FW${'0'.repeat(32)}`],
    'configuration.retryCount': () => [0, 3],
    'configuration.url': () => ['https://hooks.example/?a=1&b=ä'],
    certificate: () => ['-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----'],
    privateKey: () => ['-----BEGIN RSA PRIVATE KEY-----\nnone\n-----END RSA PRIVATE KEY-----'],
    apiKey: () => ['key'],
    secret: () => ['secret'],
    sandbox: () => [true, false],
};

function valuesOf(resource, { name, type }, at, n) {
    if (name === 'roleSid') {
        return resource.name === 'user' ? at.serviceRoles : at.channelRoles;
    }
    if (named[name]) {
        return named[name](at, n);
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
    if (/^(webhooks|notifications|media)\./.test(name) && type === 'string') {
        return name.endsWith('method') ? ['GET', 'POST'] : [text];
    }
    throw new Error(`No value for ${resource.version} ${resource.name}'s ${name}: ${type}`);
}

/* What an instance of the SDK shows of a parameter. */
function shown(instance, name) {
    if (name === 'permission') {
        return instance.permissions;
    }
    if (name === 'mediaSid') {
        return instance.media && instance.media.sid;
    }
    const [property, ...below] = name.split('.');
    return below.reduce((value, part) => value?.[snake(part)], instance[property]);
}

/* ... where this value was sent. */
function expected(name, value) {
    if (value instanceof Date) {
        return new Date(Math.floor(value.getTime() / 1000) * 1000);
    }
    if (name === 'sandbox') {
        return value ? 'True' : 'False';
    }
    return name === 'body' && value === null ? '' : value;
}

/* What must be sent beside a parameter for it to be taken. */
function beside(resource, name, value) {
    if (resource.name !== 'webhook') {
        return {};
    }
    const kinds = { 'configuration.triggers': 'trigger', 'configuration.flowSid': 'studio' };
    const kind = name === 'type' ? value : kinds[name];
    return {
        webhook: { type: 'webhook', 'configuration.url': 'https://hooks.example/' },
        trigger: { type: 'trigger', 'configuration.url': 'https://hooks.example/', 'configuration.triggers': ['word'] },
        studio: { type: 'studio', 'configuration.flowSid': `FW${'1'.repeat(32)}` },
    }[kind || 'webhook'];
}

module.exports = { valuesOf, shown, expected, beside, never };
