/*
 * Prints the vendor's three specs of Chat as one document, or with a second argument, "conversations", that of its
 * successor, for Prism to answer from:
 *
 *   document.js examples    a list answers with the example that has rows
 *   document.js empty       ... with the one that has none, where there is one
 *   document.js random      without what no random value can stand for (below)
 */
'use strict';

const specs = require('./specs.js');

/* v1 and v2 name their schemas alike. */
function renamed(version) {
    const text = JSON.stringify(specs.load(version));
    return JSON.parse(text.replaceAll('#/components/schemas/', `#/components/schemas/${version}.`));
}

const versions = process.argv[3] === 'conversations' ? ['conversations'] : specs.versions;

function merge() {
    const whole = renamed(versions[0]);
    whole.paths = {};
    whole.components.schemas = {};
    for (const version of versions) {
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
        const kept = Object.entries(content.examples)
            .filter(([, { value }]) => (value[value.meta.key].length > 0) === withRows);
        content.examples = kept.length > 0 ? Object.fromEntries(kept) : content.examples;
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

/* What something hangs under always has the same SID, so that what hangs there names it: by the schema, and by the field. */
const kinds = {
    service: 'IS', channel: 'CH', user: 'US',
    service_conversation: 'CH', service_conversation_message: 'IM', service_user: 'US',
};
const fields = {
    service_sid: 'IS', channel_sid: 'CH', user_sid: 'US',
    chat_service_sid: 'IS', conversation_sid: 'CH', message_sid: 'IM',
};

function fixSids(name, schema) {
    const kind = name.split('.').pop();
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
        const prefix = field === 'sid' ? kinds[kind] : fields[field];
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
