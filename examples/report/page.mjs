// The report as a page: one HTML file without a script, that asks for nothing from anywhere. What is in it is what
// sql/report gives; nothing is counted here but shares, sums of what is shown, and which is the largest.
import { readFileSync } from 'node:fs';
import * as text from './text.mjs';
import { escape, name, count, digits, plural, percent, duration, date } from './text.mjs';

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
const bad = ['undelivered', 'failed'];

const largest = (rows, key) => rows.reduce((found, row) => (row[key] > found[key] ? row : found), rows[0]);
const sum = (rows, key) => rows.reduce((so, row) => so + row[key], 0);

// A table behind a chart. Columns: [title, row => HTML, 'n' for numbers]; the first is what a row is about.
function table(caption, columns, rows, kind = '') {
    const cell = ([, show, type], index, row) => (index === 0 ? `<th scope="row">${show(row)}</th>`
        : `<td${type ? ` class="${type}"` : ''}>${show(row)}</td>`);
    const head = columns.map(([title, , type]) => `<th scope="col"${type ? ` class="${type}"` : ''}>${title}</th>`).join('');
    const body = rows.map((row) => `<tr>${columns.map((column, index) => cell(column, index, row)).join('')}</tr>`).join('\n');
    return `<details><summary>The numbers</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${escape(caption)}"><table${kind && ` class="${kind}"`}>
<caption>${escape(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div></details>`;
}

const figure = (drawing, numbers) => `<figure>${drawing}${numbers}</figure>`;
const card = (id, title, says, body, across = false) => `<section class="card${across ? ' across' : ''}" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${says ? `<p class="says">${says}</p>` : ''}
${body}
</section>`;
const key = (rows) => `<ul class="key">${rows.map((row) =>
    `<li><i style="background:${row.color}"></i>${row.name} <b>${row.value}</b></li>`).join('')}</ul>`;

const zoneName = (zone) => ({ '+00:00': 'UTC', localtime: Intl.DateTimeFormat().resolvedOptions().timeZone })[zone] ?? `UTC${zone}`;

// --- the parts --------------------------------------------------------------------------------------------------------

function tile(title, value, note, id) {
    return `<div class="tile"><dt>${title}</dt><dd class="number" id="${id}">${value}</dd><dd class="note">${note}</dd></div>`;
}

function change(now, before) {
    if (!before) return 'none in the time before';
    const part = Math.round(100 * (now - before) / before);
    return part === 0 ? `as in the time before` : `${digits(Math.abs(part))} % ${part > 0 ? 'more' : 'fewer'} than in the time before`;
}

function tiles(summary, data, words) {
    const reading = data.who_reads;
    const people = sum(reading, 'people');
    const all = reading.find((row) => row.state === 'has read all').people;
    return `<dl class="tiles">
${tile('Messages', count(summary.messages), change(summary.messages, summary.messages_before), 'messages')}
${tile('People who wrote', count(summary.people), `in ${plural(summary.channels, words.channel)}`, 'people')}
${tile(words.Channels, count(summary.channels_there), `${plural(summary.users_there, 'user')}`, 'channels')}
${tile('Median wait for answers', summary.answers ? `<data value="${summary.seconds_middle}">${duration(summary.seconds_middle)}</data>` : '–',
        summary.answers ? `nine of ten within ${duration(summary.seconds_nine_of_ten)}` : 'no answers', 'answer')}
${tile('Have read all', people ? `<data value="${all}">${percent(all, people)}</data>` : '–', people ? `of ${plural(people, 'person', 'people')}` : 'nobody has anything to read', 'readers')}
${words.outside ? tile('Not delivered', count(summary.undelivered), summary.receipts ? `${percent(summary.undelivered, summary.receipts)} of ${plural(summary.receipts, 'receipt')}` : 'no receipts', 'undelivered') : ''}
</dl>`;
}

// The days as a calendar: a row a week, from Monday on.
function weeks(rows) {
    const made = new Map();
    for (const row of rows) {
        const at = text.utc(row.day);
        const place = (at.getUTCDay() + 6) % 7;
        const monday = new Date(at.getTime() - place * 86400000).toISOString().slice(0, 10);
        if (!made.has(monday)) made.set(monday, { monday, days: Array(7).fill(null), messages: 0 });
        made.get(monday).days[place] = row;
        made.get(monday).messages += row.messages;
    }
    return [...made.values()];
}

function byDay(rows, charts) {
    const most = largest(rows, 'messages');
    const day = (place) => (week) => (week.days[place] ? count(week.days[place].messages, week.days[place].day) : '');
    const numbers = table('Messages on each day, by weeks', [
        ['Week of', (week) => escape(`${text.shortDate(week.monday)} ${week.monday.slice(0, 4)}`)],
        ...text.weekdays.map((weekday, place) => [weekday.slice(0, 3), day(place), 'n']),
        ['All', (week) => digits(week.messages), 'n'],
    ], weeks(rows), 'grid');
    return card('by-day', 'Messages a day', `<b>${digits(Math.round(sum(rows, 'messages') / rows.length))}</b> on average; most, <b>${digits(most.messages)}</b>, on ${text.weekday(most.day)}.${rows.length > 13 ? ' The line is the mean of seven days.' : ''}`,
        figure(charts.days(rows, { name: 'Messages on each day' }), numbers), true);
}

function byHour(rows, charts, zone) {
    const most = largest(rows, 'messages');
    const all = sum(rows, 'messages');
    const working = sum(rows.filter((row) => row.weekday < 6 && row.hour >= 8 && row.hour < 18), 'messages');
    const byHours = [...Array(24).keys()].map((hour) => rows.filter((row) => row.hour === hour));
    const numbers = table('Messages by hour and day of the week', [
        ['Hour', (row) => `${row[0].hour} to ${row[0].hour + 1}`],
        ...text.weekdays.map((weekday, place) => [weekday.slice(0, 3), (row) => count(row[place].messages, `${place + 1} ${row[place].hour}`), 'n']),
    ], byHours, 'grid');
    return card('by-hour', 'When they are written', `Most on <b>${text.weekdays[most.weekday - 1]}s from ${most.hour} to ${most.hour + 1}</b>; ${percent(working, all)} from Monday to Friday between 8 and 18 (${escape(zone)}).`,
        figure(charts.hours(rows, { name: 'Messages by hour and day of the week' }), numbers));
}

function responses(rows, summary, charts) {
    if (!summary.answers) return card('responses', 'How long answers take', '', '<p class="says">Nobody has answered anybody.</p>');
    const numbers = table('Answers by how long they were waited for', [
        ['Waited', (row) => escape(row.name)],
        ['Answers', (row) => count(row.answers, row.name), 'n'],
        ['Share', (row) => percent(row.answers, summary.answers), 'n'],
    ], rows);
    const drawn = rows.map((row) => ({ name: row.name, value: row.answers, says: `${digits(row.answers)} · ${percent(row.answers, summary.answers)}` }));
    return card('responses', 'How long answers take', `Half came within <b>${duration(summary.seconds_middle)}</b>, nine of ten within <b>${duration(summary.seconds_nine_of_ten)}</b>: from one person’s message to the next one of somebody else.`,
        figure(charts.bars(drawn, { name: 'Answers by how long they were waited for' }), numbers));
}

function channels(rows, summary, charts, words) {
    const several = summary.services > 1;
    const numbers = table(`The busiest ${words.channels}`, [
        [words.Channel, (row) => name(row.name)],
        ...(several ? [['Service', (row) => name(row.service ?? '')]] : []),
        ['Messages', (row) => count(row.messages, row.sid), 'n'],
        ['People', (row) => count(row.people), 'n'],
        ['Median wait', (row) => (row.seconds === null ? '–' : `<data value="${row.seconds}">${duration(row.seconds)}</data>`), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], rows);
    const drawn = rows.slice(0, 10).map((row) => ({ name: row.name, value: row.messages, says: digits(row.messages) }));
    return card('busiest-channels', `Busiest ${words.channels}`, `The first ${drawn.length === 1 ? 'has' : `${drawn.length} have`} <b>${percent(sum(rows.slice(0, 10), 'messages'), summary.messages)}</b> of all messages.`,
        figure(charts.bars(drawn, { name: `Messages in the busiest ${words.channels}` }), numbers));
}

function authors(rows, summary, charts, words) {
    const numbers = table('Who writes most', [
        ['Who', (row) => name(row.name)],
        ['Messages', (row) => count(row.messages, row.name), 'n'],
        [words.Channels, (row) => count(row.channels), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], rows);
    const drawn = rows.slice(0, 10).map((row) => ({ name: row.name, value: row.messages, says: digits(row.messages) }));
    return card('busiest-authors', 'Who writes most', `The first ${drawn.length === 1 ? 'wrote' : `${drawn.length} wrote`} <b>${percent(sum(rows.slice(0, 10), 'messages'), summary.messages)}</b> of all messages.`,
        figure(charts.bars(drawn, { name: 'Messages by who wrote most' }), numbers));
}

const states = {
    'has read all': ['have read everything', 'var(--good)'],
    'is behind': ['are behind', 'var(--middle)'],
    'has never read': ['have never read, as far as the application said', 'var(--bad)'],
};

function reading(data, summary, charts, words) {
    const people = sum(data.who_reads, 'people');
    if (!people) return card('reading', 'Who reads, and who does not', '', '<p class="says">Nobody has anything to read.</p>', true);
    const parts = data.who_reads.map((row) => ({ name: states[row.state][0], color: states[row.state][1], value: row.people }));
    const shares = table('People by how much they have read', [
        ['People who', (row) => states[row.state][0]],
        ['People', (row) => count(row.people, row.state), 'n'],
        ['Share', (row) => percent(row.people, people), 'n'],
        [`Memberships of ${words.channels}`, (row) => count(row.memberships), 'n'],
        ['Messages to read', (row) => count(row.unread), 'n'],
    ], data.who_reads);
    const left = `<div><h3>People</h3>${figure(charts.parts(parts, { name: 'People by how much they have read' })
        + key(parts.map((part) => ({ ...part, value: `${digits(part.value)} · ${percent(part.value, people)}` }))), shares)}</div>`;
    const unread = data.most_unread;
    const drawn = unread.slice(0, 10).map((row) => ({
        name: row.name, value: row.unread, says: digits(row.unread), color: row.read_at === null ? 'var(--bad)' : 'var(--middle)',
    }));
    const right = !unread.length ? '' : `<div><h3>Most to read</h3>${figure(charts.bars(drawn, { name: 'Messages to read, by who has most' }), table('Who has most to read', [
        ['Who', (row) => name(row.name)],
        ...(summary.services > 1 ? [['Service', (row) => name(row.service ?? '')]] : []),
        ['Messages', (row) => count(row.unread, `${row.service ?? ''} ${row.name}`), 'n'],
        [`Behind in`, (row) => `${count(row.behind)} of ${count(row.channels)}`, 'n'],
        ['Last read', (row) => escape(row.read_at ?? 'never'), 'n'],
    ], unread))}</div>`;
    return card('reading', 'Who reads, and who does not', `Messages of others above what the application has set as read, now, in ${words.channels} that are there.`,
        `<div class="two">${left}${right}</div>`, true);
}

function growth(rows, charts, words) {
    const months = rows[0].months;
    const unit = { 1: 'month', 3: 'quarter', 12: 'year' }[months];
    const last = rows[rows.length - 1];
    const numbers = table(`Growth by ${unit}`, [
        [unit[0].toUpperCase() + unit.slice(1), (row) => escape(text.period(row.period, months))],
        ['Messages', (row) => count(row.messages, row.period), 'n'],
        [`New ${words.channels}`, (row) => count(row.channels), 'n'],
        ['so far', (row) => count(row.channels_so_far), 'n'],
        ['New users', (row) => count(row.users), 'n'],
        ['so far', (row) => count(row.users_so_far), 'n'],
    ], rows);
    const part = (title, options) => `<div><h3>${title}</h3>${charts.periods(rows, { name: title, ...options })}</div>`;
    return card('growth', 'Growth', `Since ${escape(text.period(rows[0].period, months))}: <b>${digits(last.messages_so_far)}</b> messages, <b>${digits(last.channels_so_far)}</b> ${words.channels}, <b>${digits(last.users_so_far)}</b> users. What has been deleted since counts too.`,
        `<figure><div class="three">${part(`Messages each ${unit}`, { value: 'messages' })}${part(`${words.Channels} so far`, { value: 'channels_so_far', area: true })}${part('Users so far', { value: 'users_so_far', area: true })}</div>${numbers}</figure>`, true);
}

function limits(rows, charts) {
    if (!rows.length) return card('limits', 'Near the limits', '', '<p class="says">There is nothing that could be near one.</p>');
    const color = (row) => (row.percent >= 95 ? 'var(--bad)' : row.percent >= 80 ? 'var(--middle)' : 'var(--accent)');
    const used = (row) => (row.unit === 'bytes' ? `${text.kilobytes(row.used)} of ${text.kilobytes(row.allowed)} KB`
        : `${digits(row.used)} of ${digits(row.allowed)}`);
    const near = rows.filter((row) => row.used >= 0.8 * row.allowed);
    const drawn = rows.filter((row) => row.nth === 1).map((row) => ({
        name: row.kind, value: Math.min(1, row.used / row.allowed), color: color(row), says: used(row),
    }));
    const numbers = table('The fullest of each kind, and all that are at least 80 % full', [
        ['Limit', (row) => escape(row.kind) + (row.unit ? `, ${escape(row.unit)}` : '')],
        ['Where', (row) => name(row.what) + (row.service === null ? '' : `, ${name(row.service)}`)],
        ['Used', (row) => count(row.used, `${row.kind} ${row.nth}`), 'n'],
        ['Allowed', (row) => count(row.allowed), 'n'],
        ['Part', (row) => `${row.percent} %`, 'n'],
    ], rows);
    return card('limits', 'Near the limits', near.length ? `<b>${near.length === 1 ? 'One is' : `${near.length} are`}</b> at least 80 % full: ${near.slice(0, 3).map((row) => name(row.what)).join(', ')}${near.length > 3 ? ' and others' : ''}.` : 'Nothing is 80 % full. The fullest of each kind:',
        figure(charts.bars(drawn, { name: 'How full the fullest of each kind is', most: 1, track: true }), numbers));
}

const receiptColors = {
    read: 'var(--good)', delivered: 'var(--accent)', sent: 'var(--strong)', undelivered: 'var(--middle)', failed: 'var(--bad)',
};

function undelivered(data, summary, charts, words) {
    const title = 'Messages that did not arrive';
    if (!words.outside) return card('receipts', title, '', '<p class="says">Programmable Chat has no delivery receipts.</p>');
    if (!summary.receipts) return card('receipts', title, '', '<p class="says">There are no receipts: nothing went to phones, WhatsApp and the like.</p>');
    const parts = data.receipts.map((row) => ({ name: escape(row.status), color: receiptColors[row.status] ?? 'var(--muted)', value: row.receipts }));
    const shares = table('Receipts by status', [
        ['Status', (row) => escape(row.status)],
        ['Receipts', (row) => count(row.receipts, row.status), 'n'],
        ['Share', (row) => percent(row.receipts, summary.receipts), 'n'],
    ], data.receipts);
    const errors = data.undelivered_errors;
    const reason = (row) => `${row.code ?? 'no code'}${row.meaning ? ` ${row.meaning}` : ''}`;
    const link = (row) => (Number.isInteger(row.code)
        ? `<a href="https://www.twilio.com/docs/api/errors/${row.code}" rel="noreferrer">${row.code}</a>` : 'none');
    const why = !errors.length ? '' : `<h3>Why</h3>${figure(charts.bars(errors.map((row) => ({
        name: reason(row), value: row.receipts, says: digits(row.receipts), color: 'var(--bad)' })), { name: 'Receipts by error code' }),
    table('Receipts by error code', [
        ['Code', link],
        ['Meaning', (row) => escape(row.meaning ?? '')],
        ['Receipts', (row) => count(row.receipts, row.code ?? 'none'), 'n'],
        ['People', (row) => count(row.people), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], errors))}`;
    const people = data.undelivered_people;
    const whom = !people.length ? '' : `<h3>To whom</h3>${figure(charts.bars(people.slice(0, 8).map((row) => ({
        name: row.name, value: row.undelivered / row.receipts, says: `${digits(row.undelivered)} of ${digits(row.receipts)}`, color: 'var(--bad)' })), { name: 'Receipts of failure, by who got them', most: 1, track: true }),
    table('Who was not reached', [
        ['Who', (row) => name(row.name)],
        ['Undelivered', (row) => count(row.undelivered, `${row.service ?? ''} ${row.name}`), 'n'],
        ['Receipts', (row) => count(row.receipts), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], people))}`;
    const failed = sum(data.receipts.filter((row) => bad.includes(row.status)), 'receipts');
    return card('receipts', title, `<b>${digits(failed)}</b> of ${plural(summary.receipts, 'message')} to phones, WhatsApp and the like: ${percent(failed, summary.receipts)}.`,
        figure(charts.parts(parts, { name: 'Receipts by status' })
            + key(parts.map((part) => ({ ...part, value: `${digits(part.value)} · ${percent(part.value, summary.receipts)}` }))), shares) + why + whom);
}

// --- the whole --------------------------------------------------------------------------------------------------------

function about(summary, words) {
    const zone = zoneName(summary.zone);
    const run = summary.ended_at ? `as of ${escape(summary.ended_at.replace('T', ' ').replace('Z', ' UTC'))}`
        : `as far as a run that was begun at ${escape(summary.started_at.replace('T', ' ').replace('Z', ' UTC'))} has come`;
    const days = summary.first === null ? '' : ` <b>${date(summary.first)} to ${date(summary.last)}</b>, ${plural(summary.days, 'day')} up to the latest message;`;
    return `<p class="about">${days} ${words.api}, ${run}; times in ${escape(zone)}.</p>`;
}

function notes(summary) {
    const lines = [`Messages that have been deleted since are counted where it is about when and by whom they were written: ${digits(summary.messages_gone)} of ${digits(summary.messages_ever)}.`];
    if (summary.messages_undated) lines.push(`Without a date, or dated later than the archive, and so in no chart of days: ${plural(summary.messages_undated, 'message')}.`);
    if (summary.error) lines.push(`The archive’s last run said: ${escape(summary.error)}`);
    lines.push('Made by examples/report.sh of sqlite-chat from an archive of examples/archive.sh; the queries are in sql/report.');
    return `<footer>${lines.map((line) => `<p>${line}</p>`).join('')}</footer>`;
}

export function page(data, charts, family) {
    const summary = data.summary[0];
    const words = family === 'conversations'
        ? { api: 'Conversations', channel: 'conversation', channels: 'conversations', Channel: 'Conversation', Channels: 'Conversations', outside: true }
        : { api: 'Programmable Chat', channel: 'channel', channels: 'channels', Channel: 'Channel', Channels: 'Channels', outside: false };
    const of = summary.services === 1 ? name(summary.service) : summary.services === 0 ? 'no service' : `${digits(summary.services)} services`;
    const title = summary.services === 1 ? text.label(summary.service, 60).slice(1, -1) : summary.services === 0 ? 'no service' : `${summary.services} services`;
    const written = summary.first === null ? card('nothing', 'No messages yet', '', '<p class="says">The archive holds none.</p>', true) : [
        byDay(data.by_day, charts), byHour(data.by_hour, charts, zoneName(summary.zone)), responses(data.response_times, summary, charts),
        channels(data.busiest_channels, summary, charts, words), authors(data.busiest_authors, summary, charts, words)].join('\n');
    return `<!doctype html>
<!-- sqlite-chat report -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Messages of ${escape(title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
<header>
<h1>Messages of ${of}</h1>
${about(summary, words)}
</header>
${tiles(summary, data, words)}
<div class="cards">
${written}
${reading(data, summary, charts, words)}
${data.growth.length ? growth(data.growth, charts, words) : ''}
${limits(data.near_limits, charts)}
${undelivered(data, summary, charts, words)}
</div>
${notes(summary)}
</main>
</body>
</html>
`;
}
