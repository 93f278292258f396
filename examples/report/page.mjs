// The report as a page: one HTML file without a script, that asks for nothing from anywhere. What is in it is what
// sql/report gives; nothing is counted here but shares, sums of what is shown, and which is the largest.
import { readFileSync } from 'node:fs';
import { label, escape, name, count, digits, plural, percent, duration, date } from './text.mjs';
import { sum, card } from './html.mjs';
import { byDay, byHour, responses, busiestChannels, busiestAuthors, growth } from './activity.mjs';
import { reading, limits, receipts } from './state.mjs';

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');

const words = {
    chat: {
        api: 'Programmable Chat', channel: 'channel', channels: 'channels', Channel: 'Channel', Channels: 'Channels',
        outside: false,
    },
    conversations: {
        api: 'Conversations', channel: 'conversation', channels: 'conversations', Channel: 'Conversation',
        Channels: 'Conversations', outside: true,
    },
};

function zoneName(zone) {
    if (zone === '+00:00') return 'UTC';
    return zone === 'localtime' ? Intl.DateTimeFormat().resolvedOptions().timeZone : `UTC${zone}`;
}

const time = (text) => escape(text.replace('T', ' ').replace('Z', ' UTC'));

// --- the head --------------------------------------------------------------------------------------------------------

function about(summary, api) {
    const run = summary.ended_at ? `as of ${time(summary.ended_at)}`
        : `as far as a run that was begun at ${time(summary.started_at)} has come`;
    const days = summary.first === null ? '' : `<b>${date(summary.first)} to ${date(summary.last)}</b>, `
        + `${plural(summary.days, 'day')} up to the latest message; `;
    return `<p class="about">${days}${api}, ${run}; times in ${escape(zoneName(summary.zone))}.</p>`;
}

function tile(id, title, value, note) {
    return `<div class="tile"><dt>${title}</dt><dd class="number" id="${id}">${value}</dd>`
        + `<dd class="note">${note}</dd></div>`;
}

function change(now, before) {
    if (!before) return 'none in the time before';
    const part = Math.round(100 * (now - before) / before);
    if (part === 0) return 'as in the time before';
    return `${digits(Math.abs(part))} % ${part > 0 ? 'more' : 'fewer'} than in the time before`;
}

function waits(summary) {
    if (!summary.answers) return ['–', 'no answers'];
    return [`<data value="${summary.seconds_middle}">${duration(summary.seconds_middle)}</data>`,
        `nine of ten within ${duration(summary.seconds_nine_of_ten)}`];
}

function readers(rows) {
    const people = sum(rows, 'people');
    if (!people) return ['–', 'nobody has anything to read'];
    const all = rows.find((row) => row.state === 'has read all').people;
    return [`<data value="${all}">${percent(all, people)}</data>`, `of ${plural(people, 'person', 'people')}`];
}

function tiles(summary, data, say) {
    const made = [
        tile('messages', 'Messages', count(summary.messages), change(summary.messages, summary.messages_before)),
        tile('people', 'People who wrote', count(summary.people), `in ${plural(summary.channels, say.channel)}`),
        tile('channels', say.Channels, count(summary.channels_there), plural(summary.users_there, 'user')),
        tile('answer', 'Median wait for answers', ...waits(summary)),
        tile('readers', 'Have read all', ...readers(data.who_reads)),
    ];
    if (say.outside) {
        const share = percent(summary.undelivered, summary.receipts);
        const note = summary.receipts ? `${share} of ${plural(summary.receipts, 'receipt')}` : 'no receipts';
        made.push(tile('undelivered', 'Not delivered', count(summary.undelivered), note));
    }
    return `<dl class="tiles">\n${made.join('\n')}\n</dl>`;
}

// --- the whole -------------------------------------------------------------------------------------------------------

function notes(summary) {
    const lines = ['Messages that have been deleted since are counted where it is about when and by whom they were '
        + `written: ${digits(summary.messages_gone)} of ${digits(summary.messages_ever)}.`];
    if (summary.messages_undated) {
        lines.push('Without a date, or dated later than the archive, and so in no chart of days: '
            + `${plural(summary.messages_undated, 'message')}.`);
    }
    if (summary.error) lines.push(`The archive’s last run said: ${escape(summary.error)}`);
    lines.push('Made by examples/report.sh of sqlite-chat; what is counted, and how, is in its sql/report.');
    return `<footer>${lines.map((line) => `<p>${line}</p>`).join('')}</footer>`;
}

function written(data, summary, charts, say) {
    if (summary.first === null) return card('nothing', 'No messages yet', 'The archive holds none.', '', 'across');
    return [
        byDay(data.by_day, charts),
        byHour(data.by_hour, charts, zoneName(summary.zone)),
        responses(data.response_times, summary, charts),
        busiestChannels(data.busiest_channels, summary, charts, say),
        busiestAuthors(data.busiest_authors, summary, charts, say),
    ].join('\n');
}

// data: the rows of each query of sql/report by its name; family: chat or conversations.
export function page(data, charts, family) {
    const summary = data.summary[0];
    const say = words[family];
    const services = summary.services === 0 ? 'no service' : plural(summary.services, 'service');
    const one = summary.services === 1;
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
<title>Messages of ${one ? escape(label(summary.service, 500)) : services}</title>
<style>
${style}</style>
</head>
<body>
<main>
<header>
<h1>Messages of ${one ? name(summary.service) : services}</h1>
${about(summary, say.api)}
</header>
${tiles(summary, data, say)}
<div class="cards">
${written(data, summary, charts, say)}
${reading(data, summary, charts, say)}
${growth(data.growth, charts, say)}
${limits(data.near_limits, charts)}
${receipts(data, summary, charts, say)}
</div>
${notes(summary)}
</main>
</body>
</html>
`;
}
