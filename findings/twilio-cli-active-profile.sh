#!/usr/bin/env bash
# The Twilio CLI keeps its active profile in a file under another name than in the program.
#
# Expected: ConfigData has activeProfile, and the older name "project" survives only for old files; the config.json
#   that it writes names the active profile as activeProfile, beside the key "profiles".
# Happens: the file says activeProject, beside "profiles" (and an empty "projects"). A file that says activeProfile is
#   read without complaint and has no active profile.
# Seen: the npm package @twilio/cli-core 9.0.0; its source of 8.3.2 says the same.
# Why it matters: a program that shares the CLI's profiles and looks for activeProfile finds none, and one that writes
#   it leaves the CLI without an active profile.
#
# Needs npm, node. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"

npm install --silent --no-audit --no-fund --ignore-scripts @twilio/cli-core@9.0.0 >npm.log 2>&1 || {
    cat npm.log
    exit 1
}
cat >try.js <<'EOF'
const fs = require('fs');
const path = require('path');
const { Config, ConfigData } = require('@twilio/cli-core/src/services/config');

function check(what, holds, seen) {
  if (!holds) {
    console.error(`changed: ${what}: ${seen}`);
    process.exit(1);
  }
  console.log(`ok: ${what}`);
}

(async () => {
  const data = new ConfigData();
  data.addProfile('sales', 'AC' + '0'.repeat(32), undefined, 'SK' + '0'.repeat(32), 'made up');
  data.setActiveProfile('sales');
  check('the program calls it activeProfile', data.activeProfile === 'sales', data.activeProfile);

  const folder = fs.mkdtempSync(path.join(process.cwd(), 'config-'));
  await new Config(folder).save(data);
  const file = path.join(folder, 'config.json');
  const written = JSON.parse(fs.readFileSync(file, 'utf8'));
  console.log(`keys of the file: ${Object.keys(written).join(', ')}`);
  check('the file says activeProject', written.activeProject === 'sales', JSON.stringify(written));
  check('and not activeProfile', !('activeProfile' in written), JSON.stringify(written));

  const { activeProject, ...others } = written;
  fs.writeFileSync(file, JSON.stringify({ ...others, activeProfile: activeProject }));
  const read = await new Config(folder).load();
  check('a file that says activeProfile has none', !read.activeProfile, read.activeProfile);
  check('although its profile is there', 'sales' in read.profiles, JSON.stringify(read.profiles));
})();
EOF
node try.js || exit 1
