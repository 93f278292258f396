/*
 * What users have today: the vendor's Node SDK. Runs one program in a process of its own and prints one line of JSON.
 *
 *   node sdk.js PROGRAM VERSION loop|parallel      TWILIO_CHAT_URL, TWILIO_CONVERSATIONS_URL and the API key are in the
 *                                                environment
 *
 * loop is what the SDK's documentation shows: list() and one thing after another, with its own defaults.
 * parallel is the best that a careful user writes by hand: the largest pages, and 16 lists or fetches at a time.
 *
 * The time starts before the first request, when the SDK is loaded. The SDK knows no other host than the vendor's, so
 * its HTTP client is told to go to the emulator instead, and does everything else as ever. list() keeps notes in the
 * object it is given, so each call gets its own.
 */
'use strict';

const crypto = require('crypto');
const http = require('http');
const twilio = require('twilio');

const origins = {
    'chat.twilio.com': new URL(process.env.TWILIO_CHAT_URL),
    'conversations.twilio.com': new URL(process.env.TWILIO_CONVERSATIONS_URL),
};
const parallelMax = 16;

class EmulatorClient extends twilio.RequestClient {
    constructor() {
        super();
        this.count = 0;
        /* The SDK keeps up to 20 https connections alive; over plain http it would use Node's agent, which may not. */
        this.axios.defaults.httpAgent = new http.Agent({ keepAlive: true, maxSockets: 20 });
    }

    request(options) {
        const url = new URL(options.uri);
        const origin = origins[url.hostname]; /* none: a next page's, which is the emulator's own */
        if (origin) {
            url.protocol = origin.protocol;
            url.host = origin.host;
        }
        this.count++;
        return super.request({ ...options, uri: url.href });
    }
}

/* Calls act(item) for all items, `parallelMax` at a time. */
async function inParallel(items, act) {
    let next = 0;
    async function worker() {
        while (next < items.length) {
            await act(items[next++]);
        }
    }
    await Promise.all(Array.from({ length: parallelMax }, worker));
}

async function oneByOne(items, act) {
    for (const item of items) {
        await act(item);
    }
}

async function usersByIdentity({ chat, page }) {
    const [service] = await chat.services.list();
    const users = await chat.services(service.sid).users.list({ ...page });
    return new Map(users.map((user) => [user.identity, user]));
}

/* take(rows, channel) for that list of each channel. */
async function ofEachChannel({ chat, forEach, page, types }, list, take) {
    const [service] = await chat.services.list();
    const channels = await chat.services(service.sid).channels.list({ ...types, ...page });
    await forEach(channels, async (channel) => {
        take(await chat.services(service.sid).channels(channel.sid)[list].list({ ...page }), channel);
    });
}

/* Each is given {chat, forEach, page, types} and returns how many rows it has read. */
const programs = {
    async messages({ chat, forEach, page, types }) {
        let rows = 0;
        for (const service of await chat.services.list()) {
            const channels = await chat.services(service.sid).channels.list({ ...types, ...page });
            await forEach(channels, async (channel) => {
                const messages = await chat.services(service.sid).channels(channel.sid).messages.list({ ...page });
                rows += messages.length;
            });
        }
        return rows;
    },

    async conversations({ conversations, forEach, page }) {
        let rows = 0;
        for (const service of await conversations.services.list()) {
            const one = conversations.services(service.sid);
            await forEach(await one.conversations.list({ ...page }), async ({ sid }) => {
                const messages = await one.conversations(sid).messages.list({ ...page });
                rows += messages.length;
            });
        }
        return rows;
    },

    async attributes({ chat, forEach, page, types }) {
        let rows = 0;
        for (const service of await chat.services.list()) {
            const channels = await chat.services(service.sid).channels.list({ ...types, ...page });
            await forEach(channels, async (listed) => {
                const channel = await chat.services(service.sid).channels(listed.sid).fetch();
                rows += channel.attributes === undefined ? 0 : 1;
            });
        }
        return rows;
    },

    async channel({ chat, page }) {
        const { SERVICE, CHANNEL } = process.env;
        return (await chat.services(SERVICE).channels(CHANNEL).messages.list({ ...page })).length;
    },

    async members({ chat, forEach, page, types }) {
        let rows = 0;
        const [service] = await chat.services.list();
        const channels = await chat.services(service.sid).channels.list({ ...types, ...page });
        await forEach(channels, async (channel) => {
            for (let i = 0; i < 10; i++) {
                const identity = `user-${crypto.randomUUID()}`;
                await chat.services(service.sid).channels(channel.sid).members.create({ identity });
                rows++;
            }
        });
        return rows;
    },

    async latest({ chat, forEach, page, types }) {
        let rows = 0;
        for (const service of await chat.services.list()) {
            const channels = await chat.services(service.sid).channels.list({ ...types, ...page });
            await forEach(channels, async (channel) => {
                const newest = await chat.services(service.sid).channels(channel.sid).messages.list({ order: 'desc', limit: 1 });
                rows += newest.length;
            });
        }
        return rows;
    },

    /* Two lists joined by a Map, which is what a careful user writes. */
    async membersWithUsers(given) {
        const users = await usersByIdentity(given);
        let rows = 0;
        await ofEachChannel(given, 'members', (members) => {
            rows += members.filter(({ identity }) => users.get(identity) || true).length;
        });
        return rows;
    },

    async messagesWithUsers(given) {
        const users = await usersByIdentity(given);
        let rows = 0;
        await ofEachChannel(given, 'messages', (messages) => {
            rows += messages.filter(({ from }) => users.get(from) || true).length;
        });
        return rows;
    },

    async authorsWhoLeft(given) {
        const present = new Set();
        await ofEachChannel(given, 'members', (members, channel) => {
            members.forEach(({ identity }) => present.add(`${channel.sid} ${identity}`));
        });
        let rows = 0;
        let left = 0;
        await ofEachChannel(given, 'messages', (messages, channel) => {
            rows += messages.length;
            left += messages.filter(({ from }) => !present.has(`${channel.sid} ${from}`)).length;
        });
        return left <= rows ? rows : -1;
    },

    async ten({ chat }) {
        const { SERVICE, CHANNEL } = process.env;
        return (await chat.services(SERVICE).channels(CHANNEL).messages.list({ limit: 10 })).length;
    },
};

async function main([program, version, manner]) {
    const httpClient = new EmulatorClient();
    const { TWILIO_API_KEY, TWILIO_API_KEY_SECRET } = process.env;
    const client = twilio(TWILIO_API_KEY, TWILIO_API_KEY_SECRET, {
        accountSid: 'AC00000000000000000000000000000001',
        httpClient,
    });
    const given = {
        chat: client.chat[version],
        conversations: client.conversations.v1,
        types: { type: ['public', 'private'] }, /* the list's default is public ones only */
        forEach: manner === 'parallel' ? inParallel : oneByOne,
        page: manner === 'parallel' ? { pageSize: version === 'v1' && program !== 'conversations' ? 1000 : 100 } : {},
    };
    const start = process.hrtime.bigint();
    const rows = await programs[program](given);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const memoryKib = process.resourceUsage().maxRSS;
    console.log(JSON.stringify({ seconds, rows, requests: httpClient.count, memoryKib }));
}

main(process.argv.slice(2)).catch((problem) => {
    console.error(problem);
    process.exitCode = 1;
});
