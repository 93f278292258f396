// The charts of the report: rows in, SVG out, as text. Each is drawn twice, wide and narrow (for phones), since letters
// that shrink with the drawing could not be read; style.css shows one of them.
//
// Colours are variables of style.css, or the colour of the text around: one drawing serves light, dark and paper.
// The shapes have titles, which browsers show under the pointer. To a screen reader a chart is one image with a name:
// the numbers are in the table after it.
import { label, width as widthOf, digits, utc, weekdays, weekday, period, percent } from './text.mjs';

const narrow = 316;
const day = 86400000;

export function makeCharts(Plot, document) {
    function one(options, width, side, name) {
        const marks = options.marks.filter(Boolean);
        const svg = Plot.plot({ document, width, style: { fontSize: '12px' }, ...options, marks });
        svg.querySelectorAll('style').forEach((style) => style.remove());
        svg.querySelectorAll('[aria-label],[aria-hidden]').forEach((part) => {
            part.removeAttribute('aria-label');
            part.removeAttribute('aria-hidden');
        });
        svg.setAttribute('class', side);
        svg.setAttribute('role', 'img');
        svg.setAttribute('aria-label', name);
        svg.removeAttribute('width');
        svg.removeAttribute('height');
        return svg.outerHTML;
    }

    // draw(width) gives Plot's options.
    const both = (draw, wide, name) => one(draw(wide), wide, 'wide', name) + one(draw(narrow), narrow, 'narrow', name);

    // --- lists -------------------------------------------------------------------------------------------------------

    // Bars with their names above them, so that a long one has room on a phone. Rows: {name, value, says, color}; what
    // it says stands at the right. most: where the bars would end; track: shown as their ground.
    function bars(rows, { name, most = Math.max(...rows.map((row) => row.value)), track = false }) {
        const place = rows.map((row, index) => ({ ...row, index }));
        const bar = { y: 'index', insetTop: 20, insetBottom: 4, rx: 3 };
        const line = { y: 'index', dy: -7 };
        return both((width) => {
            const room = (row) => width - widthOf(row.says) - 10;
            return {
                height: rows.length * 34 + 4,
                marginLeft: 0, marginRight: 0, marginTop: 0, marginBottom: 4,
                x: { domain: [0, most || 1], axis: null },
                y: { domain: place.map((row) => row.index), axis: null, padding: 0 },
                color: { type: 'identity' },
                marks: [
                    track && Plot.barX(place, { ...bar, x: () => most, fill: 'var(--track)' }),
                    Plot.barX(place, {
                        ...bar, x: (row) => Math.min(row.value, most), fill: (row) => row.color ?? 'var(--accent)',
                        title: (row) => `${label(row.name)}: ${row.says}`,
                    }),
                    Plot.text(place, {
                        ...line, frameAnchor: 'left', textAnchor: 'start', text: (row) => label(row.name, room(row)),
                    }),
                    Plot.text(place, {
                        ...line, frameAnchor: 'right', textAnchor: 'end', text: 'says', fill: 'var(--muted)',
                        fontVariant: 'tabular-nums',
                    }),
                ],
            };
        }, 460, name);
    }

    // One bar in parts, with no letters in it: what each is stands beside it. Rows: {name, value, color}.
    function parts(rows, { name }) {
        const all = rows.reduce((sum, row) => sum + row.value, 0);
        return both(() => ({
            height: 30, marginLeft: 0, marginRight: 0, marginTop: 2, marginBottom: 2,
            x: { domain: [0, all || 1], axis: null },
            color: { type: 'identity' },
            marks: [Plot.barX(rows, Plot.stackX({
                x: 'value', fill: 'color', order: null, insetRight: 1, rx: 2,
                title: (row) => `${row.name}: ${digits(row.value)}, ${percent(row.value, all)}`,
            }))],
        }), 460, name);
    }

    // --- time --------------------------------------------------------------------------------------------------------

    const whole = (number) => (Number.isInteger(number) ? digits(number) : '');
    const axisY = (ticks) => [
        Plot.gridY({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.axisY({ ticks, tickSize: 0, label: null, fill: 'var(--muted)', tickFormat: whole }),
    ];
    const axisX = (ticks) => Plot.axisX({ ticks, tickSize: 4, fill: 'var(--muted)', stroke: 'var(--line)' });
    const ground = () => Plot.ruleY([0], { stroke: 'var(--muted)' });
    const upTo = (most) => ({ domain: [0, Math.max(1, most)], nice: true, label: null });
    const between = (first, last) => ({ type: 'utc', domain: [first, last], label: null });

    // Bars for days, and the mean of seven. Rows: of sql/report/by_day.sql.
    function days(rows, { name }) {
        const noon = (row) => new Date(utc(row.day).getTime() + day / 2);
        const data = rows.map((row) => ({ ...row, at: utc(row.day), noon: noon(row) }));
        const end = new Date(data[data.length - 1].at.getTime() + day);
        return both((width) => {
            const inset = width / rows.length > 5 ? 1 : 0.2;
            return {
                height: width > narrow ? 240 : 180, marginLeft: 44, marginRight: 4, marginTop: 12, marginBottom: 26,
                x: between(data[0].at, end),
                y: upTo(Math.max(...rows.map((row) => row.messages))),
                marks: [
                    ...axisY(4),
                    axisX(width > narrow ? 10 : 4),
                    Plot.rectY(data, {
                        x: 'at', interval: 'day', y: 'messages', fill: 'var(--accent)', fillOpacity: 0.6,
                        insetLeft: inset, insetRight: inset, rx: 1,
                        title: (row) => `${weekday(row.day)}: ${digits(row.messages)}`,
                    }),
                    rows.length > 13 && Plot.lineY(data, Plot.windowY({ k: 7, strict: true }, {
                        x: 'noon', y: 'messages', stroke: 'var(--strong)', strokeWidth: 2,
                    })),
                    ground(),
                ],
            };
        }, 900, name);
    }

    // The week: the more, the fuller. Rows: of sql/report/by_hour.sql.
    function hours(rows, { name }) {
        const most = Math.max(1, ...rows.map((row) => row.messages));
        const cell = { x: 'hour', y: 'weekday', rx: 2 };
        const axis = { tickSize: 0, label: null, fill: 'var(--muted)' };
        return both((width) => ({
            height: width > narrow ? 280 : 176, padding: 0.08,
            marginLeft: 34, marginRight: 2, marginTop: 4, marginBottom: 22,
            x: { type: 'band', domain: [...Array(24).keys()] },
            y: { type: 'band', domain: [1, 2, 3, 4, 5, 6, 7] },
            opacity: { type: 'linear', domain: [0, most], range: [0.12, 1] },
            marks: [
                Plot.axisX({ ...axis, ticks: [0, 6, 12, 18, 23], tickFormat: String }),
                Plot.axisY({ ...axis, tickFormat: (number) => weekdays[number - 1].slice(0, 3) }),
                Plot.cell(rows.filter((row) => !row.messages), { ...cell, fill: 'var(--track)' }),
                Plot.cell(rows.filter((row) => row.messages), {
                    ...cell, fill: 'var(--accent)', fillOpacity: 'messages',
                    title: ({ weekday: number, hour, messages }) =>
                        `${weekdays[number - 1]}, ${hour} to ${hour + 1}: ${digits(messages)}`,
                }),
            ],
        }), 460, name);
    }

    // By months, quarters or years: bars, or, as an area, what there has been so far. Rows: of sql/report/growth.sql.
    function periods(rows, { name, value, area = false }) {
        const months = rows[0].months;
        const after = (text) => new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1 + months, 1));
        const data = rows.map((row) => ({ ...row, begin: utc(row.period), end: after(row.period) }));
        const shape = area ? { fill: 'transparent' } : { fill: 'var(--accent)', inset: 0.5, rx: 1 };
        return both(() => ({
            height: 160, marginLeft: 44, marginRight: 8, marginTop: 12, marginBottom: 26,
            x: between(data[0].begin, data[data.length - 1].end),
            y: upTo(Math.max(...rows.map((row) => row[value]))),
            marks: [
                ...axisY(3),
                axisX(data.length > 2 ? 4 : 2),
                area && Plot.areaY(data, { x: 'end', y: value, fill: 'var(--accent)', fillOpacity: 0.18 }),
                area && Plot.lineY(data, { x: 'end', y: value, stroke: 'var(--accent)', strokeWidth: 2 }),
                Plot.rectY(data, {
                    x1: 'begin', x2: 'end', y: value, ...shape,
                    title: (row) => `${period(row.period, months)}: ${digits(row[value])}`,
                }),
                ground(),
            ],
        }), 320, name);
    }

    return { bars, parts, days, hours, periods };
}
