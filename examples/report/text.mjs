// How the report writes what it shows: names and numbers as HTML, or as labels of charts.

// A control character shows as its sign. Those that turn the direction of what follows would reach beyond a label in a
// chart, where nothing isolates it: they are left out there.
const visible = (text) => String(text).replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421');
const undirected = (text) => text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '');

export const escape = (text) => visible(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

// Somebody's name: in its own direction, whatever that is.
export const name = (text) => `<bdi>${escape(text)}</bdi>`;

// How wide a character is in letters of 12 pixels, in a wide font: there is none here to measure with.
function pixels(character) {
    if (/\p{M}/u.test(character)) return 0;
    if (/[ .,:;'|!ijlI()[\]/\\]/.test(character)) return 5;
    if (/[mwMW@%…+<>=~#&]/.test(character)) return 11.8;
    if (/\p{Lu}/u.test(character)) return 9.2;
    return character >= '\u1100' ? 13 : 7.8;
}

export const width = (text) => [...text].reduce((so, character) => so + pixels(character), 0);

// The same for a chart, no wider than so many pixels; isolated, so that a number beside it stays where it is.
export function label(text, most = Infinity) {
    const all = [...undirected(visible(text))];
    let end = 0;
    for (let wide = 0; end < all.length && (wide += pixels(all[end])) <= most; end += 1);
    while (end < all.length && end > 1 && width(all.slice(0, end).join('')) + pixels('…') > most) end -= 1;
    return `\u2068${all.slice(0, end).join('')}${end < all.length ? '…' : ''}\u2069`;
}

export const digits = (number) => new Intl.NumberFormat('en').format(number);

// With its value as a program reads it.
export const count = (number, key = '') =>
    `<data value="${escape(number)}"${key && ` data-key="${escape(key)}"`}>${digits(number)}</data>`;

export const plural = (number, one, many = `${one}s`) => `${digits(number)} ${number === 1 ? one : many}`;

export function percent(part, whole) {
    if (!whole || !part) return '0 %';
    const value = 100 * part / whole;
    return value < 1 ? 'below 1 %' : value > 99 && part < whole ? 'above 99 %' : `${Math.round(value)} %`;
}

export function duration(seconds) {
    if (seconds === null || seconds === undefined) return '–';
    const [minutes, hours, days] = [seconds / 60, seconds / 3600, seconds / 86400];
    if (seconds < 90) return `${seconds} s`;
    if (minutes < 90) return `${Math.round(minutes)} min`;
    if (hours < 10) return `${hours.toFixed(1)} h`;
    if (hours < 36) return `${Math.round(hours)} h`;
    return days < 10 ? `${days.toFixed(1)} days` : `${digits(Math.round(days))} days`;
}

// To a tenth; of what is there at all at least that.
export const kilobytes = (bytes) => digits(bytes && Math.max(0.1, Math.round(bytes / 102.4) / 10));

export const utc = (day) => new Date(`${day}T00:00:00Z`);

const written = (options) => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
    return (day) => format.format(utc(day));
};
export const date = written({ day: 'numeric', month: 'long', year: 'numeric' });
export const weekday = written({ weekday: 'long', day: 'numeric', month: 'long' });
export const shortDate = written({ day: 'numeric', month: 'short' });

// A month, a quarter or a year, by its first day.
export function period(day, months) {
    if (months === 12) return day.slice(0, 4);
    if (months === 3) return `${day.slice(0, 4)}, quarter ${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    return written({ month: 'long', year: 'numeric' })(day);
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
