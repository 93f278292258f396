/*
 * What an answer must look like: the fields of the SDK's type definitions, each there, of its type, and no others; and
 * the SDK's instances must hold what was answered, as numbers, valid dates and JSON.
 */
'use strict';

const assert = require('assert');
const { camel } = require('./surface');

/* The SDK's types say nothing about null; these are the fields that the API's reference shows as null. */
const nullable = {
    service: ['pre_webhook_url', 'post_webhook_url', 'webhook_method', 'webhook_filters', 'default_service_role_sid',
        'default_channel_role_sid', 'default_channel_creator_role_sid'],
    channel: ['friendly_name', 'unique_name', 'messaging_service_sid'],
    message: ['body', 'last_updated_by', 'media'], /* a medium needs no body */
    member: ['last_consumed_message_index', 'last_consumption_timestamp'],
    credential: ['friendly_name'],
    user: ['friendly_name', 'is_online', 'is_notifiable'],
    userChannel: ['member_sid', 'last_consumed_message_index', 'unread_messages_count'],
};

const prefixes = {
    account_sid: 'AC', service_sid: 'IS', channel_sid: 'CH', member_sid: 'MB', user_sid: 'US', credential_sid: 'CR',
    messaging_service_sid: 'MG', role_sid: 'RL', default_service_role_sid: 'RL', default_channel_role_sid: 'RL',
    default_channel_creator_role_sid: 'RL',
};
const own = {
    service: 'IS', channel: 'CH', message: 'IM', member: 'MB', invite: 'IN', role: 'RL', user: 'US', credential: 'CR',
    binding: 'BS', userBinding: 'BS', webhook: 'WH',
};

function typeOf(resource, { name, type }, value) {
    if (/(^|_)sid$/.test(name)) {
        const prefix = name === 'sid' ? own[resource.name] : prefixes[name];
        assert.match(value, new RegExp(`^${prefix}[0-9a-f]{32}$`));
    } else if (type === 'Date') {
        assert.match(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    } else if (type === 'Array<string>') {
        assert(Array.isArray(value) && value.every((one) => typeof one === 'string'));
    } else if (type === 'Record<string, string>' || type === 'any') {
        assert(value && typeof value === 'object' && !Array.isArray(value));
    } else if (resource.choices[type]) {
        assert(resource.choices[type].includes(value), `${value} is none of ${resource.choices[type]}`);
    } else if (name === 'url') {
        assert.doesNotThrow(() => new URL(value));
    } else if (name === 'sandbox') {
        assert(['True', 'False'].includes(value)); /* a string, as in the vendor's examples */
    } else {
        assert.strictEqual(typeof value, type);
    }
}

/* Checks an answered object. hidden: fields that may be null here though they have a value. */
function checkAnswer(resource, json, hidden = []) {
    const fields = resource.fields.map(({ name }) => name);
    const strange = Object.keys(json).filter((name) => !fields.includes(name));
    assert.deepStrictEqual(strange, [], 'fields that the SDK does not know');
    for (const field of resource.fields) {
        const value = json[field.name];
        assert.notStrictEqual(value, undefined, `${resource.version} ${resource.name} has no ${field.name}`);
        if (value === null) {
            assert([...(nullable[resource.name] || []), ...hidden].includes(field.name), `${field.name} is null`);
            continue;
        }
        try {
            typeOf(resource, field, value);
        } catch (problem) {
            const where = `${resource.version} ${resource.name} ${field.name}`;
            throw new Error(`${where}: ${JSON.stringify(value)}\n${problem.message}`);
        }
    }
}

/* Checks that an instance of the SDK holds exactly what was answered. */
function checkInstance(resource, instance, json) {
    const shown = instance.toJSON();
    assert.deepStrictEqual(Object.keys(shown).sort(), resource.fields.map(({ name }) => camel(name)).sort());
    for (const { name, type } of resource.fields) {
        const value = instance[camel(name)];
        assert.notStrictEqual(value, undefined, `${name} is undefined`);
        assert.deepStrictEqual(value, shown[camel(name)]);
        if (type === 'Date' && json[name] !== null) {
            assert(value instanceof Date && !Number.isNaN(value.getTime()), `${name} is no date: ${value}`);
            assert.strictEqual(value.getTime(), Date.parse(json[name]), name);
        } else {
            assert.deepStrictEqual(value, json[name], name);
        }
    }
}

module.exports = { checkAnswer, checkInstance };
