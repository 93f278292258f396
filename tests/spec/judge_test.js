/*
 * The judge itself: exchanges that are right, taken from the specs' own examples, pass, and each with one thing made wrong
 * is found out, in the words given. TAP.
 */
'use strict';

const specs = require('./specs.js');
const { judge } = require('./judge.js');

const service = 'ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const channel = 'CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const form = { authorization: 'Basic eDp5', 'content-type': 'application/x-www-form-urlencoded' };
let number = 0;
let failures = 0;

function check(name, wrong) {
    number++;
    failures += wrong.length > 0;
    console.log(`${wrong.length > 0 ? 'not ok' : 'ok'} ${number} - ${name}`);
    wrong.forEach((line) => console.log(`# ${line}`));
}

/* A right exchange: answer is that of an example in the spec. */
function exchange(method, path, { query = '', body = '', version = 'v1', example, status = 200 } = {}) {
    const template = path.replace(service, '{ServiceSid}').replace(/Channels\/CHa+$/, 'Channels/{Sid}')
        .replace(channel, '{ChannelSid}').replace(/\/Services\/\{ServiceSid\}$/, '/Services/{Sid}');
    const operation = specs.load(version).paths[template][method.toLowerCase()];
    const answer = operation.responses[status].content?.['application/json'].examples[example].value;
    return {
        method, path, query, body, status, headers: { ...form }, answerHeaders: { 'content-type': 'application/json' },
        answer: answer ? JSON.stringify(answer) : '',
    };
}

/* The specs' examples by their own schemas, made strict: what is not among them would be too strict. */
function wrongExamples() {
    const wrong = [];
    for (const operation of specs.versions.flatMap((version) => specs.operationsOf(version))) {
        const item = specs.load(operation.name.split('/')[1]).paths[operation.name.split(' ')[1]];
        for (const [status, { validate }] of Object.entries(operation.compiled().responses)) {
            const examples = item[operation.method.toLowerCase()].responses[status].content?.['application/json'].examples;
            wrong.push(...Object.entries(examples ?? {}).filter(([, { value }]) => !validate(value))
                .map(([name]) => `${operation.name}: ${status} ${name}`));
        }
    }
    return wrong;
}

/* An exchange with one thing other. change: of its members, or of its answer's JSON if it is a function. */
function spoilt(right, change) {
    if (typeof change !== 'function') {
        return { ...right, ...change };
    }
    const answer = JSON.parse(right.answer);
    change(answer);
    return { ...right, answer: JSON.stringify(answer) };
}

function mustFind(right, change, words) {
    const { violations } = judge(spoilt(right, change));
    const isFound = violations.some((each) => each.includes(words));
    check(words, isFound ? [] : [`found only: ${JSON.stringify(violations)}`]);
}

const channels = exchange('GET', `/v1/Services/${service}/Channels`, { query: '?Type=public&Type=private&PageSize=1000',
    example: 'readFull' });
const create = exchange('POST', `/v1/Services/${service}/Channels`, { body: 'FriendlyName=a&Type=private', status: 201,
    example: 'create' });
const fetched = exchange('GET', `/v2/Services/${service}/Channels/${channel}`, { version: 'v2', example: 'fetch' });
const removed = exchange('DELETE', `/v2/Services/${service}/Channels/${channel}`, { version: 'v2', status: 204 });
const role = exchange('POST', `/v1/Services/${service}/Roles`, { body: 'FriendlyName=a&Type=channel&Permission=b',
    status: 201, example: 'create' });
const settings = exchange('POST', `/v1/Services/${service}`, { body: 'ReadStatusEnabled=true&TypingIndicatorTimeout=5',
    example: 'update' });
const member = exchange('GET', `/v1/Services/${service}/Channels/${channel}/Messages`, { example: 'readFull' });

const right = { channels, create, fetched, removed, role, settings, member };
for (const [name, each] of Object.entries(right)) {
    check(`right: ${name}`, judge(each).violations);
}
check('right: every answer that the specs give as an example', wrongExamples());
mustFind(channels, { path: `/v1/Services/${service}/Canals` }, 'no such operation');
mustFind(channels, { method: 'PUT' }, 'no such operation');
mustFind(channels, { path: '/v1/Services/general/Channels' }, 'path: ServiceSid must match pattern');
mustFind(channels, { query: '?PageSize=1001' }, 'query: PageSize must be <= 1000');
mustFind(channels, { query: '?PageSize=ten' }, 'query: PageSize must be integer');
mustFind(channels, { query: '?Type=secret' }, 'query: Type[] must be equal to one of the allowed values');
mustFind(channels, { query: '?Identity=a' }, 'query: Identity is not in the spec');
mustFind(channels, { headers: {} }, 'header: Authorization is not Basic');
mustFind(create, { headers: { ...form, 'x-twilio-webhook-enabled': 'true' } }, 'X-Twilio-Webhook-Enabled is not in the spec');
mustFind(removed, { headers: { ...form, 'x-twilio-webhook-enabled': 'yes' } },
    'header: x-twilio-webhook-enabled must be equal to one of the allowed values');
mustFind(create, { headers: { ...form, 'content-type': 'application/json' } }, 'header: Content-Type is not that of a form');
mustFind(create, { body: 'Colour=red' }, 'form: Colour is not in the spec');
mustFind(create, { body: 'CreatedBy=me' }, 'form: CreatedBy is not in the spec');
mustFind(create, { body: 'Type=hidden' }, 'form: Type must be equal to one of the allowed values');
mustFind(create, { body: 'Type=public&Type=private' }, 'form: Type must be string');
mustFind(role, { body: 'FriendlyName=a&Type=channel' }, 'form: Permission is missing');
mustFind(settings, { body: 'ReadStatusEnabled=yes' }, 'form: ReadStatusEnabled must be boolean');
mustFind(settings, { body: 'TypingIndicatorTimeout=' }, 'form: TypingIndicatorTimeout must be integer');
mustFind(settings, { body: 'DefaultServiceRoleSid=RL1' }, 'form: DefaultServiceRoleSid must match pattern');
mustFind(removed, { body: 'a=b' }, 'form: must NOT have more than 0 properties');
mustFind(removed, { answer: '{}' }, 'response: 204 has a body');
mustFind(create, { status: 200 }, 'response: status 200 is not in the spec');
mustFind(create, { answerHeaders: { 'content-type': 'text/html' } }, 'response: Content-Type is not JSON');
mustFind(create, { answer: '{' }, 'response: no JSON');
mustFind(create, { status: 404, answer: '{"code":20404}' }, 'error: not {code, message, more_info, status}');
mustFind(create, (answer) => { answer.colour = 'red'; }, 'response: colour is not in the spec');
mustFind(create, (answer) => { delete answer.unique_name; }, 'response: unique_name is missing');
mustFind(create, (answer) => { answer.members_count = '1'; }, 'response: members_count must be integer');
mustFind(create, (answer) => { answer.members_count = null; }, 'response: members_count must be integer');
mustFind(create, (answer) => { answer.sid = 'IM1'; }, 'response: sid must match pattern');
mustFind(create, (answer) => { answer.attributes = {}; }, 'response: attributes must be string');
mustFind(create, (answer) => { answer.date_created = 'yesterday'; }, 'response: date_created must match format "date-time"');
mustFind(create, (answer) => { answer.date_created = 'Thu, 30 Jul 2015 20:00:00 +0000'; }, 'is a date of RFC 2822');
mustFind(create, (answer) => { answer.links.webhooks = answer.url; }, 'response: links.webhooks is not in the spec');
mustFind(fetched, (answer) => { answer.links.members = '/here'; }, 'response: links.members must match format "uri"');
mustFind(settings, (answer) => { answer.limits.bytes = 1; }, 'response: limits.bytes is not in the spec');
mustFind(settings, (answer) => { answer.notifications = 'none'; }, 'response: notifications must be object');
mustFind(channels, (answer) => { answer.meta.total = 1; }, 'response: meta.total is not in the spec');
mustFind(channels, (answer) => { delete answer.meta.next_page_url; }, 'response: meta.next_page_url is missing');
mustFind(channels, (answer) => { answer.rows = answer.channels; delete answer.channels; }, 'response: channels is missing');
mustFind(channels, (answer) => { answer.channels[0].type = 'secret'; }, 'response: channels[].type must be equal to one of');
console.log(`1..${number}`);
process.exit(failures > 0 ? 1 : 0);
