// The sections of the report that tell what has been written: when, where, by whom, how soon it was answered; growth.
import { utc, weekdays, weekday, shortDate, period, escape, name, count, digits, percent, duration } from './text.mjs';
import { largest, sum, table, figure, card, part } from './html.mjs';

// The days as a calendar: a row a week, from Monday on.
function weeks(rows) {
    const made = new Map();
    for (const row of rows) {
        const at = utc(row.day);
        const place = (at.getUTCDay() + 6) % 7;
        const monday = new Date(at.getTime() - place * 86400000).toISOString().slice(0, 10);
        if (!made.has(monday)) made.set(monday, { monday, days: Array(7).fill(null), messages: 0 });
        made.get(monday).days[place] = row;
        made.get(monday).messages += row.messages;
    }
    return [...made.values()];
}

export function byDay(rows, charts) {
    const title = 'Messages on each day';
    const most = largest(rows, 'messages');
    const years = rows[0].day.slice(0, 4) !== rows[rows.length - 1].day.slice(0, 4);
    const day = (place) => (week) => {
        const row = week.days[place];
        return row ? count(row.messages, row.day) : '';
    };
    const numbers = table(`${title}, by weeks`, [
        ['Week of', ({ monday }) => shortDate(monday) + (years ? ` ${monday.slice(0, 4)}` : '')],
        ...weekdays.map((name, place) => [name.slice(0, 3), day(place), 'n']),
        ['All', (week) => digits(week.messages), 'n'],
    ], weeks(rows), 'grid');
    const says = [
        `<b>${digits(Math.round(sum(rows, 'messages') / rows.length))}</b> on average;`,
        `most, <b>${digits(most.messages)}</b>, on ${weekday(most.day)}.`,
        rows.length > 13 ? 'The line is the mean of seven days.' : '',
    ];
    return card('by-day', 'Messages a day', says.join(' '),
        figure(charts.days(rows, { name: title }), numbers), 'across');
}

export function byHour(rows, charts, zone) {
    const title = 'Messages by hour and day of the week';
    const most = largest(rows, 'messages');
    const working = rows.filter((row) => row.weekday < 6 && row.hour >= 8 && row.hour < 18);
    const hours = [...Array(24).keys()].map((hour) => rows.filter((row) => row.hour === hour));
    const numbers = table(title, [
        ['Hour', (row) => `${row[0].hour} to ${row[0].hour + 1}`],
        ...weekdays.map((name, place) => [
            name.slice(0, 3), (row) => count(row[place].messages, `${place + 1} ${row[place].hour}`), 'n',
        ]),
    ], hours, 'grid');
    const says = [
        `Most on <b>${weekdays[most.weekday - 1]}s from ${most.hour} to ${most.hour + 1}</b>;`,
        `${percent(sum(working, 'messages'), sum(rows, 'messages'))} from Monday to Friday between 8 and 18`,
        `(${escape(zone)}).`,
    ];
    return card('by-hour', 'When they are written', says.join(' '),
        figure(charts.hours(rows, { name: title }), numbers));
}

export function responses(rows, summary, charts) {
    const heading = 'How long answers take';
    if (!summary.answers) return card('responses', heading, 'Nobody has answered anybody.', '');
    const title = 'Answers by how long they were waited for';
    const share = (row) => percent(row.answers, summary.answers);
    const numbers = table(title, [
        ['Waited', (row) => escape(row.name)],
        ['Answers', (row) => count(row.answers, row.name), 'n'],
        ['Share', share, 'n'],
    ], rows);
    const drawn = rows.map((row) => ({
        name: row.name, value: row.answers, says: `${digits(row.answers)} · ${share(row)}`,
    }));
    const says = [
        `Half came within <b>${duration(summary.seconds_middle)}</b>,`,
        `nine of ten within <b>${duration(summary.seconds_nine_of_ten)}</b>:`,
        'from one person’s message to the next one of somebody else.',
    ];
    return card('responses', heading, says.join(' '), figure(charts.bars(drawn, { name: title }), numbers));
}

const drawnFirst = 10; // of the rows in a table

// The first in a list of those with most messages.
function first(rows, summary, charts, title) {
    const drawn = rows.slice(0, drawnFirst);
    return {
        drawing: charts.bars(drawn.map((row) => ({
            name: row.name, value: row.messages, says: digits(row.messages),
        })), { name: title }),
        share: percent(sum(drawn, 'messages'), summary.messages),
        who: drawn.length === 1 ? 'The first' : `The first ${drawn.length}`,
    };
}

export function busiestChannels(rows, summary, charts, words) {
    const title = `Messages in the busiest ${words.channels}`;
    const { drawing, share, who } = first(rows, summary, charts, title);
    const wait = ({ seconds }) => (seconds === null ? '–' : `<data value="${seconds}">${duration(seconds)}</data>`);
    const numbers = table(title, [
        [words.Channel, (row) => name(row.name)],
        ...(summary.services > 1 ? [['Service', (row) => name(row.service ?? '')]] : []),
        ['Messages', (row) => count(row.messages, row.sid), 'n'],
        ['People', (row) => count(row.people), 'n'],
        ['Median wait', wait, 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], rows);
    return card('busiest-channels', `Busiest ${words.channels}`, `${who} have <b>${share}</b> of all messages.`,
        figure(drawing, numbers));
}

export function busiestAuthors(rows, summary, charts, words) {
    const title = 'Messages by who wrote most';
    const { drawing, share, who } = first(rows, summary, charts, title);
    const numbers = table(title, [
        ['Who', (row) => name(row.name)],
        ['Messages', (row) => count(row.messages, row.name), 'n'],
        [words.Channels, (row) => count(row.channels), 'n'],
        ['Latest', (row) => escape(row.latest), 'n'],
    ], rows);
    return card('busiest-authors', 'Who writes most', `${who} wrote <b>${share}</b> of all messages.`,
        figure(drawing, numbers));
}

export function growth(rows, charts, words) {
    if (!rows.length) return '';
    const months = rows[0].months;
    const unit = { 1: 'month', 3: 'quarter', 12: 'year' }[months];
    const last = rows[rows.length - 1];
    const numbers = table(`Growth by ${unit}`, [
        [unit[0].toUpperCase() + unit.slice(1), (row) => escape(period(row.period, months))],
        ['Messages', (row) => count(row.messages, row.period), 'n'],
        [`New ${words.channels}`, (row) => count(row.channels), 'n'],
        ['so far', (row) => count(row.channels_so_far), 'n'],
        ['New users', (row) => count(row.users), 'n'],
        ['so far', (row) => count(row.users_so_far), 'n'],
    ], rows);
    const drawn = [
        [`Messages each ${unit}`, { value: 'messages' }],
        [`${words.Channels} so far`, { value: 'channels_so_far', area: true }],
        ['Users so far', { value: 'users_so_far', area: true }],
    ].map(([title, options]) => part(title, charts.periods(rows, { name: title, ...options })));
    const says = [
        `Since ${escape(period(rows[0].period, months))}: <b>${digits(last.messages_so_far)}</b> messages,`,
        `<b>${digits(last.channels_so_far)}</b> ${words.channels}, <b>${digits(last.users_so_far)}</b> users.`,
        'What has been deleted since counts too.',
    ];
    return card('growth', 'Growth', says.join(' '),
        figure(`<div class="three">${drawn.join('')}</div>`, numbers), 'across');
}
