/*
 * Whether the comparison of the catalogue with the specs (tests/unit/test_catalog_*) notices each thing that could
 * differ: every place of the specs, one after the other, is made other than it is, and one of the programs must fail.
 * A thing missing in the specs stands for one too many in the catalogue, and one added to them for one missing there. TAP.
 *
 *   catalog_test.js N PROGRAM...     only every Nth place
 */
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const specs = require('./specs.js');

const [every, ...programs] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spec-'));

function save(version, spec) {
    fs.writeFileSync(path.join(folder, specs.fileOf(version)), JSON.stringify(spec));
}

/* Whether one of the programs finds a fault, and does not crash over it. */
function isNoticed() {
    return programs.some((program) => {
        const env = { ...process.env, CHAT_SPECS: folder };
        const { status, stdout } = spawnSync(program, [], { env, encoding: 'utf8' });
        return status !== null && /^not ok/m.test(stdout);
    });
}

/* --- the places --------------------------------------------------------------------------------------------------- */

/* Each place gives {what, change}: change makes it other in a spec. */

function other(type) {
    return type === 'integer' ? 'boolean' : 'integer';
}

/* Properties of a form or an object; at: finds the schema in a spec. */
function* ofProperties(name, at, schema, isForm) {
    yield { what: `${name}: one more`, change: (spec) => { at(spec).properties.Colour = { type: 'string' }; } };
    for (const property of Object.keys(schema.properties)) {
        const what = `${name}.${property}`;
        yield { what: `${what}: gone`, change: (spec) => { delete at(spec).properties[property]; } };
        yield { what: `${what}: of another type`, change: (spec) => {
            at(spec).properties[property] = { type: other(at(spec).properties[property].type) };
        } };
        if (isForm) {
            yield { what: `${what}: required or not`, change: (spec) => {
                const required = new Set(at(spec).required ?? []);
                at(spec).required = required.delete(property) ? [...required] : [...required, property];
            } };
        }
    }
}

function* ofParameters(name, at, operation) {
    for (const [i, { name: parameter, in: place, schema }] of (operation.parameters ?? []).entries()) {
        const what = `${name}: ${place} ${parameter}`;
        if (place !== 'path' && parameter !== 'Page' && parameter !== 'PageToken') {
            yield { what: `${what}: gone`, change: (spec) => { at(spec).parameters.splice(i, 1); } };
        }
        if (schema.maximum) {
            yield { what: `${what}: another maximum`, change: (spec) => { at(spec).parameters[i].schema.maximum++; } };
        }
        if (schema.pattern) {
            yield { what: `${what}: another prefix`, change: (spec) => {
                at(spec).parameters[i].schema.pattern = '^XX[0-9a-fA-F]{32}$';
            } };
        }
    }
}

/* Of a field that is only answered, the catalogue's description may name values of another version too. */
function* ofEnum(name, at, { enum: values }, isTaken) {
    yield { what: `${name}: one more value`, change: (spec) => { at(spec).enum.push('colour'); } };
    for (const value of isTaken ? values : []) {
        yield { what: `${name}: ${value} gone`, change: (spec) => {
            at(spec).enum = at(spec).enum.filter((each) => each !== value);
        } };
    }
}

function* ofOperation(name, at, operation) {
    yield* ofParameters(name, at, operation);
    const formOf = (each) => each.requestBody?.content['application/x-www-form-urlencoded'].schema;
    const form = formOf(operation);
    if (form) {
        yield* ofProperties(`${name}: form`, (spec) => formOf(at(spec)), form, true);
        for (const [property, schema] of Object.entries(form.properties).filter(([, each]) => each.enum)) {
            yield* ofEnum(`${name}: form.${property}`, (spec) => formOf(at(spec)).properties[property], schema, true);
        }
    }
    for (const status of Object.keys(operation.responses)) {
        yield { what: `${name}: ${status} gone`, change: (spec) => { delete at(spec).responses[status]; } };
    }
}

/* Conversations has most paths twice: tables are of the form with a service, and the other is that of the default one. */
function isOfDefaultService(spec, where) {
    return !where.startsWith('/v1/Configuration')
        && spec.paths[where.replace('/v1/', '/v1/Services/{ChatServiceSid}/')] !== undefined;
}

/* The names of the schemas that a part of the spec leads to. */
function schemasOf(spec, part, into = new Set()) {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
        if (!into.has(name)) {
            into.add(name);
            schemasOf(spec, spec.components.schemas[name], into);
        }
    }
    return into;
}

function* ofSpec(version) {
    const spec = specs.load(version);
    const paths = Object.entries(spec.paths).filter(([where]) => !isOfDefaultService(spec, where));
    const used = schemasOf(spec, paths);
    const prefix = Object.keys(spec.paths)[0].split('/')[1];
    yield { what: 'one more path', change: (each) => { each.paths[`/${prefix}/Colours`] = { get: {} }; } };
    for (const [where, item] of paths) {
        yield { what: `${where}: put added`, change: (each) => { each.paths[where].put = {}; } };
        for (const method of ['get', 'post', 'delete']) {
            const name = `${method.toUpperCase()} ${where}`;
            const at = (each) => each.paths[where][method];
            if (item[method]) {
                yield { what: `${name}: gone`, change: (each) => { delete each.paths[where][method]; } };
                yield* ofOperation(name, at, item[method]);
            } else {
                yield { what: `${name}: added`, change: (each) => { each.paths[where][method] = {}; } };
            }
        }
    }
    for (const [name, schema] of Object.entries(spec.components.schemas)) {
        const at = (each) => each.components.schemas[name];
        if (version === 'conversations' && !used.has(name)) {
            continue;
        }
        if (schema.enum) {
            yield* ofEnum(name, at, schema, JSON.stringify(spec.paths).includes(`"#/components/schemas/${name}"`));
        } else {
            yield* ofProperties(name, at, schema, false);
        }
    }
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

function unnoticedOf(version) {
    const unnoticed = [];
    let tried = 0;
    let i = 0;
    for (const { what, change } of ofSpec(version)) {
        i++;
        if (i % every !== 0) {
            continue;
        }
        const spec = specs.load(version);
        change(spec);
        save(version, spec);
        tried++;
        if (!isNoticed()) {
            unnoticed.push(what);
        }
    }
    save(version, specs.load(version));
    return { tried, unnoticed };
}

const all = [...specs.versions, 'conversations'];
all.forEach((version) => save(version, specs.load(version)));
let failures = 0;
all.forEach((version, i) => {
    const { tried, unnoticed } = unnoticedOf(version);
    const isGood = tried > 0 && unnoticed.length === 0;
    failures += !isGood;
    console.log(`${isGood ? 'ok' : 'not ok'} ${i + 1} - ${version}: each of ${tried} changes of the spec is noticed`);
    unnoticed.forEach((what) => console.log(`# not noticed: ${what}`));
});
fs.rmSync(folder, { recursive: true });
console.log(`1..${all.length}`);
process.exit(failures > 0 ? 1 : 0);
