/*
 * One exchange, a request and its response, against the vendor's spec: what of it the spec does not allow, each as a
 * line such as "GET /v1/Services: query: PageSize must be <= 100". Values are left out, so that the same deviation is always the
 * same line.
 */
'use strict';

const specs = require('./specs.js');

const rfc2822 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

/* One of ajv's errors, "/channels/0/type must be ..." as "channels[].type must be ...". */
function word(error) {
    const where = error.instancePath.slice(1).replace(/\/\d+(?=\/|$)/g, '[]').replace(/\//g, '.');
    const before = (separator) => where ? where + separator : '';
    if (error.keyword === 'additionalProperties') {
        return `${before('.')}${error.params.additionalProperty} is not in the spec`;
    }
    if (error.keyword === 'required') {
        return `${before('.')}${error.params.missingProperty} is missing`;
    }
    if (error.params.format === 'date-time' && rfc2822.test(error.data)) {
        return `${before(' ')}is a date of RFC 2822`;
    }
    return `${before(' ')}${error.message}`;
}

function complaints(part, validate, value) {
    return validate(value) ? [] : validate.errors.map((error) => `${part}: ${word(error)}`);
}

/* Form or query as an object; what is repeated as an array. An empty text stands for null where null is allowed. */
function parse(text, properties) {
    const result = {};
    for (const [name, value] of new URLSearchParams(text)) {
        const schema = properties[name];
        const meant = value === '' && schema?.nullable ? null : value;
        if (name in result) {
            result[name] = [].concat(result[name], meant);
        } else {
            result[name] = schema?.type === 'array' ? [meant] : meant;
        }
    }
    return result;
}

function judgeRequest({ operation, values }, exchange) {
    const { method, query, headers, body } = exchange;
    const found = [
        ...complaints('path', operation.path, values),
        ...complaints('query', operation.query, parse(query, operation.query.properties)),
        ...complaints('header', operation.header, { ...headers }),
    ];
    if ('x-twilio-webhook-enabled' in headers && !operation.header.properties['x-twilio-webhook-enabled']) {
        found.push('header: X-Twilio-Webhook-Enabled is not in the spec');
    }
    if (!/^Basic /.test(headers.authorization ?? '')) {
        found.push('header: Authorization is not Basic');
    }
    if (method === 'POST' && !/^application\/x-www-form-urlencoded/.test(headers['content-type'] ?? '')) {
        found.push('header: Content-Type is not that of a form');
    }
    return found.concat(complaints('form', operation.form, parse(body, operation.form.properties)));
}

/* The specs have no errors at all; the vendor's pages describe their body. */
function judgeError(answer) {
    const isRight = Number.isInteger(answer?.code) && Number.isInteger(answer.status)
        && typeof answer.message === 'string' && answer.more_info === `https://www.twilio.com/docs/errors/${answer.code}`;
    return isRight ? [] : ['error: not {code, message, more_info, status}'];
}

function judgeResponse(operation, { status, answerHeaders, answer }) {
    const response = operation.responses[status];
    let document;
    if (response && !response.validate) {
        return answer.length === 0 ? [] : [`response: ${status} has a body`];
    }
    const found = response ? [] : [`response: status ${status} is not in the spec`];
    if (!/^application\/json\b/.test(answerHeaders['content-type'] ?? '')) {
        return [...found, 'response: Content-Type is not JSON'];
    }
    try {
        document = JSON.parse(answer);
    } catch {
        return [...found, 'response: no JSON'];
    }
    const judged = response ? complaints('response', response.validate, document) : judgeError(document);
    return found.concat(judged);
}

/* {name of the operation, violations} of an exchange {port, method, path, query, headers, body, status, answerHeaders, answer};
 * texts but for status and headers. An answer of null is not judged. Operations of another port than chat have that before
 * their name. */
function judge(exchange) {
    const found = specs.find(exchange.method, exchange.path, exchange.port);
    if (!found) {
        return { name: null, violations: [`${exchange.method} ${exchange.path}: no such operation`] };
    }
    const answered = exchange.answer === null ? [] : judgeResponse(found.operation, exchange);
    const violations = [...judgeRequest(found, exchange), ...answered];
    const name = exchange.port && exchange.port !== 'chat' ? `${exchange.port} ${found.operation.name}` : found.operation.name;
    return { name, violations: [...new Set(violations)].map((each) => `${name}: ${each}`) };
}

module.exports = { judge };
