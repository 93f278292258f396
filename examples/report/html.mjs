// The pieces of which the report's page is made.
import { escape } from './text.mjs';

export const largest = (rows, key) => rows.reduce((found, row) => (row[key] > found[key] ? row : found), rows[0]);
export const sum = (rows, key) => rows.reduce((so, row) => so + row[key], 0);

const classed = (type) => (type ? ` class="${type}"` : '');

function tableRow(columns, row) {
    const cells = columns.map(([, show, type], index) => {
        if (index === 0) return `<th scope="row">${show(row)}</th>`;
        return `<td${classed(type)}>${show(row)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
}

// The table behind a chart. Columns: [title, row => HTML, 'n' for numbers]; the first is what a row is about.
export function table(caption, columns, rows, type = '') {
    const heads = columns.map(([title, , kind]) => `<th scope="col"${classed(kind)}>${title}</th>`);
    return `<details><summary>The numbers</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${escape(caption)}"><table${classed(type)}>
<caption>${escape(caption)}</caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.map((row) => tableRow(columns, row)).join('\n')}
</tbody></table></div></details>`;
}

// A chart and its table; with a key between them, where colours mean something.
export const figure = (drawing, numbers, key = '') => `<figure>${drawing}${key}${numbers}</figure>`;

export function colours(rows) {
    const items = rows.map(({ color, name, value }) => {
        return `<li><i style="background:${color}"></i>${name} <b>${value}</b></li>`;
    });
    return `<ul class="key">${items.join('')}</ul>`;
}

// A section of the page. `says`: what is to be seen in it, a sentence or two.
export function card(id, title, says, body, across = '') {
    return `<section class="card ${across}" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="says">${says}</p>
${body}
</section>`;
}

export const part = (title, body) => `<div><h3>${title}</h3>${body}</div>`;
