/*
 * The resources of Conversations: where each is in the SDK, and what it takes to make one. Those that are in the SDK
 * twice, for the account's default service and below a service, stand here once.
 */
'use strict';

const surface = require('./surface').describe('conversations');

const flow = `FW${'1'.repeat(32)}`;

/*
 * list      from the SDK's conversations.v1, or from a service of it, and the SIDs of `at`
 * key       the property that names a row; none: it exists once
 * make      parameters of a new one, different for each number
 * all       what a list must be asked with
 * change    of an update
 */
const resources = {
    service: { list: (v1) => v1.services, key: 'sid', make: (n) => ({ friendlyName: `Service ${n}` }) },
    credential: { list: (v1) => v1.credentials, key: 'sid', make: () => ({ type: 'gcm' }),
        change: { friendlyName: 'changed' } },
    addressConfiguration: { list: (v1) => v1.addressConfigurations, key: 'sid',
        make: (n) => ({ type: 'sms', address: `+1555000${n}` }), change: { friendlyName: 'changed' } },
    conversation: { list: (root) => root.conversations, key: 'sid', make: (n) => ({ uniqueName: `conversation-${n}` }),
        change: { friendlyName: 'changed' } },
    'conversation/message': { list: (root, at) => root.conversations(at.conversation).messages, key: 'sid',
        make: (n) => ({ body: `message ${n}` }), change: { body: 'changed' } },
    'conversation/message/deliveryReceipt': { key: 'sid',
        list: (root, at) => root.conversations(at.conversation).messages(at.message).deliveryReceipts },
    'conversation/participant': { list: (root, at) => root.conversations(at.conversation).participants, key: 'sid',
        make: (n) => ({ identity: `participant-${n}` }), change: { lastReadMessageIndex: 1 } },
    'conversation/webhook': { list: (root, at) => root.conversations(at.conversation).webhooks, key: 'sid',
        make: () => ({ target: 'studio', 'configuration.flowSid': flow }),
        change: { 'configuration.flowSid': `FW${'2'.repeat(32)}` } },
    conversationWithParticipants: { list: (root) => root.conversationWithParticipants,
        make: (n) => ({ friendlyName: `many ${n}`, participant: [`{"identity":"many-${n}"}`] }) },
    user: { list: (root) => root.users, key: 'sid', make: (n) => ({ identity: `user-${n}` }),
        change: { friendlyName: 'changed' } },
    'user/userConversation': { list: (root, at) => root.users(at.user).userConversations, key: 'conversationSid',
        change: { notificationLevel: 'muted' } },
    participantConversation: { list: (root) => root.participantConversations, key: 'participantSid',
        all: (at) => ({ identity: at.identity }), fetch: false },
    role: { list: (root) => root.roles, key: 'sid', change: { permission: ['sendMessage', 'editOwnMessage'] },
        make: (n) => ({ friendlyName: `role ${n}`, type: 'conversation', permission: ['sendMessage'] }) },
    binding: { list: (root) => root.bindings, key: 'sid' },
    configuration: { list: (root) => root.configuration },
    'configuration/webhook': { list: (root) => root.configuration().webhooks ?? root.configuration.webhooks },
    'configuration/notification': { list: (root) => root.configuration.notifications },
};

/* Every resource that the SDK has: its module's description with the table's entry and the list there. */
function resourcesOf() {
    return surface.modules.map((module) => {
        const below = module.at.startsWith('service/');
        const entry = resources[below ? module.at.slice('service/'.length) : module.at];
        if (!entry) {
            throw new Error(`The SDK has ${module.at}, which no test knows`);
        }
        const list = (v1, at) => entry.list(below ? v1.services(at.service) : v1, at);
        return { ...module, ...entry, name: module.at, list };
    });
}

const most = (rows) => rows.reduce((best, row) => (row.count > best.count ? row : best));

/* The conversation and the user that have most of everything, in the account's default service. */
async function choose(emulator) {
    const v1 = `${emulator.ports.conversations}/v1`;
    const { default_chat_service_sid: service } = await emulator.get(`${v1}/Configuration`);
    const counted = async (row, url, ...lists) => {
        const found = await Promise.all(lists.map((list) => emulator.rows(`${url}/${list}`)));
        return { ...row, count: Math.min(...found.map((rows) => rows.length)) };
    };
    const conversations = await emulator.rows(`${v1}/Conversations?State=active`);
    const conversation = most(await Promise.all(conversations.map((row) =>
        counted(row, row.url, 'Participants', 'Messages', 'Webhooks'))));
    const users = await emulator.rows(`${v1}/Users`);
    const user = most(await Promise.all(users.map((row) => counted(row, row.url, 'Conversations'))));
    const messages = await emulator.rows(`${conversation.url}/Messages`);
    const message = most(messages.map((row) => ({ ...row, count: row.delivery ? row.delivery.total : 0 })));
    if (!conversation.count || !user.count || !message.count) {
        throw new Error('The generated data lack a conversation, a user or a message that has everything');
    }
    const roles = await emulator.rows(`${v1}/Roles`);
    const role = (type) => roles.filter((row) => row.type === type).map(({ sid }) => sid);
    return { service, conversation: conversation.sid, user: user.sid, identity: user.identity, message: message.sid,
        conversationRoles: role('conversation'), serviceRoles: role('service') };
}

/* Generated data that have phones and so receipts, everything private. */
const data = ['--phones', '60', '--private', '100', '--webhooks', '40', '--messages', '300', '--members', '120',
    '--seed', '5'];

module.exports = { surface, resourcesOf, choose, data, flow };
