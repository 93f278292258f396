/*
 * The rows of the benchmark, as data. A further row is a further object here.
 *
 *   name       what the row shows
 *   emulator   its options, beside port and credentials
 *   settings   of the extension: chat_settings as environment variables
 *   sql        the statement that is timed; {service} and {channel} are replaced by the first ones' SIDs. It returns one
 *              row whose first value is the number of rows it has read, or, with countLines, the rows themselves
 *   count      for a statement that returns nothing: what counts its rows afterwards, not timed
 *   rows       how many that must be
 *   limit      what the same requests take (limit.js): with all URLs known in advance 'parallel' (16 at once) or 'chain' (one
 *              after another on one connection); 'lists', where most of the time is a list's whose pages name each other, with
 *              the lists known and not their pages; none for writes, which cannot be asked for twice
 *   tables     the statement's, which is also run over ordinary tables of those names; index: on one of them, where
 *              SQLite makes none by itself and would compare each row with each
 *   notOld     5984ee8, and what was before it, takes minutes
 *   archive    the row is examples/archive.sh (archive.js), and the limit is the sql: a plain scan of the same lists
 *   sdk        the program of sdk.js that does the same, `version` of the API beside it; slow: its plain loop is run once
 *   aim        ratio: to the limit; cpu: seconds of the processor; sdk: times faster than the SDK's loop; sdk16: than the SDK 16 wide (1, ahead of it, where
 *              nothing is said); memory: MiB over an idle shell; requests
 *
 * The page sizes are the maxima of the API: 1000 rows in version 1, 100 in version 2 and in Conversations.
 */
'use strict';

const messageSums = 'count(*), sum(length(body)), sum(length("from")), max("index"), max(date_created)';

/* One service, nothing in it but what is asked for. */
function data(channels, messages, latency, ...more) {
    return ['--services', '1', '--users', '0', '--members', '0', '--spread', 'even', '--latency', String(latency),
        '--channels', String(channels), '--messages', String(messages), ...more];
}

/* Several lists that are joined: forty channels. */
function people(tenth) {
    return ['--services', '1', '--channels', '40', '--users', String(tenth(2000)), '--members', String(tenth(20000)),
        '--messages', String(tenth(20000)), '--spread', 'even', '--invites', '0', '--latency', '10'];
}

/* quick: a tenth. */
function cases(quick) {
    const tenth = (count) => (quick ? count / 10 : count);
    const channels = quick ? 50 : 200;
    const tree = data(channels, channels * 400, 50);
    const kept = data(channels, channels * tenth(2500), 50, '--write-limit', '0');
    const otherLists = ['members', 'invites', 'channel_webhooks', 'users', 'roles', 'bindings', 'credentials']
        .map((name) => `(SELECT count(account_sid) FROM ${name})`).join(', ');
    const thousand = tenth(1000);
    const oneChannel = {
        rows: tenth(100) * 1000,
        sql: `SELECT ${messageSums} FROM messages WHERE service_sid = '{service}' AND channel_sid = '{channel}'`,
        limit: 'chain',
        sdk: { program: 'channel', version: 'v1', slow: true },
    };
    return [
        {
            name: `all messages of ${channels} channels`,
            emulator: tree,
            settings: { API_VERSION: 'v2' },
            rows: channels * 400,
            sql: `SELECT ${messageSums} FROM messages`,
            limit: 'parallel',
            sdk: { program: 'messages', version: 'v2', slow: true },
            aim: { ratio: 1.08, sdk: 10 },
        },
        {
            name: 'the same through channels JOIN messages',
            emulator: tree,
            settings: { API_VERSION: 'v2' },
            rows: channels * 400,
            sql: 'SELECT count(*), sum(length(m.body)), sum(length("from")), max("index"), max(m.date_created),'
                + ' min(c.friendly_name) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid',
            limit: 'parallel',
            sdk: { program: 'messages', version: 'v2', slow: true },
            aim: { ratio: 1.25 },
        },
        {
            name: `all messages of ${channels} channels, v1 (pages of 1000)`,
            emulator: data(channels, channels * 2500, 50),
            rows: channels * 2500,
            sql: `SELECT ${messageSums} FROM messages`,
            limit: 'parallel',
            sdk: { program: 'messages', version: 'v1', loop: false },
            aim: { ratio: 1.2, sdk16: 3, memory: 40 },
        },
        {
            name: `all messages of ${tenth(400)} channels, half of them in one`,
            emulator: ['--services', '1', '--users', '0', '--members', '0', '--channels', String(tenth(400)),
                '--messages', String(tenth(40000)), '--latency', '100'],
            rows: tenth(40000),
            sql: `SELECT ${messageSums} FROM messages`,
            limit: 'lists',
            sdk: { program: 'messages', version: 'v1', loop: false },
            aim: { ratio: 1.4 },
        },
        {
            name: `all messages of ${tenth(500)} conversations`,
            emulator: data(tenth(500), tenth(500) * 250, 50, '--private', '100'),
            rows: tenth(500) * 250,
            sql: 'SELECT count(*), sum(length(body)), sum(length(author)), max("index"), max(date_created)'
                + ' FROM conversation_messages',
            limit: 'parallel',
            sdk: { program: 'conversations', version: 'v1', slow: true },
            aim: { ratio: 1.08 },
        },
        {
            name: `attributes of ${thousand} channels from v1 lists`,
            emulator: data(thousand, 0, 50),
            rows: thousand,
            sql: 'SELECT count(*), sum(length(attributes)), count(attributes) FROM channels',
            limit: 'parallel',
            sdk: { program: 'attributes', version: 'v1', slow: true },
            aim: { ratio: 1.05 },
        },
        {
            name: `${tenth(100)} pages of one channel, token paging`,
            emulator: data(1, tenth(100) * 1000, 50, '--paging', 'token'),
            ...oneChannel,
            aim: { ratio: 1.03 },
        },
        {
            name: 'the same, pages counted by number',
            emulator: data(1, tenth(100) * 1000, 50, '--paging', 'page'),
            ...oneChannel,
            aim: { ratio: 0.12 },
        },
        {
            name: `${quick ? '100,000' : '1,000,000'} messages, no latency`,
            emulator: data(20, tenth(1000) * 1000, 0),
            rows: tenth(1000) * 1000,
            sql: 'SELECT count(*), sum(length(body)) FROM messages',
            limit: 'parallel',
            ceiling: true,
            sdk: { program: 'messages', version: 'v1', slow: true },
            aim: { ratio: 3, sdk16: 10, memory: 32 },
        },
        {
            name: 'LIMIT 10 of one channel',
            emulator: data(1, tenth(100) * 1000, 50),
            rows: 10,
            countLines: true,
            sql: 'SELECT "index", "from", body FROM messages'
                + " WHERE service_sid = '{service}' AND channel_sid = '{channel}' LIMIT 10",
            limit: 'chain',
            sdk: { program: 'ten', version: 'v1' },
            aim: { requests: 1 },
        },
        {
            name: `latest message of ${tenth(500)} channels`,
            emulator: data(tenth(500), tenth(500) * 100, 50),
            rows: tenth(500),
            sql: "SELECT count(body), sum(length(body)) FROM (SELECT (SELECT coalesce(body, '') AS body FROM messages AS m"
                + ' WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid ORDER BY "index" DESC LIMIT 1) AS body'
                + ' FROM channels AS c)',
            limit: 'parallel',
            sdk: { program: 'latest', version: 'v1', slow: true },
            aim: { requests: tenth(500) + 2 },
        },
        {
            name: `members with their users, ${tenth(20000)} x ${tenth(2000)}`,
            emulator: people(tenth),
            settings: { API_VERSION: 'v2' },
            rows: tenth(20000),
            sql: 'SELECT count(*), sum(length(u.friendly_name)) FROM members AS m'
                + ' LEFT JOIN users AS u USING (service_sid, identity)',
            limit: 'lists',
            tables: ['members', 'users'],
            notOld: true,
            sdk: { program: 'membersWithUsers', version: 'v2', slow: true },
            aim: { ratio: 1.3 },
        },
        {
            name: `authors who left, ${tenth(20000)} messages`,
            emulator: people(tenth),
            settings: { API_VERSION: 'v2' },
            rows: tenth(20000),
            sql: 'SELECT count(*), sum(NOT EXISTS (SELECT 1 FROM members AS e WHERE e.service_sid = m.service_sid'
                + ' AND e.channel_sid = m.channel_sid AND e.identity = m."from")) FROM messages AS m',
            limit: 'lists',
            tables: ['messages', 'members'],
            index: 'members(service_sid, channel_sid, identity)',
            notOld: true,
            sdk: { program: 'authorsWhoLeft', version: 'v2', slow: true },
            aim: { ratio: 1.3 },
        },
        {
            name: `${tenth(20000)} messages x ${tenth(2000)} users`,
            emulator: people(tenth),
            settings: { API_VERSION: 'v2' },
            rows: tenth(20000),
            sql: 'SELECT count(*), count(u.sid), sum(length(u.friendly_name)) FROM messages AS m'
                + ' LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from"',
            limit: 'lists',
            tables: ['messages', 'users'],
            notOld: true,
            sdk: { program: 'messagesWithUsers', version: 'v2', slow: true },
            aim: { ratio: 1.3, cpu: 0.5 },
        },
        {
            name: `${thousand} members into ${tenth(100)} channels`,
            emulator: data(tenth(100), 0, 50, '--write-limit', '0'),
            settings: { WRITE_RATE: '0' },
            rows: thousand,
            sql: 'WITH RECURSIVE ten(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM ten LIMIT 10)'
                + ' INSERT INTO members(service_sid, channel_sid, identity)'
                + " SELECT service_sid, sid, 'user-' || hex(randomblob(8)) FROM channels, ten",
            count: "SELECT count(*) FROM chat_writes WHERE state = 'sent'",
            sdk: { program: 'members', version: 'v1', slow: true },
            aim: { sdk: 10, sdk16: 1.05 },
        },
        {
            name: `archive of ${channels} channels x ${tenth(2500)}, first run (limit: a scan)`,
            archive: 'first',
            emulator: kept,
            settings: { API_VERSION: 'v2' },
            rows: channels * tenth(2500),
            sql: `SELECT ${messageSums}, sum(length(attributes)), ${otherLists} FROM messages`,
            aim: { ratio: 1.3 },
        },
        {
            name: 'the same archive, nothing new (limit: the lists alone)',
            archive: 'again',
            emulator: kept,
            settings: { API_VERSION: 'v2' },
            rows: channels,
            sql: `SELECT count(*), sum(length(attributes)), ${otherLists} FROM channels`,
            aim: { ratio: 1.1 },
        },
    ];
}

module.exports = { cases };
