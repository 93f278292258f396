// The sections of the report that tell how things stand: who reads, what is near a limit, what did not arrive.
import { escape, name, count, digits, plural, percent, kilobytes } from './text.mjs';
import { sum, table, figure, colours, card, part } from './html.mjs';

// Parts of a whole: one bar, and what its colours are. Rows: {name, color, value}.
function shares(rows, charts, title, numbers) {
    const all = sum(rows, 'value');
    const key = rows.map((row) => ({ ...row, value: `${digits(row.value)} · ${percent(row.value, all)}` }));
    return figure(charts.parts(rows, { name: title }), numbers, colours(key));
}

// --- reading ---------------------------------------------------------------------------------------------------------

const states = {
    'has read all': { name: 'have read everything', color: 'var(--good)' },
    'is behind': { name: 'are behind', color: 'var(--middle)' },
    'has never read': { name: 'have never read, as far as the application said', color: 'var(--bad)' },
};

function readers(rows, people, charts, words) {
    const title = 'People by how much they have read';
    const numbers = table(title, [
        ['People who', (row) => states[row.state].name],
        ['People', (row) => count(row.people, row.state), 'n'],
        ['Share', (row) => percent(row.people, people), 'n'],
        [`Memberships of ${words.channels}`, (row) => count(row.memberships), 'n'],
        ['Messages to read', (row) => count(row.unread), 'n'],
    ], rows);
    return shares(rows.map((row) => ({ ...states[row.state], value: row.people })), charts, title, numbers);
}

function mostUnread(rows, summary, charts) {
    const title = 'Messages to read, by who has most';
    const drawn = rows.slice(0, 10).map((row) => ({
        name: row.name, value: row.unread, says: digits(row.unread),
        color: states[row.read_at === null ? 'has never read' : 'is behind'].color,
    }));
    const numbers = table(title, [
        ['Who', (row) => name(row.name)],
        ...(summary.services > 1 ? [['Service', (row) => name(row.service ?? '')]] : []),
        ['Messages', (row) => count(row.unread, `${row.service ?? ''} ${row.name}`), 'n'],
        ['Behind in', (row) => `${count(row.behind)} of ${count(row.channels)}`, 'n'],
        ['Last read', (row) => escape(row.read_at ?? 'never'), 'n'],
    ], rows);
    return part('Most to read', figure(charts.bars(drawn, { name: title }), numbers));
}

export function reading(data, summary, charts, words) {
    const heading = 'Who reads, and who does not';
    const people = sum(data.who_reads, 'people');
    if (!people) return card('reading', heading, 'Nobody has anything to read.', '', 'across');
    const says = `Messages of others, above what the application has set as read, in ${words.channels} that are there.`;
    const most = data.most_unread.length ? mostUnread(data.most_unread, summary, charts) : '';
    return card('reading', heading, says,
        `<div class="two">${part('People', readers(data.who_reads, people, charts, words))}${most}</div>`, 'across');
}

// --- limits ----------------------------------------------------------------------------------------------------------

function fullness(row) {
    if (row.unit === 'bytes') return `${kilobytes(row.used)} of ${kilobytes(row.allowed)} KB`;
    return `${digits(row.used)} of ${digits(row.allowed)}`;
}

function fullColor(row) {
    if (row.percent >= 95) return 'var(--bad)';
    return row.percent >= 80 ? 'var(--middle)' : 'var(--accent)';
}

export function limits(rows, charts) {
    const heading = 'Near the limits';
    if (!rows.length) return card('limits', heading, 'There is nothing that could be near one.', '');
    const near = rows.filter((row) => row.used >= 0.8 * row.allowed);
    const drawn = rows.filter((row) => row.nth === 1).map((row) => ({
        name: row.kind, value: row.used / row.allowed, color: fullColor(row), says: fullness(row),
    }));
    const numbers = table('The fullest of each kind, and all that are at least 80 % full', [
        ['Limit', (row) => escape(row.unit ? `${row.kind}, ${row.unit}` : row.kind)],
        ['Where', (row) => name(row.what) + (row.service === null ? '' : `, ${name(row.service)}`)],
        ['Used', (row) => count(row.used, `${row.kind} ${row.nth}`), 'n'],
        ['Allowed', (row) => count(row.allowed), 'n'],
        ['Part', (row) => `${row.percent} %`, 'n'],
    ], rows);
    const names = near.slice(0, 3).map((row) => name(row.what)).join(', ') + (near.length > 3 ? ' and others' : '');
    const says = near.length
        ? `<b>${near.length}</b> at least 80 % full: ${names}. Of each kind the fullest:`
        : 'Nothing is 80 % full. Of each kind the fullest:';
    return card('limits', heading, says,
        figure(charts.bars(drawn, { name: 'How full the fullest of each kind is', most: 1, track: true }), numbers));
}

// --- receipts --------------------------------------------------------------------------------------------------------

const receiptColors = {
    read: 'var(--good)', delivered: 'var(--accent)', sent: 'var(--strong)',
    undelivered: 'var(--middle)', failed: 'var(--bad)',
};

function statuses(rows, all, charts) {
    const title = 'Receipts by status';
    const numbers = table(title, [
        ['Status', (row) => escape(row.status)],
        ['Receipts', (row) => count(row.receipts, row.status), 'n'],
        ['Share', (row) => percent(row.receipts, all), 'n'],
    ], rows);
    const drawn = rows.map((row) => ({
        name: escape(row.status), color: receiptColors[row.status] ?? 'var(--muted)', value: row.receipts,
    }));
    return shares(drawn, charts, title, numbers);
}

function errors(rows, charts) {
    if (!rows.length) return '';
    const title = 'Receipts by error code';
    const drawn = rows.slice(0, 10).map((row) => ({
        name: `${row.code ?? 'no code'} ${row.meaning ?? ''}`, value: row.receipts, says: digits(row.receipts),
        color: 'var(--bad)',
    }));
    const code = (row) => {
        if (!Number.isInteger(row.code)) return escape(row.code ?? 'none');
        return `<a href="https://www.twilio.com/docs/api/errors/${row.code}" rel="noreferrer">${row.code}</a>`;
    };
    const numbers = table(title, [
        ['Code', code],
        ['Meaning', (row) => escape(row.meaning ?? '')],
        ['Receipts', (row) => count(row.receipts, row.code ?? 'none'), 'n'],
        ['People', (row) => count(row.people), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], rows);
    return part('Why', figure(charts.bars(drawn, { name: title }), numbers));
}

function unreached(rows, charts) {
    if (!rows.length) return '';
    const title = 'Receipts of failure, by who got most of them';
    const drawn = rows.slice(0, 8).map((row) => ({
        name: row.name, value: row.undelivered / row.receipts, color: 'var(--bad)',
        says: `${digits(row.undelivered)} of ${digits(row.receipts)}`,
    }));
    const numbers = table(title, [
        ['Who', (row) => name(row.name)],
        ['Undelivered', (row) => count(row.undelivered, `${row.service ?? ''} ${row.name}`), 'n'],
        ['Receipts', (row) => count(row.receipts), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], rows);
    return part('To whom', figure(charts.bars(drawn, { name: title, most: 1, track: true }), numbers));
}

export function receipts(data, summary, charts, words) {
    const heading = 'Messages that did not arrive';
    if (!words.outside) return card('receipts', heading, 'Programmable Chat has no delivery receipts.', '');
    if (!summary.receipts) {
        return card('receipts', heading, 'There are no receipts: nothing went to phones, WhatsApp and the like.', '');
    }
    const says = [
        `<b>${digits(summary.undelivered)}</b> of ${plural(summary.receipts, 'receipt')}`,
        `from phones, WhatsApp and the like: ${percent(summary.undelivered, summary.receipts)}.`,
    ];
    return card('receipts', heading, says.join(' '), statuses(data.receipts, summary.receipts, charts)
        + errors(data.undelivered_errors, charts) + unreached(data.undelivered_people, charts));
}
