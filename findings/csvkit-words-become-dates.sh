#!/usr/bin/env bash
# csvkit turns a column of messages into dates of the year 1 when each of them is a word such as "today".
#
# Expected: type inference takes a column for dates if its cells are written as dates. Words stay text.
# Happens: the cells are read as natural language, counted from the first day of the year 1. Messages "today" and
#   "tomorrow" are stored as 0001-01-01 and 0001-01-02 in a DATE column, names such as "May" as 0001-05-01, with no
#   warning, and what was written is lost. One cell that is no such word keeps the whole column text, so the same
#   export is right one day and wrong the next. --no-inference leaves it alone.
# Seen: csvkit 1.0.7 with agate 1.6.3 and parsedatetime 2.6 (Debian 12).
# Why it matters: csvsql is a common way to put an exported chat into SQLite, and short answers are what chats are made
#   of. A test with long messages never sees it.
#
# Needs apt-get with its lists, python3. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download \
    python3-csvkit=1.0.7-1 python3-agate=1.6.3-2 python3-agatesql=0.5.8-2 python3-sqlalchemy=1.4.46+ds1-1 \
    python3-parsedatetime=2.6-3 python3-pytimeparse=1.1.5-3 python3-isodate=0.6.1-1 python3-leather=0.3.4-2 \
    python3-slugify=4.0.0-2 python3-text-unidecode=1.3-1 python3-six=1.16.0-4 python3-babel=2.10.3-1 \
    python-babel-localedata=2.10.3-1 python3-tz=2022.7.1-4 python3-pkg-resources=66.1.1-1+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
# -S: no other package of this Python is seen.
python() { PYTHONPATH=$temp/debian/usr/lib/python3/dist-packages PYTHONNOUSERSITE=1 python3 -S "$@"; }

stored() { # stored OPTIONS MESSAGE ...: what csvsql stores in SQLite for a table of these messages
    options=$1
    shift
    { echo body; printf '%s\n' "$@"; } >messages.csv
    rm -f chat.db
    # shellcheck disable=SC2086 # no option at all, or one
    python -m csvkit.utilities.csvsql $options --db sqlite:///chat.db --tables message --insert messages.csv 2>log ||
        { cat log >&2; exit 2; }
    python - <<'EOF'
import sqlite3
database = sqlite3.connect("chat.db")
declared = database.execute("SELECT type FROM pragma_table_info('message')").fetchone()
print(declared[0], *(row[0] for row in database.execute("SELECT body FROM message")))
EOF
}
check() { # check WHAT SEEN WANTED
    [ "$2" = "$3" ] || fail "$1: $2, not $3"
    echo "ok: csvkit 1.0.7, $1: $2"
}
check "version" "$(python -m csvkit.utilities.csvsql --version)" "csvsql.py 1.0.7"
check "messages today, tomorrow" "$(stored "" today tomorrow)" "DATE 0001-01-01 0001-01-02"
check "messages May, sat" "$(stored "" May sat)" "DATE 0001-05-01 0001-01-06"
check "messages today, tomorrow, hello" "$(stored "" today tomorrow hello)" "VARCHAR today tomorrow hello"
check "the first two with --no-inference" "$(stored --no-inference today tomorrow)" "VARCHAR today tomorrow"
