#!/usr/bin/env bash
# Makes a page to look at of an archive that examples/archive.sh keeps: one HTML file, for any browser, phone or paper.
#
#   examples/report.sh [--days N] [--zone ZONE] [--chat | --conversations] FILE.db OUT.html
#   examples/report.sh --install
#
#   --days N          how many days up to that of the latest message it is about (90; 7 to 400)
#   --zone ZONE       of days and hours: utc (the default), local, or as in +02:00
#   --chat, --conversations   whose tables, where FILE.db has both; else those that the latest run has kept
#   --install         fetches with npm what draws the charts, into build/report; once
#
# Messages a day and by hour, the busiest channels and people, response times, who reads and who does not, growth, what
# is near Twilio's limits, what did not arrive. OUT.html has no script, asks for nothing from anywhere, and holds names
# and numbers, but no message. It is written whole or not at all; what is there under its name and is no report stays.
# FILE.db is read as it is at one moment, also while an archive run is at work on it, and needs no extension.
#
# What is counted is in sql/report, a query a file. What shows it is in examples/report. The charts are by Observable
# Plot, on Node (18 or newer): of what draws SVG without a browser it leaves colours to the page (currentColor, var()),
# so that one drawing serves light, dark and paper; names are text nodes and never markup; it is by d3's authors, and
# maintained. gnuplot fixes colours and the width of letters when it draws; Vega-Lite's are its own language's, and want
# twice the packages.
set -u -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
modules=$root/build/report

usage() {
    sed -n '4,5p' "$0" | sed 's/^# *//' >&2
    exit 2
}

fail() {
    echo "report: $1" >&2
    exit 1
}

# --- arguments --------------------------------------------------------------------------------------------------------

days=90
zone=utc
family=
file=
out=
install=
while [ $# -gt 0 ]; do
    case $1 in
    --chat | --conversations) family=${1#--} ;;
    --install) install=yes ;;
    --days | --zone)
        [ $# -ge 2 ] || usage
        eval "${1#--}=\$2"
        shift
        ;;
    --) ;;
    -*) usage ;;
    *)
        if [ -z "$file" ]; then
            file=$1
        else
            [ -z "$out" ] || usage
            out=$1
        fi
        ;;
    esac
    shift
done

# --- the library ------------------------------------------------------------------------------------------------------

# The folder is put in place when all of it is there.
install_library() {
    local part
    command -v npm >/dev/null || fail "npm is missing: install Node, 18 or newer, with npm (Debian: apt install nodejs npm)"
    mkdir -p "$root/build" && part=$(mktemp -d "$modules.XXXXXX") || exit
    trap 'rm -rf "$part"' EXIT
    cp "$root/examples/report/package.json" "$root/examples/report/package-lock.json" "$root/examples/report/.npmrc" "$part/"
    npm ci --prefix "$part" --no-audit --no-fund --ignore-scripts --prefer-offline >"$part/npm.log" 2>&1 ||
        fail "npm could not install the charts' library: $(grep -m 1 -E '^npm (error|ERR!)' "$part/npm.log")"
    chmod "$(printf '%o' $((0777 & ~0$(umask))))" "$part" # for others too, as the umask has it
    rm -rf "$modules"
    mv "$part" "$modules" || fail "$modules cannot be written"
}

if [ -n "$install" ]; then
    [ -z "$file" ] || usage
    install_library
    exit
fi

[ -n "$out" ] || usage
case $days in '' | *[!0-9]* | ????*) fail "--days $days: a number from 7 to 400" ;; esac
[ "$days" -ge 7 ] && [ "$days" -le 400 ] || fail "--days $days: a number from 7 to 400"
case $zone in
utc) zone=+00:00 ;;
local) zone=localtime ;;
[-+][01][0-9]:[0-5][0-9]) ;;
*) fail "--zone $zone: utc, local, or as in +02:00" ;;
esac

source "$root/tests/lib.sh" # where sqlite3 is
command -v "$SQLITE3" >/dev/null || fail "sqlite3 is missing: install it, 3.34 or newer (Debian: apt install sqlite3)"
"$SQLITE3" -version | awk -F'[. ]' '{ exit !($1 > 3 || $1 == 3 && $2 >= 34) }' ||
    fail "sqlite3 is too old: 3.34 or newer is needed, this is $("$SQLITE3" -version | cut -d ' ' -f 1)"
command -v node >/dev/null || fail "node is missing: install Node, 18 or newer, with npm (Debian: apt install nodejs npm)"
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || fail "Node 18 or newer is needed, this is $(node --version)"
cmp -s "$root/examples/report/package-lock.json" "$modules/package-lock.json" ||
    fail "Observable Plot, which draws the charts, is missing: run examples/report.sh --install"

# --- the files --------------------------------------------------------------------------------------------------------

[ -f "$file" ] || fail "$file: no such file"
case $file in /*) ;; *) file=$PWD/$file ;; esac
[ ! -d "$out" ] || fail "$out is a folder"
[ -d "$(dirname "$out")" ] || fail "$(dirname "$out"): no such folder"
[ ! -s "$out" ] || [ "$(sed -n '2p;2q' "$out" | tr -d '\0')" = '<!-- sqlite-chat report -->' ] ||
    fail "$out is there and is no report: it stays, give another name"

work=$(mktemp -d) || exit
part=
trap 'rm -rf "$work"; [ -z "$part" ] || rm -f "$part"' EXIT
trap 'exit 1' INT TERM HUP

# Where nothing can be written beside it, SQLite opens a file in WAL mode only as one that nobody changes.
database=$file
if [ ! -w "$(dirname "$file")" ] && [ ! -s "$file-wal" ]; then
    database="file:$(printf %s "$file" | sed -e 's/%/%25/g' -e 's/?/%3f/g' -e 's/#/%23/g')?immutable=1"
fi

# The first line of what sqlite3 complained of, without its own words.
reason() {
    sed -nE -e '/^[[:space:]]*$/d' -e 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?: //' \
        -e 's/^(stepping|in prepare), //' -e 's/ \([0-9]+\)$//' -e 'p;q' "$work/said"
}

run() {
    "$SQLITE3" -batch -bail -noheader -init /dev/null -cmd '.timeout 10000' "$database" 2>"$work/said"
}

# Which tables there are, and the generation of the latest run.
echo "SELECT group_concat(name, ' ') FROM sqlite_master WHERE type = 'table'
       AND name IN ('archive_runs', 'messages', 'conversation_messages');" | run >"$work/tables" || fail "$file: $(reason)"
tables=" $(cat "$work/tables") "
case $tables in *' archive_runs '*) ;; *) fail "$file is no archive of examples/archive.sh" ;; esac
if [ -z "$family" ]; then
    latest=$(echo 'SELECT generation FROM archive_runs ORDER BY run DESC LIMIT 1;' | run) || fail "$file: $(reason)"
    case $latest in
    conversations) family=conversations ;;
    '') fail "$file has had no archive run yet" ;;
    *) family=chat ;;
    esac
fi
case $family$tables in
chat*' messages '* | conversations*' conversation_messages '*) ;;
*) fail "$file has no tables of $family" ;;
esac

# --- the report -------------------------------------------------------------------------------------------------------

# All of it in one transaction: the archive as it is at one moment. A line "=NAME" goes before each answer.
script() {
    local query
    echo '.mode json'
    echo 'BEGIN;'
    echo "CREATE TEMP TABLE report_options AS SELECT $days AS days, '$zone' AS zone;"
    cat "$root/sql/report/$family.sql" "$root/sql/report/open.sql"
    for query in "$root"/sql/report/*.sql; do
        case ${query##*/} in chat.sql | conversations.sql | open.sql) continue ;; esac
        echo ".print =$(basename "$query" .sql)"
        cat "$query"
    done
    echo 'COMMIT;'
    echo '.print =end'
}

script | run >"$work/answers" || fail "$file: $(reason)"
# Beside OUT, so that the rename at the end is one step on one file system.
part=$(mktemp "$out.XXXXXX") || fail "cannot write beside $out"
chmod "$(printf '%o' $((0666 & ~0$(umask))))" "$part"
# node does not notice a full disk; cat does.
node "$root/examples/report/main.mjs" "$modules" "$family" <"$work/answers" 2>"$work/said" | cat >"$part" 2>"$work/full" ||
    fail "$out is not written: $(cat "$work/full" "$work/said" | grep -m 1 -E 'rror|cat:')"
mv -f "$part" "$out" || fail "cannot write $out"
