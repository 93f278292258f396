'use strict';

const fs = require('fs');
const path = require('path');

const platform = `${process.platform}-${process.arch}`;

/** The loadable library for this platform: what better-sqlite3's loadExtension() and `.load` take. */
function getLoadablePath() {
  const suffix = process.platform === 'darwin' ? 'dylib' : 'so';
  const file = path.join(__dirname, 'lib', platform, `chat.${suffix}`);
  if (!fs.existsSync(file)) {
    const available = fs.readdirSync(path.join(__dirname, 'lib')).join(', ');
    throw new Error(
      `sqlite-chat: this package holds no library for ${platform} (only for ${available}); ` +
        'build it from the sources with `make`, and load build/chat',
    );
  }
  return file;
}

/** Loads the extension into a connection of better-sqlite3, node:sqlite, or anything else with loadExtension(). */
function load(db) {
  db.loadExtension(getLoadablePath());
}

/** The folder of ready-made SQL: views, exports, migration. */
const sqlPath = path.join(__dirname, 'sql');

module.exports = { getLoadablePath, load, sqlPath };
