# shellcheck shell=bash
# For the tests of examples/export.sh: awkward data, and whether what was written is what the archive holds. Source
# tests/lib.sh, tests/tap.sh and tests/archive/lib.sh first.

if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3 here, which reads what was written"
    exit
fi

data_for 900 24 70 --seed 29 --services 2 --users 20 --invites 20 --phones 8 --states mixed --addresses 3 \
    --media-bytes 3000
export TWILIO_CHAT_WRITE_RATE=10000

exported() {
    python3 tests/archive/exported.py "$@"
}

# export_says ARGUMENT...: silent if it succeeds; what it says is in $folder/said.
export_says() {
    examples/export.sh "$@" >"$folder/said" 2>&1 || { echo "status $?:" && cat "$folder/said"; }
}

# refuses TEXT ARGUMENT...: it fails, and says so in one line.
refuses() {
    local text=$1
    shift
    if examples/export.sh "$@" >"$folder/said" 2>&1 </dev/null; then echo "it succeeded"; fi
    grep -qF -- "$text" "$folder/said" && [ "$(wc -l <"$folder/said")" -eq 1 ] || cat "$folder/said"
}

# Rows that no service of the emulator has, in every table with a body, and gone ones.
make_awkward() {
    plain "$1" "UPDATE $2 SET gone_at = '2026-01-01T00:00:00Z' WHERE rowid % 40 = 7;
        INSERT INTO $2(path, sid, body, \"index\", attributes) VALUES
            ('/x/1', 'backslash', '\.', 9223372036854775807, '{\"a\": 1.10}'),
            ('/x/2', 'lines', char(13) || char(10) || '\.' || char(13) || 'x' || char(10), -9223372036854775808, '{}'),
            ('/x/3', 'nul', char(0), 0.1, 'null'),
            ('/x/4', 'nuls', 'a' || char(0, 0) || 'b' || char(0), 9007199254740993, ''),
            ('/x/5', 'empty', '', 1e999, NULL),
            ('/x/6', 'controls', char(1, 8, 9, 11, 12, 27, 127, 128, 159, 8232, 8233, 65279, 65533, 1114111), 5e-324, '\"'),
            ('/x/7', 'office', '=1+1', -1e999, '+15551234567'),
            ('/x/8', 'numbers', '007', 1.7976931348623157e308, '1e400'),
            ('/x/9', 'unicode', '\\u0000 \\\"' || char(128512), -0.5, '\\'),
            ('/x/a', 'long', printf('%.*c', 40000, 'x'), 1, NULL),
            ('/X/a', 'capital', NULL, 1, NULL),
            ('/é/a', 'no ascii', NULL, 1, NULL);
        INSERT INTO $2(path, \"index\") WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300)
            SELECT '/r/' || i, (random() / 3.0) * (random() % 1000) FROM n;
        CREATE TABLE IF NOT EXISTS media(path TEXT PRIMARY KEY, content BLOB, gone_at TEXT);
        INSERT INTO media(path, content) SELECT '/m/1', NULL;
        INSERT INTO media(path, size, content) SELECT '/m/2', 0, x'';
        INSERT INTO media(path, size, content) SELECT '/m/3', 6, x'0000ff41c328'"
}

all_tables() {
    rm -rf "$folder/out"
    export_says "$1" --into "$folder/out"
    exported equal "$1" "$folder/out"
}

# The checksums that it printed are those of the values in the files. Reals have other digits in Python: their rows are
# left out.
checksums() {
    rm -rf "$folder/out" "$folder/whole.db"
    plain "$1" "VACUUM INTO '$folder/whole.db'"
    plain "$folder/whole.db" "DELETE FROM $2 WHERE typeof(\"index\") = 'real'"
    export_says "$folder/whole.db" --into "$folder/out"
    exported sums "$folder/out" | diff - <(grep -v '^total:' "$folder/said")
    export_says "$folder/whole.db" --format checksum
    exported sums "$folder/out" | diff - <(grep -v '^total:' "$folder/said")
    grep -qx "total: $(cat "$folder"/out/*.jsonl | wc -l) rows; next: --since 1" "$folder/said" || cat "$folder/said"
}

nothing_left() {
    [ -z "$(ls -A "$1" 2>/dev/null)" ] || ls -A "$1"
}

change_service() {
    TWILIO_CHAT_API_VERSION=v2 service :memory: "UPDATE messages SET body = 'edited ' || char(0) WHERE sid IN
            (SELECT sid FROM messages WHERE type = 'text' ORDER BY random() LIMIT 30);
        DELETE FROM messages WHERE sid IN (SELECT sid FROM messages ORDER BY random() LIMIT 30);
        DELETE FROM channels WHERE sid IN (SELECT sid FROM channels ORDER BY random() LIMIT 2);
        INSERT INTO messages(service_sid, channel_sid, body)
            SELECT service_sid, sid, '\.' FROM channels ORDER BY random() LIMIT 20;
        INSERT INTO channels(service_sid, unique_name) SELECT sid, 'new' FROM services"
}

# Versions of SQLite whose shells are tried.
shells() {
    awk '/^[0-9]/ && !/too old/ { print $1 }' tests/versions/versions.txt |
        if [ -n "${LONG-}" ]; then cat; else sed -n '1p;$p'; fi
}
