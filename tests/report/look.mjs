// Opens a report in Chromium as people see it, and prints what is wrong with it, a line each.
//
//   node tests/report/look.mjs CHROMIUM PAGE.html [--forms light,phone] [--values FILE] [--shots FOLDER] [--into FILE]
//       [--and PAGE.html ...]
//
// --and: another page, in the same browser, which takes longer to start than to show one. --into: what is wrong goes there.
//
// In light and dark, wide and on a phone, on paper: what the console says; what is asked of a network; a page wider
// than the screen; text that cannot be seen, or is too pale for its ground; a script that ran; what has no name for who
// does not see. --forms chooses of these: light, dark, phone, phone-dark, paper, paper-of-dark. --values writes the
// numbers in the page, "SECTION KEY VALUE" a line, as the tables have them (text shown against value: a difference is printed).
// --shots leaves a picture of each form there, and paper.pdf.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';

const [program, ...rest] = process.argv.slice(2);
const pages = [[]];
for (const word of rest) {
    if (word === '--and') pages.push([]);
    else pages.at(-1).push(word);
}

const every = [
    { name: 'light', width: 1280, media: 'screen', scheme: 'light' },
    { name: 'dark', width: 1280, media: 'screen', scheme: 'dark' },
    { name: 'phone', width: 360, media: 'screen', scheme: 'light', phone: true },
    { name: 'phone-dark', width: 360, media: 'screen', scheme: 'dark', phone: true },
    { name: 'paper', width: 700, media: 'print', scheme: 'light' },
    { name: 'paper-of-dark', width: 700, media: 'print', scheme: 'dark' },
];

// Runs in the page. Everything with text of its own must be seen, but what is folded (on the screen), and the drawing
// for the other width; and contrast as WCAG counts it: 4.5 for text.
const inspect = String(function inspect(paper) {
    const found = [];
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((so, c, i) => so + c * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = rgba(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
        }
        return paper ? [255, 255, 255, 255] : rgba(getComputedStyle(document.documentElement).colorScheme.includes('dark')
            && matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff');
    };
    for (const element of document.body.querySelectorAll('*')) {
        const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
        if (!text || element.tagName === 'title' || element.tagName === 'STYLE') continue;
        const drawing = element.closest('svg');
        if (drawing && getComputedStyle(drawing).display === 'none') {
            const other = drawing.classList.contains('wide') ? '.narrow' : '.wide';
            const twin = [...drawing.parentElement.children].some((one) => one.matches(`svg${other}`) && getComputedStyle(one).display !== 'none');
            if (!twin) found.push(`neither drawing is shown: ${text}`);
            continue;
        }
        const folded = element.closest('details:not([open])');
        if (folded && !element.closest('summary') && !paper) continue;
        const box = element.getBoundingClientRect();
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
            || box.width < 1 || box.height < 1) {
            found.push(`not seen: ${text}`);
            continue;
        }
        const style = getComputedStyle(element);
        const color = rgba(drawing ? style.fill : style.color);
        const [a, b] = [light(color), light(ground(element))].sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        if (color[3] < 255 || contrast < 4.5) found.push(`pale (${contrast.toFixed(2)}): ${text}`);
        if (drawing && parseFloat(style.fontSize) * box.height && drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width < (paper ? 0.65 : 0.8)) {
            found.push(`small letters: ${text}`);
        }
    }
    for (const drawing of document.querySelectorAll('svg')) {
        const frame = drawing.getBoundingClientRect();
        const texts = [...drawing.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()]).filter(([, box]) => box.width);
        for (const [text, box] of texts) {
            if (box.right > frame.right + 8 || box.left < frame.left - 8) found.push(`out of its drawing: ${text.textContent}`);
            const under = texts.find(([other, at]) => other !== text && at.left < box.right - 1 && at.right > box.left + 1
                && at.top < box.bottom - 4 && at.bottom > box.top + 4);
            if (under) found.push(`letters over letters: ${text.textContent} and ${under[0].textContent}`);
        }
    }
    // Not innerWidth: a phone zooms out of what is too wide.
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
        const wide = [...document.body.querySelectorAll('*')].find((one) => !one.closest('.scroll')
            && one.getBoundingClientRect().right > clientWidth + 0.5);
        found.push(`${scrollWidth} pixels wide, of ${clientWidth}: ${wide?.outerHTML.slice(0, 80)}`);
    }
    if (window.hacked) found.push('a script ran');
    return found;
});

const values = String(function values() {
    const lines = [];
    for (const item of document.querySelectorAll('main data')) {
        const section = item.closest('section')?.id ?? 'tiles';
        const key = item.dataset.key ?? (section === 'tiles' ? item.parentElement.id : null);
        // Keys with a sign for a control character have another one in the file: those are left out on both sides.
        if (key !== null && !/[\u2400-\u2421]/.test(key)) lines.push(`${section}\t${key}\t${item.value}`);
        const shown = item.textContent.replaceAll(',', '');
        if (/^[0-9]+$/.test(shown) && shown !== item.value) lines.push(`shown otherwise: ${item.outerHTML}`);
    }
    return lines;
});

// What the page is made of: elements and attributes that the report writes, and no other, whatever the names in it are.
const made = String(function made() {
    const tags = new Set(`main header h1 h2 h3 p b bdi dl dt dd div section figure figcaption ul li i details summary table caption thead tbody
        tr th td data footer a svg g path rect line text title tspan`.split(/\s+/));
    const attributes = new Set(`id class aria-labelledby aria-label role tabindex scope value data-key viewBox text-anchor font-size
        font-family font-variant fill fill-opacity stroke stroke-width stroke-opacity stroke-linejoin stroke-linecap
        stroke-miterlimit transform d x y x1 x2 y1 y2 dx dy width height rx ry`.split(/\s+/));
    const found = [];
    for (const element of document.body.querySelectorAll('*')) {
        if (!tags.has(element.tagName.toLowerCase())) found.push(`an element of its own: ${element.outerHTML.slice(0, 100)}`);
        for (const { name, value } of element.attributes) {
            const known = attributes.has(name) || name === 'style' && /^(background:var\(--[a-z]+\)|font-size:12px)$/.test(value)
                || element.tagName === 'A' && (name === 'rel' || name === 'href' && /^https:\/\/www\.twilio\.com\/docs\/api\/errors\/[0-9]+$/.test(value));
            if (!known) found.push(`an attribute of its own: ${name}="${value.slice(0, 100)}"`);
        }
    }
    return found;
});

// Names for what a screen reader tells of.
const named = String(function named() {
    const found = [];
    for (const drawing of document.querySelectorAll('svg')) {
        if (!drawing.getAttribute('aria-label') || drawing.getAttribute('role') !== 'img') found.push('a drawing without a name');
        if (!drawing.closest('figure')?.querySelector('table')) found.push(`no table for ${drawing.getAttribute('aria-label')}`);
    }
    for (const table of document.querySelectorAll('table')) {
        if (!table.caption?.textContent || table.querySelectorAll('th[scope=col]').length < 2) found.push('a table without a caption or heads');
    }
    for (const section of document.querySelectorAll('section')) {
        if (!section.querySelector('h2')) found.push('a section without a title');
    }
    if (document.querySelectorAll('h1').length !== 1 || !document.title || !document.documentElement.lang) found.push('no title, or no language');
    return found;
});

async function look(browser, [file, ...rest]) {
    const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : null);
    const forms = every.filter(({ name }) => !option('--forms') || option('--forms').split(',').includes(name));
    const said = [];
    const say = (line) => said.push(`${line}\n`);
    for (const form of forms) {
        const page = await browser.open();
        const url = pathToFileURL(resolve(file)).href;
        page.on('Runtime.consoleAPICalled', (event) => say(`console: ${event.args.map((arg) => arg.value).join(' ')}`));
        page.on('Runtime.exceptionThrown', (event) => say(`exception: ${event.exceptionDetails.text}`));
        page.on('Log.entryAdded', (event) => say(`log: ${event.entry.text}`));
        page.on('Page.javascriptDialogOpening', (event) => {
            say(`dialog: ${event.message}`);
            page.send('Page.handleJavaScriptDialog', { accept: true }).catch(() => {});
        });
        page.on('Network.requestWillBeSent', ({ request }) => {
            if (request.url !== url && !request.url.startsWith('data:')) say(`request: ${request.url}`);
        });
        await page.send('Emulation.setDeviceMetricsOverride',
            { width: form.width, height: 800, deviceScaleFactor: form.phone ? 2 : 1, mobile: Boolean(form.phone) });
        await page.send('Emulation.setEmulatedMedia',
            { media: form.media, features: [{ name: 'prefers-color-scheme', value: form.scheme }] });
        await page.go(url);
        for (const line of await page.run(`(${inspect})(${form.media === 'print'})`)) say(`${form.name}: ${line}`);
        if (form.name === 'light') {
            for (const line of await page.run(`(${made})().concat((${named})())`)) say(line);
            if (option('--values')) writeFileSync(option('--values'), (await page.run(`(${values})()`)).map((line) => `${line}\n`).join(''));
        }
        if (form.phone) {
            // Unfolded, nothing is wider either: tables move in a frame of their own.
            await page.run("document.querySelectorAll('details').forEach((one) => { one.open = true; }); 0");
            for (const line of await page.run(`(${inspect})(false)`)) say(`${form.name}, unfolded: ${line}`);
            await page.run("document.querySelectorAll('details').forEach((one) => { one.open = false; }); 0");
        }
        if (option('--shots')) {
            const picture = await page.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
            writeFileSync(`${option('--shots')}/${form.name}.png`, Buffer.from(picture.data, 'base64'));
            if (form.name === 'paper-of-dark') {
                const paper = await page.send('Page.printToPDF', { preferCSSPageSize: true, paperWidth: 8.27, paperHeight: 11.69 });
                writeFileSync(`${option('--shots')}/paper.pdf`, Buffer.from(paper.data, 'base64'));
            }
        }
        await page.send('Page.close');
    }
    if (option('--into')) writeFileSync(option('--into'), said.join(''));
    else process.stdout.write(said.join(''));
}

const browser = await launch(program);
try {
    for (const page of pages) await look(browser, page);
} finally {
    await browser.close();
}
