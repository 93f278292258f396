#!/usr/bin/env node
// Who has how much to read: a report of unread messages, as the service counts them.
//
//   npm install better-sqlite3
//   node examples/node/unread.js [--extension build/chat] [--json] [IDENTITY...]
//
// Without an IDENTITY it asks for the channels of every user; with some, of these only. An identity that several
// services have counts as one person. Node 22.13 and newer can do without better-sqlite3: this program then takes
// node:sqlite.
//
// Reads the credentials from the environment: TWILIO_API_KEY and TWILIO_API_KEY_SECRET, or TWILIO_ACCOUNT_SID and
// TWILIO_AUTH_TOKEN; TWILIO_CHAT_SERVICE_SID keeps it to one service.
'use strict';

const fs = require('fs');
const path = require('path');
const { parseArgs } = require('util');

const UNREAD = `
SELECT user.identity, channel.friendly_name AS channel, membership.unread_messages_count AS unread
  FROM users AS user
  JOIN user_channels AS membership ON membership.service_sid = user.service_sid AND membership.user_sid = user.sid
  JOIN channels AS channel ON channel.service_sid = membership.service_sid AND channel.sid = membership.channel_sid
 WHERE membership.unread_messages_count > 0
   AND (:everybody OR user.identity IN (SELECT value FROM json_each(:identities)))
 ORDER BY user.identity, unread DESC, channel.sid`;

// Both take the file name with its suffix.
function libraryFile(extension) {
    return ['', '.so', '.dylib'].map((suffix) => extension + suffix).find((file) => fs.existsSync(file)) ?? extension;
}

function connect(extension) {
    let db;
    try {
        db = new (require('better-sqlite3'))(':memory:');
    } catch (missing) {
        const DatabaseSync = nodeSqlite();
        if (!DatabaseSync && missing.code === 'MODULE_NOT_FOUND') {
            throw new Error('npm install better-sqlite3, or take Node 22.13 or newer, which has node:sqlite');
        }
        if (!DatabaseSync) {
            throw missing;
        }
        db = new DatabaseSync(':memory:', { allowExtension: true });
    }
    db.loadExtension(libraryFile(extension));
    return db;
}

function nodeSqlite() {
    try {
        return require('node:sqlite').DatabaseSync;
    } catch {
        return null;
    }
}

// Calls write({identity, total, channels}) for each user.
function report(db, identities, write) {
    const rows = db.prepare(UNREAD).iterate({
        everybody: identities.length === 0 ? 1 : 0,
        identities: JSON.stringify(identities),
    });
    let user = null;
    for (const { identity, channel, unread } of rows) {
        if (!user || user.identity !== identity) {
            if (user) {
                write(user);
            }
            user = { identity, total: 0, channels: [] };
        }
        user.total += unread;
        user.channels.push({ channel, unread });
    }
    if (user) {
        write(user);
    }
}

function text({ identity, total, channels }) {
    console.log(`${identity}: ${total}`);
    for (const { channel, unread } of channels) {
        console.log(`    ${channel ?? '(no name)'}: ${unread}`);
    }
}

function main() {
    const { values, positionals } = parseArgs({
        options: {
            extension: { type: 'string', default: path.join(__dirname, '..', '..', 'build', 'chat') },
            json: { type: 'boolean', default: false },
        },
        allowPositionals: true,
    });
    const db = connect(values.extension);
    report(db, positionals, values.json ? (user) => console.log(JSON.stringify(user)) : text);
    db.close();
}

try {
    main();
} catch (error) {
    console.error(`unread: ${error.message}`);
    process.exitCode = 1;
}
