/*
 * The vendor's OpenAPI specs of chat v1, v2 and v3 (`versions`) and of Conversations v1 ('conversations'), made ready to judge
 * by: for a method and a path the operation that the spec has, with compiled validators for what goes in and what comes out.
 *
 * They are made stricter than they are written, since a spec forbids little by itself: a form or an object in a response
 * may have no property that the schema lacks, and a response must have each that it has. Objects whose schema says
 * nothing (limits, notifications, configuration, ...) and the links may have the members that some example in the spec
 * shows, or some form sets.
 */
'use strict';

const fs = require('fs');
const path = require('path');
const Ajv = require('ajv');
const addFormats = require('ajv-formats');

const versions = ['v1', 'v2', 'v3'];
const folder = process.env.SPEC_FOLDER
    || path.join(path.dirname(require.resolve('@twilio/cli-core/package.json')), 'src/services/twilio-api');

function fileOf(version) {
    return version === 'conversations' ? 'twilio_conversations_v1.json' : `twilio_chat_${version}.json`;
}

function load(version) {
    return JSON.parse(fs.readFileSync(path.join(folder, fileOf(version)), 'utf8'));
}

function newValidator(coerceTypes) {
    const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, coerceTypes });
    addFormats(ajv);
    ajv.addFormat('http-method', /^(HEAD|GET|POST|PATCH|PUT|DELETE)$/);
    return ajv;
}

const ofForms = newValidator('array'); /* a form has only texts, and an array of one looks like a single value */
const ofBodies = newValidator(false);

/* --- schemas ------------------------------------------------------------------------------------------------------ */

/* The members that an example's object has, and theirs: {template: {}, ...}. */
function collectMembers(value, into) {
    for (const [name, inner] of Object.entries(value)) {
        into[name] ??= {};
        if (inner && typeof inner === 'object' && !Array.isArray(inner)) {
            collectMembers(inner, into[name]);
        }
    }
}

/* The members that a form sets: Notifications.NewMessage.Sound is notifications.new_message.sound in an answer. */
function collectFormMembers(form, into) {
    for (const name of Object.keys(form?.properties ?? {}).filter((each) => each.includes('.'))) {
        let object = into;
        for (const segment of name.split('.')) {
            object = object[segment.replace(/(?<=.)[A-Z]/g, '_$&').toLowerCase()] ??= {};
        }
    }
}

/* For each field whose schema leaves its members open, those that the spec's examples and forms have. */
function collectOpenMembers(spec) {
    const members = {};
    const visit = (object) => {
        for (const [name, value] of Object.entries(object)) {
            if (Array.isArray(value)) {
                value.forEach((each) => each && typeof each === 'object' && visit(each));
            } else if (value && typeof value === 'object' && name !== 'meta') {
                collectMembers(value, members[name] ??= {});
            }
        }
    };
    for (const item of Object.values(spec.paths)) {
        for (const operation of Object.values(item)) {
            collectFormMembers(operation.requestBody?.content['application/x-www-form-urlencoded']?.schema, members);
            for (const response of Object.values(operation.responses ?? {})) {
                const examples = response.content?.['application/json']?.examples ?? {};
                Object.values(examples).forEach((example) => visit(example.value));
            }
        }
    }
    return members;
}

function ofMembers(members, isLinks) {
    const properties = {};
    for (const [name, inner] of Object.entries(members)) {
        if (isLinks) {
            properties[name] = { type: 'string', format: 'uri', nullable: true };
        } else {
            properties[name] = Object.keys(inner).length > 0 ? ofMembers(inner, false) : {};
        }
    }
    return { type: 'object', nullable: true, additionalProperties: false, properties };
}

/* A schema without references, in the words that ajv knows. strict: {members, complete}. */
function prepare(spec, schema, name, strict) {
    if (schema.$ref) {
        return prepare(spec, spec.components.schemas[schema.$ref.split('/').pop()], name, strict);
    }
    const result = { ...schema };
    if (schema.enum && schema.nullable) {
        result.enum = [...schema.enum, null];
    }
    if (schema.items) {
        result.items = prepare(spec, schema.items, name, strict);
    }
    if (schema.properties) {
        result.properties = {};
        for (const [inner, value] of Object.entries(schema.properties)) {
            result.properties[inner] = prepare(spec, value, inner, strict);
        }
        result.additionalProperties = false;
        if (strict.complete) {
            result.required = Object.keys(schema.properties);
        }
        return result;
    }
    if (schema.format === 'uri-map' || !schema.type) {
        return ofMembers(strict.members[name] ?? {}, schema.format === 'uri-map');
    }
    if (schema.type === 'object') {
        throw new Error(`an object of a kind not met before: ${name}`);
    }
    return result;
}

/* --- operations --------------------------------------------------------------------------------------------------- */

function compileParameters(spec, operation, place) {
    const schema = { type: 'object', properties: {}, required: [], additionalProperties: place === 'header' };
    for (const parameter of (operation.parameters ?? []).filter((each) => each.in === place)) {
        const name = place === 'header' ? parameter.name.toLowerCase() : parameter.name;
        schema.properties[name] = prepare(spec, parameter.schema, name, { members: {}, complete: false });
        if (parameter.required) {
            schema.required.push(name);
        }
    }
    const validate = ofForms.compile(schema);
    validate.properties = schema.properties;
    return validate;
}

function compileForm(spec, operation) {
    const form = operation.requestBody?.content['application/x-www-form-urlencoded']?.schema;
    const none = { type: 'object', maxProperties: 0 };
    const schema = form ? prepare(spec, form, '', { members: {}, complete: false }) : none;
    const validate = ofForms.compile(schema);
    validate.properties = schema.properties ?? {};
    return validate;
}

function compileResponses(spec, operation, members) {
    const responses = {};
    for (const [status, response] of Object.entries(operation.responses)) {
        const schema = response.content?.['application/json']?.schema;
        responses[status] = schema
            ? { validate: ofBodies.compile(prepare(spec, schema, '', { members, complete: true })) } : {};
    }
    return responses;
}

function compile(spec, method, template, operation, members) {
    return {
        name: `${method.toUpperCase()} ${template}`,
        template,
        segments: template.split('/'),
        path: compileParameters(spec, operation, 'path'),
        query: compileParameters(spec, operation, 'query'),
        header: compileParameters(spec, operation, 'header'),
        form: compileForm(spec, operation),
        responses: compileResponses(spec, operation, members),
    };
}

function loadOperations(version) {
    const spec = load(version);
    const members = collectOpenMembers(spec);
    const operations = [];
    for (const [template, item] of Object.entries(spec.paths)) {
        for (const method of ['get', 'post', 'delete', 'put', 'patch'].filter((each) => item[each])) {
            /* Compiled when it is first met: a test needs few of them. */
            let compiled;
            operations.push({
                method: method.toUpperCase(),
                segments: template.split('/'),
                name: `${method.toUpperCase()} ${template}`,
                compiled: () => compiled ??= compile(spec, method, template, item[method], members),
            });
        }
    }
    return operations;
}

const loaded = {};

function operationsOf(version) {
    return loaded[version] ??= [...versions, 'conversations'].includes(version) ? loadOperations(version) : [];
}

/* The operation of a method and a path, with the values of the path's placeholders; or null. port: where it was asked. */
function find(method, where, port = 'chat') {
    const segments = where.split('/');
    for (const operation of operationsOf(port === 'chat' ? segments[1] : port)) {
        const fits = operation.method === method && operation.segments.length === segments.length
            && operation.segments.every((each, i) => each.startsWith('{') ? segments[i] !== '' : each === segments[i]);
        if (fits) {
            const values = {};
            operation.segments.forEach((each, i) => {
                if (each.startsWith('{')) {
                    values[each.slice(1, -1)] = decodeURIComponent(segments[i]);
                }
            });
            return { operation: operation.compiled(), values };
        }
    }
    return null;
}

/* An example's rows. Some of the specs' have one SID several times, and a list is read as having a row once: told apart. */
function tellApart(rows) {
    const seen = new Set();
    return rows.map((row, i) => {
        const sid = seen.has(row.sid) ? row.sid.slice(0, -1) + i.toString(16) : row.sid;
        seen.add(row.sid);
        return row.sid === undefined ? row : { ...row, sid };
    });
}

module.exports = { tellApart, versions, fileOf, load, find, operationsOf };
