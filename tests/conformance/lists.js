/*
 * Lists: sizes of pages, limits, both forms of paging, ways through the pages, filters. What must come is what a walk
 * of our own gives, in order; how many requests it may take is computed here.
 */
'use strict';

const assert = require('assert');
const { snake } = require('./surface');
const { start } = require('./emulator');
const { connect, requestsOf } = require('./sdk');
const { resourcesOf, choose, pathOf } = require('./resources');
const { check, run } = require('./tap');

const manners = [
    ['tokens', []],
    ['tokens without Page', ['--next-without-page']],
    ['page numbers', ['--paging', 'page']],
];

/* Asks list() for it and checks rows and requests. size: rows in a page. */
async function listed(client, resource, list, expected, options, size) {
    const wanted = expected.slice(0, options.limit);
    let rows = null;
    const requests = await requestsOf(client, async () => {
        rows = await list.list({ ...resource.all, ...options });
    });
    const what = JSON.stringify(options);
    assert.deepStrictEqual(rows.map((row) => row[resource.key]), wanted, what);
    assert.strictEqual(requests, Math.max(1, Math.ceil(wanted.length / size)), `requests of ${what}`);
}

async function sizes(client, resource, list, expected, maximum) {
    const usual = maximum < 50 ? maximum : 50;
    for (const size of [1, 2, 3, expected.length, expected.length + 1, maximum].filter((one) => one <= maximum)) {
        await listed(client, resource, list, expected, { pageSize: size }, size);
    }
    await listed(client, resource, list, expected, {}, usual);
    for (const limit of [1, 2, expected.length, expected.length + 1].filter((one) => one <= maximum)) {
        await listed(client, resource, list, expected, { limit }, limit); /* the SDK asks for pages of `limit` */
    }
    await listed(client, resource, list, expected, { limit: 3, pageSize: 2 }, 2); /* it ends in the middle of a page */
    const most = Math.min(maximum, expected.length + 5);
    await listed(client, resource, list, expected, { limit: expected.length + 5, pageSize: most }, most);
    for (const options of [{ pageSize: maximum + 1 }, { limit: maximum + 1 }]) {
        await assert.rejects(list.list(options), {
            status: 400, code: 20007, moreInfo: 'https://www.twilio.com/docs/errors/20007',
            message: `Page size too large: ${maximum + 1}, maximum ${maximum}`,
        });
    }
}

/* Forwards and back again: nextPage and previousPage, getPage, and page() with the parameters that the URL has. */
async function walks(resource, list, expected) {
    const keys = (page) => page.instances.map((row) => row[resource.key]);
    const there = [], back = [];
    let page = await list.page({ ...resource.all, pageSize: 2 });
    assert.strictEqual(page.previousPageUrl, undefined);
    for (let number = 0; ; number++) {
        there.push(keys(page));
        const { nextPageUrl: url } = page;
        const next = page.nextPage();
        if (!url) {
            assert.strictEqual(next, undefined);
            break;
        }
        const query = new URL(url).searchParams;
        const given = { ...resource.all, pageSize: Number(query.get('PageSize')) };
        const asked = await list.page({ ...given,
            ...(query.has('PageToken') ? { pageToken: query.get('PageToken') } : {}),
            ...(query.has('Page') ? { pageNumber: Number(query.get('Page')) } : {}) });
        page = await next;
        assert.deepStrictEqual(keys(asked), keys(page));
        assert.deepStrictEqual(keys(await list.getPage(url)), keys(page));
    }
    assert.deepStrictEqual(there.flat(), expected);
    assert(there.slice(0, -1).every((one) => one.length === 2), 'a page in the middle is not full');
    for (;;) {
        back.unshift(keys(page));
        assert(back.length <= there.length, 'there are more pages on the way back');
        const before = page.previousPage();
        if (!before) {
            break;
        }
        page = await before;
    }
    return { there, back };
}

async function stops(client, resource, list, expected) {
    const seen = [];
    const requests = await requestsOf(client, () => list.each({ ...resource.all, pageSize: 1 }, (row, done) => {
        seen.push(row[resource.key]);
        if (seen.length === 2) {
            done();
        }
    }));
    assert.deepStrictEqual(seen, expected.slice(0, 2));
    assert.strictEqual(requests, 2);
    await assert.rejects(list.each({ ...resource.all }, (row, done) => done(new Error('enough'))), /enough/);
    let ended = 0;
    await list.each({ ...resource.all, limit: 1, callback: () => {}, done: () => { ended++; } });
    assert.strictEqual(ended, 1);
}

/* Values of each filter and the rows that they leave. A filter that no rule knows is an error. */
async function filters(resource, list, rows, names) {
    for (const { name, type } of names) {
        const field = snake(name);
        const array = type.startsWith('Array<');
        if (name === 'order') {
            const sids = rows.map(({ sid }) => sid);
            const ordered = async (order) => (await list.list({ order, pageSize: 2 })).map(({ sid }) => sid);
            assert.deepStrictEqual(await ordered('asc'), sids);
            assert.deepStrictEqual(await ordered('desc'), [...sids].reverse());
            continue;
        }
        assert(array && field in rows[0], `no test for filter ${name}`);
        const values = [...new Set(rows.map((row) => row[field]))];
        for (const chosen of [values.slice(0, 1), values.slice(0, 2), values]) {
            const found = await list.list({ [name]: chosen, pageSize: 2 }); /* the filter must survive the pages */
            const wanted = rows.filter((row) => chosen.includes(row[field])).map((row) => row[snake(resource.key)]);
            assert.deepStrictEqual(found.map((row) => row[resource.key]), wanted, `${name}=${chosen}`);
        }
        if (name === 'identity') {
            assert.deepStrictEqual(await list.list({ identity: ['nobody & no=one, ü'] }), []);
        } else {
            await assert.rejects(list.list({ [name]: ['wrong'] }), { status: 400 });
        }
    }
}

async function one(client, emulator, resource, chat, at, manner) {
    const title = (what) => `${manner}, ${resource.version} ${resource.name}: ${what}`;
    const rows = await emulator.rows(pathOf(resource, at));
    const expected = rows.map((row) => row[snake(resource.key)]);
    const list = resource.list(chat, at);
    await check(title(`pages and limits, of ${rows.length} rows`), () =>
        sizes(client, resource, list, expected, resource.maximum[resource.version]));
    await check(title('walks'), async () => {
        const { there, back } = await walks(resource, list, expected);
        /* without Page the server does not know how far the first page is: no way back is promised */
        assert.deepStrictEqual(back, manner === 'tokens without Page' ? there.slice(-1) : there);
    });
    await check(title('each stops'), () => stops(client, resource, list, expected));
    if (resource.filters.length) {
        await check(title(`filter ${resource.filters.map(({ name }) => name)}`), () =>
            filters(resource, list, rows, resource.filters));
    }
}

async function channelsByDefault(chat, at) {
    const types = (await chat.services(at.service).channels.list()).map(({ type }) => type);
    assert.deepStrictEqual([...new Set(types)], ['public']);
}

run(async () => {
    for (const [manner, options] of manners) {
        const emulator = await start(options);
        const client = connect(emulator);
        const at = await choose(emulator, client.chat.v2);
        for (const version of ['v1', 'v2']) {
            for (const resource of resourcesOf(version)) {
                await one(client, emulator, resource, client.chat[version], at, manner);
            }
            await check(`${manner}, ${version}: a list of channels without a type has public ones`, () =>
                channelsByDefault(client.chat[version], at));
        }
        await emulator.stop();
    }
});
