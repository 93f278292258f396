#!/usr/bin/env bash
# Twilio's Node library makes up the present time for a date that the answer does not hold.
#
# Expected: a field that is absent from the JSON is undefined in the object, or null as an explicit null is.
# Happens: an absent date_updated is read as the moment of reading, a valid Date, another one at each read. An explicit
#   null stays null, and an absent text or number stays undefined; dates alone are made up. (The date parser is given
#   undefined, which to it means now.) A Date sent back loses its milliseconds on the way out, although reading keeps
#   them: a message copied with its own dateCreated is older than the original.
# Seen: the npm package twilio 5.13.1 and 6.3.1, chat v2, with a client that answers in the program: nothing is sent.
# Why it matters: a stand-in server that leaves a field out looks right to this client, and code that asks "changed
#   since?" sees each such message as new for ever. Copies made with it sort wrongly within a second.
#
# Needs npm, node. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"

cat >try.js <<'EOF'
const twilio = require('twilio');
const version = require('twilio/package.json').version;
let answer;
let sent;
const httpClient = {
  request: (options) => {
    sent = options.data;
    const statusCode = options.method === 'post' ? 201 : 200;
    return Promise.resolve({ statusCode, headers: {}, body: JSON.stringify(answer) });
  },
};
const client = twilio('AC' + '0'.repeat(32), 'none', { httpClient });
const messages = client.chat.v2.services('IS' + '0'.repeat(32)).channels('CH' + '0'.repeat(32)).messages;

function check(what, holds, seen) {
  if (!holds) {
    console.error(`changed: twilio ${version}, ${what}: ${seen}`);
    process.exit(1);
  }
  console.log(`ok: twilio ${version}, ${what}`);
}

(async () => {
  const sid = 'IM' + '0'.repeat(32);
  check('is the version asked for', version === process.argv[2], version);

  answer = { sid, date_created: '2026-01-31T10:00:00.750Z', date_updated: null };
  const before = await messages(sid).fetch();
  check('date_updated null stays null', before.dateUpdated === null, before.dateUpdated);
  check('absent body and index stay undefined', before.body === undefined && before.index === undefined, before.index);

  delete answer.date_updated;
  const start = Date.now();
  const message = await messages(sid).fetch();
  const end = Date.now();
  const made = message.dateUpdated;
  check('absent date_updated is the time of reading', made instanceof Date && made >= start && made <= end, made);

  check('date_created keeps its .750 s when read', message.dateCreated.getMilliseconds() === 750, message.dateCreated);
  await messages.create({ body: 'copy', dateCreated: message.dateCreated });
  check('the same Date is sent as 10:00:00Z', sent.DateCreated === '2026-01-31T10:00:00Z', sent.DateCreated);
})();
EOF
for version in 5.13.1 6.3.1; do
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$temp" "twilio@$version" >npm.log
    node try.js "$version" || exit 1
done
