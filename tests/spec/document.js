/*
 * Prints the vendor's three specs as one document, for Prism to answer from:
 *
 *   document.js examples    a list answers with the example that has rows
 *   document.js empty       ... with the one that has none
 *   document.js random      without what no random value can stand for (below)
 */
'use strict';

const specs = require('./specs.js');

/* v1 and v2 name their schemas alike. */
function renamed(version) {
    const text = JSON.stringify(specs.load(version));
    return JSON.parse(text.replaceAll('#/components/schemas/', `#/components/schemas/${version}.`));
}

function merge() {
    const whole = renamed('v1');
    whole.paths = {};
    whole.components.schemas = {};
    for (const version of specs.versions) {
        const spec = renamed(version);
        Object.assign(whole.paths, spec.paths);
        for (const [name, schema] of Object.entries(spec.components.schemas)) {
            whole.components.schemas[`${version}.${name}`] = schema;
        }
    }
    return whole;
}

function eachList(whole, visit) {
    for (const item of Object.values(whole.paths)) {
        const content = item.get?.responses['200'].content['application/json'];
        if (content?.schema.properties?.meta) {
            visit(content);
        }
    }
}

/* Of a list's examples, those with or without rows. */
function keepExamples(whole, withRows) {
    eachList(whole, (content) => {
        content.examples = Object.fromEntries(Object.entries(content.examples)
            .filter(([, { value }]) => (value[value.meta.key].length > 0) === withRows));
        for (const { value } of Object.values(content.examples)) {
            value[value.meta.key] = specs.tellApart(value[value.meta.key]);
        }
    });
}

/* Prism takes a repeated key as an array only if it is told what OpenAPI has as the default. */
function sayHowArraysAreSent(whole) {
    for (const item of Object.values(whole.paths)) {
        const form = item.post?.requestBody.content['application/x-www-form-urlencoded'];
        for (const [name, { type }] of Object.entries(form?.schema.properties ?? {})) {
            if (type === 'array') {
                (form.encoding ??= {})[name] = { style: 'form', explode: true };
            }
        }
    }
}

/* Services, channels and users, of which something hangs, always have the same SID, so that what hangs there names it. */
const parents = { service: 'IS', channel: 'CH', user: 'US' };

function fixSids(name, schema) {
    const kind = name.split('.').pop();
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
        const prefix = field === 'sid' ? parents[kind] : parents[field.replace(/_sid$/, '')];
        if (prefix && field.endsWith('sid')) {
            schema.properties[field] = { type: 'string', enum: [prefix + 'a'.repeat(32)] };
        } else if (field === 'sid') {
            delete property.nullable;
        }
    }
}

/* A random next page would be at another host, which is refused, as is a row of another parent; a row must have a SID; a list
 * has rows, and their name. That attributes hold JSON is only prose in the specs; where they are null, the single
 * resource is asked for, which at random would be another. */
function leaveOutWhatIsNotRandom(whole) {
    eachList(whole, ({ schema }) => {
        const { meta, ...lists } = schema.properties;
        schema.required = Object.keys(schema.properties);
        meta.required = Object.keys(meta.properties);
        meta.properties.next_page_url = { type: 'string', nullable: true, enum: [null] };
        meta.properties.key.enum = Object.keys(lists);
        Object.values(lists).forEach((list) => { list.minItems = 1; });
    });
    for (const [name, schema] of Object.entries(whole.components.schemas).filter(([, each]) => each.properties)) {
        fixSids(name, schema);
        schema.required = Object.keys(schema.properties);
        if (schema.properties.attributes) {
            schema.properties.attributes = { type: 'string', enum: ['{}', '{"a":1}'] };
        }
    }
}

const whole = merge();
sayHowArraysAreSent(whole);
if (process.argv[2] === 'random') {
    leaveOutWhatIsNotRandom(whole);
} else {
    keepExamples(whole, process.argv[2] === 'examples');
}
console.log(JSON.stringify(whole));
