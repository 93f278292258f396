#!/usr/bin/env bash
# .mode json of Debian 13's sqlite3 shell drops the backslash of \u00XX: valid JSON, another text.
#
# Expected: a control character that JSON has no letter for comes out as \u0001 ... \u001f, which a reader turns back:
#   so json_object() writes it, and so did this mode in Debian 12.
# Happens: "a" || char(1) || "b" comes out as "au0001b", so do ESC and the separators 28 to 31. \b \t \n \f
#   \r " and \ are right. A reader sees no error: it has five characters, u0001, in the place of one.
# Seen: sqlite3 3.46.1-7+deb13u2 (Debian 13); right in 3.40.1-2+deb12u2 (Debian 12).
# Why it matters: chat messages hold such characters (colours of terminals, separators of records). Whoever exports them
#   there needs json_group_array(json_object(...)) in the place of the mode; a comparison with the source is then equal.
#
# Needs apt-get of a Debian, jq. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

# The suite's packages, by lists of their own: from where this system has its own.
# shellcheck disable=SC2016 # for apt to fill in
mirror=$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(LABEL)' 'Created-By: Packages' |
    awk '$2 == "main" && $3 == "Debian" { print $1; exit }')
unpack() { # unpack SUITE PACKAGE[=VERSION]...: into the folder SUITE
    suite=$1
    shift
    mkdir -p "$suite/lists/partial" "$suite/cache/archives/partial"
    echo "deb $mirror $suite main" >"$suite/sources.list"
    apt() {
        apt-get -qq -o Dir::Etc::sourcelist="$temp/$suite/sources.list" -o Dir::Etc::sourceparts=/dev/null \
            -o Dir::State::lists="$temp/$suite/lists" -o Dir::Cache="$temp/$suite/cache" \
            -o APT::Sandbox::User=root "$@" 2>>"$temp/log" >&2
    }
    apt update
    (cd "$suite" && apt download "$@")
    for archive in "$suite"/*.deb; do dpkg-deb -x "$archive" "$suite"; done
}
unpack bookworm sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 libreadline8 libtinfo6 libc6 zlib1g
unpack trixie sqlite3=3.46.1-7+deb13u2 libsqlite3-0=3.46.1-7+deb13u2 libreadline8t64 libtinfo6 libc6 zlib1g

# With the C library of the suite, whatever this system has.
shell() { # shell SUITE ARGUMENT...
    suite=$1
    shift
    libraries=$(find "$suite" \( -name libc.so.6 -o -name libreadline.so.8 \) -printf '%h:')
    "$(find "$suite" -name 'ld-linux*.so*' | head -n 1)" --library-path "$libraries" \
        "$suite/usr/bin/sqlite3" -batch -init /dev/null "$@"
}
check() { # check SUITE VERSION OUTPUT
    version=$(shell "$1" :memory: 'SELECT sqlite_version()')
    [ "$version" = "$2" ] || fail "$1 has SQLite $version"
    text="'a' || char(1) || 'b' || char(27, 31) || 'c' || char(9, 10, 92, 34)"
    seen=$(shell "$1" -json :memory: "SELECT $text AS text")
    [ "$seen" = "$3" ] || fail "$2: $seen"
    made=$(shell "$1" :memory: "SELECT json_object('text', 'a' || char(1) || 'b')")
    [ "$made" = '{"text":"a\u0001b"}' ] || fail "$2, json_object: $made"
    echo "ok: SQLite $2: $seen"
}
check bookworm 3.40.1 '[{"text":"a\u0001b\u001b\u001fc\t\n\\\""}]'
check trixie 3.46.1 '[{"text":"au0001bu001bu001fc\t\n\\\""}]'
read_back=$(shell trixie -json :memory: 'SELECT char(1) AS text' | jq -r '.[0].text')
[ "$read_back" = u0001 ] || fail "jq reads $read_back"
echo "ok: jq reads the five characters u0001 in the place of one"
