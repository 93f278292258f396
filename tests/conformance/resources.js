/* The resources of chat: where each is in the SDK and in the API, and what it takes to make one. */
'use strict';

const { modules } = require('./surface');

/*
 * list      from the SDK's chat.v1 or chat.v2 and the SIDs of `at`
 * path      of the same list
 * key       the property that names a row
 * make      parameters of a new one, different for each number
 * hidden    properties that a list shows as null in v1
 * maximum   of PageSize, by version
 */
const resources = {
    service: {
        list: (chat) => chat.services,
        path: () => 'Services',
        key: 'sid',
        make: (n) => ({ friendlyName: `Service ${n}` }),
        maximum: { v1: 100, v2: 100 },
    },
    credential: {
        list: (chat) => chat.credentials,
        path: () => 'Credentials',
        key: 'sid',
        make: () => ({ type: 'gcm' }),
        maximum: { v1: 1000, v2: 1000 },
    },
    channel: {
        list: (chat, at) => chat.services(at.service).channels,
        path: (at) => `Services/${at.service}/Channels`,
        all: { type: ['public', 'private'] }, /* by default a list has public ones only */
        key: 'sid',
        make: (n) => ({ uniqueName: `channel-${n}` }),
        hidden: ['attributes'],
        maximum: { v1: 1000, v2: 100 },
    },
    message: {
        list: (chat, at) => chat.services(at.service).channels(at.channel).messages,
        path: (at) => `Services/${at.service}/Channels/${at.channel}/Messages`,
        key: 'sid',
        make: (n) => ({ body: `message ${n}` }),
        hidden: ['attributes'],
        maximum: { v1: 1000, v2: 100 },
    },
    member: {
        list: (chat, at) => chat.services(at.service).channels(at.channel).members,
        path: (at) => `Services/${at.service}/Channels/${at.channel}/Members`,
        key: 'sid',
        make: (n) => ({ identity: `member-${n}` }),
        maximum: { v1: 1000, v2: 100 },
    },
    invite: {
        list: (chat, at) => chat.services(at.service).channels(at.channel).invites,
        path: (at) => `Services/${at.service}/Channels/${at.channel}/Invites`,
        key: 'sid',
        make: (n, at) => ({ identity: at.strangers[n % at.strangers.length] }),
        maximum: { v1: 1000, v2: 100 },
    },
    webhook: {
        list: (chat, at) => chat.services(at.service).channels(at.channel).webhooks,
        path: (at) => `Services/${at.service}/Channels/${at.channel}/Webhooks`,
        key: 'sid',
        make: (n) => ({ type: 'webhook', 'configuration.url': `https://hooks.example/${n}` }),
        maximum: { v2: 5 },
    },
    role: {
        list: (chat, at) => chat.services(at.service).roles,
        path: (at) => `Services/${at.service}/Roles`,
        key: 'sid',
        make: (n) => ({ friendlyName: `role ${n}`, type: 'channel', permission: ['sendMessage'] }),
        maximum: { v1: 1000, v2: 100 },
    },
    user: {
        list: (chat, at) => chat.services(at.service).users,
        path: (at) => `Services/${at.service}/Users`,
        key: 'sid',
        make: (n) => ({ identity: `user-${n}` }),
        hidden: ['attributes'],
        maximum: { v1: 1000, v2: 100 },
    },
    userChannel: {
        list: (chat, at) => chat.services(at.service).users(at.user).userChannels,
        path: (at) => `Services/${at.service}/Users/${at.user}/Channels`,
        key: 'channelSid',
        maximum: { v1: 1000, v2: 50 },
    },
    userBinding: {
        list: (chat, at) => chat.services(at.service).users(at.user).userBindings,
        path: (at) => `Services/${at.service}/Users/${at.user}/Bindings`,
        key: 'sid',
        maximum: { v2: 50 },
    },
    binding: {
        list: (chat, at) => chat.services(at.service).bindings,
        path: (at) => `Services/${at.service}/Bindings`,
        key: 'sid',
        maximum: { v2: 50 },
    },
};

/* Every resource of a version that the SDK lists: its module's description with the table's entry. */
function resourcesOf(version) {
    return modules.filter((module) => module.version === version && module.page).map((module) => {
        if (!resources[module.name]) {
            throw new Error(`The SDK has ${version} ${module.name}, which no test knows`);
        }
        return { ...module, ...resources[module.name] };
    });
}

const most = (rows) => rows.reduce((best, row) => (row.count > best.count ? row : best));

/* The channel and the user that have most of everything, and identities that no channel knows. */
async function choose(emulator, chat) {
    const counted = async (row, ...lists) => {
        const found = await Promise.all(lists.map((list) => emulator.rows(`${row.path}/${list}`)));
        return { ...row, count: Math.min(...found.map((rows) => rows.length)) };
    };
    const [service] = (await emulator.rows('/v2/Services')).map(({ sid }) => sid);
    const root = `/v2/Services/${service}`;
    const channels = await emulator.rows(`${root}/Channels?Type=public&Type=private`);
    const users = await emulator.rows(`${root}/Users`);
    const channel = most(await Promise.all(channels.map(({ sid }) => counted({ sid, path: `${root}/Channels/${sid}` },
        'Members', 'Messages', 'Invites', 'Webhooks'))));
    const user = most(await Promise.all(users.map(({ sid }) => counted({ sid, path: `${root}/Users/${sid}` },
        'Channels', 'Bindings'))));
    if (!channel.count || !user.count) {
        throw new Error('The generated data lack a channel or a user that has everything');
    }
    const strangers = [];
    for (let n = 0; n < 8; n++) {
        strangers.push((await chat.services(service).users.create({ identity: `stranger-${n}` })).identity);
    }
    const roles = await emulator.rows(`${root}/Roles`);
    const role = (type) => roles.filter((row) => row.type === type).map(({ sid }) => sid);
    const chosen = { service, channel: channel.sid, user: user.sid };
    return { ...chosen, strangers, channelRoles: role('channel'), serviceRoles: role('deployment') };
}

/* Every list there is: [{resource, at}], with the SIDs that its path needs. */
async function everyList(resources, emulator) {
    const places = [{}];
    for (const { sid: service } of await emulator.rows('/v2/Services')) {
        const root = `/v2/Services/${service}`;
        places.push({ service });
        const channels = await emulator.rows(`${root}/Channels?Type=public&Type=private`);
        const users = await emulator.rows(`${root}/Users`);
        places.push(...channels.map(({ sid }) => ({ service, channel: sid })));
        places.push(...users.map(({ sid }) => ({ service, user: sid })));
    }
    const slots = { service: '{service}', channel: '{channel}', user: '{user}' };
    const needed = ({ path }) => path(slots).match(/\w+(?=\})/g) || [];
    return resources.flatMap((resource) => places.filter((at) =>
        JSON.stringify(Object.keys(at)) === JSON.stringify(needed(resource))).map((at) => ({ resource, at })));
}

/* The list's path with the filter that shows all of it. */
function pathOf(resource, at) {
    const query = new URLSearchParams((resource.all?.type || []).map((type) => ['Type', type]));
    return `/${resource.version}/${resource.path(at)}?${query}`;
}

module.exports = { resourcesOf, choose, pathOf, everyList };
