/* The extension in the sqlite3 shell, beside the SDK on the same emulator. */
'use strict';

const { spawnSync } = require('child_process');
const { key } = require('./emulator');

/* A value as an SQL literal. */
function quote(value) {
    if (value === null) {
        return 'NULL';
    }
    return typeof value === 'number' ? `${value}` : `'${value.replace(/'/g, "''")}'`;
}

class Shell {
    constructor(emulator, version) {
        this.environment = {
            ...process.env,
            TWILIO_API_KEY: key.sid,
            TWILIO_API_KEY_SECRET: key.secret,
            TWILIO_CHAT_URL: emulator.url,
            TWILIO_CONVERSATIONS_URL: emulator.ports.conversations,
            TWILIO_CHAT_API_VERSION: version,
            TWILIO_WRITE_RATE: '0',
        };
    }

    /* The output of a script, which must not fail. */
    run(script) {
        const { status, stdout, stderr, error } = spawnSync(process.env.SQLITE3,
            ['-batch', '-bail', '-init', '/dev/null', '-cmd', `.load ${process.env.EXTENSION}`, ':memory:'],
            { input: script, encoding: 'utf8', env: this.environment, maxBuffer: 1 << 28 });
        if (error || status !== 0 || stderr) {
            throw new Error(`${error || ''}${stderr}\nin ${script.slice(0, 2000)}`);
        }
        return stdout;
    }

    /* All rows of a table as objects. NUL inside of texts survives; JSON, which json_object would put in as it is, is
       made plain text. */
    rows(columns, from) {
        const members = columns.map(({ name, type }) => `'${name}', "${name}"${type === 'json' ? " || ''" : ''}`);
        const text = this.run(`.mode list\nSELECT json_object(${members}) FROM ${from};\n`);
        return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    }

    /* The names and properties of the columns of all tables that stand for the API. */
    columns() {
        const names = ['table_name', 'name', 'type', 'since', 'insert', 'update'];
        return this.rows(names.map((name) => ({ name })),
            "chat_columns WHERE table_name NOT LIKE 'chat^_%' ESCAPE '^' AND name <> 'path'");
    }
}

module.exports = { Shell, quote };
