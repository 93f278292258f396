// The charts of the report: rows in, SVG out, as text. Each is drawn twice, wide and narrow (for phones), since letters
// that shrink with the drawing could not be read; style.css shows one of them.
//
// Colours are variables of style.css, or the colour of the text around, so that one drawing serves light, dark and paper.
// The shapes have titles, which browsers show under the pointer. To a screen reader a chart is one image with a name:
// the numbers are in the table after it.
import { label, digits, utc, weekdays, weekday, period, percent } from './text.mjs';

const font = { fontSize: '12px' };
const letter = 6.6; // pixels a character takes, about

export function makeCharts(Plot, document) {
    function one(options, width, side, name) {
        const svg = Plot.plot({ document, width, style: font, ...options, marks: options.marks.filter(Boolean) });
        svg.querySelectorAll('style').forEach((style) => style.remove());
        svg.querySelectorAll('[aria-label],[aria-hidden]').forEach((part) => {
            part.removeAttribute('aria-label');
            part.removeAttribute('aria-hidden');
        });
        for (const [attribute, value] of Object.entries({ class: side, role: 'img', 'aria-label': name })) {
            svg.setAttribute(attribute, value);
        }
        svg.removeAttribute('width');
        svg.removeAttribute('height');
        return svg.outerHTML;
    }

    // draw(width) gives Plot's options.
    const both = (draw, wide, name) => one(draw(wide), wide, 'wide', name) + one(draw(316), 316, 'narrow', name);

    // Bars with their names above them, so that a long one has room on a phone. Rows: {name, value, says, color}.
    function bars(rows, { name, wide = 460, most = Math.max(...rows.map((row) => row.value)), track = false }) {
        return both((width) => {
            const place = rows.map((row, index) => ({ ...row, index }));
            const room = (row) => Math.floor((width - row.says.length * letter - 12) / letter);
            return {
                height: rows.length * 34 + 4,
                marginLeft: 0, marginRight: 0, marginTop: 0, marginBottom: 4,
                x: { domain: [0, most || 1], axis: null },
                y: { domain: place.map((row) => row.index), axis: null, padding: 0 },
                marks: [
                    track && Plot.barX(place, { x: () => most, y: 'index', insetTop: 20, insetBottom: 4, rx: 3, fill: 'var(--track)' }),
                    Plot.barX(place, {
                        x: (row) => Math.min(row.value, most), y: 'index', insetTop: 20, insetBottom: 4, rx: 3,
                        fill: (row) => row.color ?? 'var(--accent)', title: (row) => `${label(row.name, 200)}: ${row.says}`,
                    }),
                    Plot.text(place, { frameAnchor: 'left', y: 'index', dy: -7, textAnchor: 'start', text: (row) => label(row.name, room(row)) }),
                    Plot.text(place, {
                        frameAnchor: 'right', y: 'index', dy: -7, textAnchor: 'end', text: 'says', fill: 'var(--muted)',
                        fontVariant: 'tabular-nums',
                    }),
                ],
                color: { type: 'identity' },
            };
        }, wide, name);
    }

    // One bar in parts, with no letters in it: what each is stands beside it. Rows: {name, value, color}.
    function parts(rows, { name, wide = 460 }) {
        const all = rows.reduce((sum, row) => sum + row.value, 0);
        return both(() => ({
            height: 30, marginLeft: 0, marginRight: 0, marginTop: 2, marginBottom: 2,
            x: { domain: [0, all || 1], axis: null },
            marks: [Plot.barX(rows, Plot.stackX({
                x: 'value', fill: 'color', order: null, insetRight: 1, rx: 2,
                title: (row) => `${row.name}: ${digits(row.value)}, ${percent(row.value, all)}`,
            }))],
            color: { type: 'identity' },
        }), wide, name);
    }

    const grid = (ticks) => [
        Plot.gridY({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.axisY({ ticks, tickSize: 0, label: null, fill: 'var(--muted)', tickFormat: (d) => (Number.isInteger(d) ? digits(d) : '') }),
    ];

    function days(rows, { name }) {
        const data = rows.map((row) => ({ ...row, at: utc(row.day) }));
        return both((width) => ({
            height: width > 400 ? 240 : 180, marginLeft: 44, marginRight: 4, marginTop: 12, marginBottom: 26,
            x: { type: 'utc', domain: [data[0].at, new Date(data[data.length - 1].at.getTime() + 86400000)], label: null },
            y: { domain: [0, Math.max(1, ...rows.map((row) => row.messages))], nice: true, label: null },
            marks: [
                ...grid(4),
                Plot.axisX({ ticks: width > 400 ? 10 : 4, tickSize: 4, fill: 'var(--muted)', stroke: 'var(--line)' }),
                Plot.rectY(data, {
                    x: 'at', interval: 'day', y: 'messages', fill: 'var(--accent)', fillOpacity: 0.6, insetLeft: width / rows.length > 5 ? 1 : 0.2,
                    insetRight: width / rows.length > 5 ? 1 : 0.2, rx: 1,
                    title: (row) => `${weekday(row.day)}: ${digits(row.messages)}`,
                }),
                rows.length > 13 && Plot.lineY(data, Plot.windowY({ k: 7, strict: true }, {
                    x: (row) => new Date(row.at.getTime() + 43200000), y: 'messages', stroke: 'var(--strong)', strokeWidth: 2,
                })),
                Plot.ruleY([0], { stroke: 'var(--muted)' }),
            ],
        }), 900, name);
    }

    function hours(rows, { name }) {
        const most = Math.max(1, ...rows.map((row) => row.messages));
        return both((width) => ({
            height: width > 400 ? 280 : 176, marginLeft: 34, marginRight: 2, marginTop: 4, marginBottom: 22, padding: 0.08,
            x: { type: 'band', domain: [...Array(24).keys()] },
            y: { type: 'band', domain: [1, 2, 3, 4, 5, 6, 7] },
            opacity: { type: 'linear', domain: [0, most], range: [0.12, 1] },
            marks: [
                Plot.axisX({ ticks: [0, 6, 12, 18, 23], tickSize: 0, label: null, fill: 'var(--muted)', tickFormat: (d) => `${d}` }),
                Plot.axisY({ tickSize: 0, label: null, fill: 'var(--muted)', tickFormat: (d) => weekdays[d - 1].slice(0, 3) }),
                Plot.cell(rows.filter((row) => !row.messages), { x: 'hour', y: 'weekday', fill: 'var(--track)', rx: 2 }),
                Plot.cell(rows.filter((row) => row.messages), {
                    x: 'hour', y: 'weekday', fill: 'var(--accent)', fillOpacity: 'messages', rx: 2,
                    title: (row) => `${weekdays[row.weekday - 1]}, ${row.hour} to ${row.hour + 1}: ${digits(row.messages)}`,
                }),
            ],
        }), 460, name);
    }

    // By months, quarters or years. Bars, or the area under what there has been so far.
    function periods(rows, { name, value, area = false }) {
        const months = rows[0].months;
        const after = (day) => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1));
        const data = rows.map((row) => ({ ...row, from: utc(row.period), to: after(row.period) }));
        return both((width) => ({
            height: 160, marginLeft: 44, marginRight: 8, marginTop: 12, marginBottom: 26,
            x: { type: 'utc', domain: [data[0].from, data[data.length - 1].to], label: null },
            y: { domain: [0, Math.max(1, ...rows.map((row) => row[value]))], nice: true, label: null },
            marks: [
                ...grid(3),
                Plot.axisX({ ticks: data.length > 2 ? 4 : 2, tickSize: 4, fill: 'var(--muted)', stroke: 'var(--line)' }),
                area && Plot.areaY(data, { x: 'to', y: value, fill: 'var(--accent)', fillOpacity: 0.18, curve: 'linear' }),
                area && Plot.lineY(data, { x: 'to', y: value, stroke: 'var(--accent)', strokeWidth: 2, curve: 'linear' }),
                Plot.rectY(data, {
                    x1: 'from', x2: 'to', y: value, fill: area ? 'transparent' : 'var(--accent)', inset: area ? 0 : 0.5, rx: area ? 0 : 1,
                    title: (row) => `${period(row.period, months)}: ${digits(row[value])}`,
                }),
                Plot.ruleY([0], { stroke: 'var(--muted)' }),
            ],
        }), 320, name);
    }

    return { bars, parts, days, hours, periods };
}
