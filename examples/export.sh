#!/usr/bin/env bash
# Hands on what an archive holds: a file made by examples/archive.sh. Needs the sqlite3 shell (3.34 or newer) alone, and
# for Parquet DuckDB.
#
#   examples/export.sh FILE.db [--format jsonl|csv|parquet] [--table NAME …] [--since RUN] [--into FOLDER] [OPTION…]
#
#   --format jsonl     (the default) a line of JSON for each row, from which nothing is missing: sql/export/jsonl.sql
#   --format csv       for office programs, which read not everything as it is: sql/export/csv.sql. The export says what
#                      does not survive, with how many rows
#   --format parquet   for DuckDB, Spark, Trino and others: TABLE.parquet is a folder, its files partitioned by service
#                      and month: sql/export/parquet.sql. Nothing is missing: what the files hold is read again and must
#                      have the checksum. Takes DuckDB (npm install @duckdb/node-api), and for a while room for the JSON
#   --format checksum  only the lines with rows and checksums
#   --table NAME       this table; may be repeated. Else all that hold rows of the API
#   --since RUN        only rows that runs of the archive after RUN have changed, each once, as they are now, with
#                      `operation` as a first column: new or edited (to be put in the place of what stands under its
#                      `path` elsewhere, if anything does) or gone (to be deleted there)
#   --present          only rows that the service still has; else those with a gone_at too. Not with --since
#   --into FOLDER      a file for each table, TABLE.FORMAT (with --since: TABLE.changes.FORMAT), also if it has no rows.
#                      Without it the lines of one table go to standard output, and what is said to standard error
#   --force            replaces such files
#   --as-written       CSV without the apostrophe that keeps office programs from computing =1+1, and without the byte
#                      order mark that Excel needs
#
# All tables are as they were at one moment, also while examples/archive.sh is at work on FILE.db; neither waits for the
# other. Files appear when all of them are complete: an export that fails leaves none behind, says why in a line, and
# ends with a status other than 0. What it says at the end, for people and for programs:
#
#   messages: 5046 rows, sha256 c86f4d91…     for each table. The checksum is of the rows, not of the file: any engine
#                                             that has them can make the same one, as sql/export/checksum.sql tells.
#                                             Of CSV, from which things are missing, it is that of the file
#   total: 6767 rows; next: --since 3         what follows upon this, when the archive has had further runs
set -u -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2

usage() {
    sed -n '5p' "$0" | sed 's/^# *//' >&2
    exit 2
}

fail() {
    echo "export: $1" >&2
    exit 1
}

# --- arguments --------------------------------------------------------------------------------------------------------

format=jsonl
since=
present=0
folder=
force=
office=1
file=
tables=()
while [ $# -gt 0 ]; do
    case $1 in
    --present) present=1 ;;
    --force) force=yes ;;
    --as-written) office=0 ;;
    --format | --since | --table | --into)
        [ $# -ge 2 ] || usage
        case $1 in
        --format) format=$2 ;;
        --since) since=$2 ;;
        --table) tables+=("$2") ;;
        --into) folder=$2 ;;
        esac
        [ -n "$2" ] || fail "$1 is empty"
        shift
        ;;
    --) ;;
    -*) usage ;;
    *)
        [ -z "$file" ] || usage
        file=$1
        ;;
    esac
    shift
done
[ -n "$file" ] || usage
case $format in
jsonl | csv | checksum) ;;
parquet) [ -n "$folder" ] || fail "--format parquet needs --into FOLDER" ;;
*) fail "--format $format: it must be jsonl, csv, parquet or checksum" ;;
esac
[ "$office" = 1 ] || [ "$format" = csv ] || fail "--as-written is for --format csv"
[ -z "$since" ] || [ "$present" = 0 ] || fail "--since with --present would not tell what is gone: one of the two"
case $since in *[!0-9]* | ??????????*) fail "--since $since: it must be the number of a run" ;; esac
[ -e "$file" ] || fail "$file: no such file"
[ ! -d "$file" ] || fail "$file is a folder"
database=$file
case $file in /*) ;; *) database=$PWD/$file ;; esac
case $root in *[\'\"]* | *$'\n'*) fail "a quote or a line break in $root is more than this can bear" ;; esac

source "$root/tests/lib.sh"
part=
made=
clean() {
    [ -z "$part" ] || rm -rf "$part"
    [ -z "$made" ] || rmdir "$made" 2>/dev/null
}
trap clean EXIT
trap 'fail "stopped; nothing was written"' INT TERM HUP

# Where things are written until they are complete: beside what they become, so that each rename is one step. Its name
# is known before it is there, so that a signal in between leaves nothing behind.
if [ -n "$folder" ] && [ "$format" != checksum ]; then
    [ -d "$folder" ] || { made=$folder && mkdir "$folder" 2>/dev/null; } || fail "$folder: cannot be made a folder"
    part=$(cd "$folder" && pwd)/.export.$$.$RANDOM
else
    part=${TMPDIR:-/tmp}/export.$$.$RANDOM
fi
if ! mkdir -m 700 "$part" 2>/dev/null; then
    part=
    fail "${folder:-${TMPDIR:-/tmp}}: cannot be written to"
fi
said=$part/said

# --- sqlite3 ----------------------------------------------------------------------------------------------------------

# The first line of what sqlite3 complained of, without its own words.
reason() {
    sed -nE -e '/^[[:space:]]*$/d' -e 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?: //' \
        -e 's/^(stepping|in prepare), |^duckdb: //' -e 's/ \([0-9]+\)$//' -e 'p;q' "$said"
}

# From 3.50 on the shell writes control characters as ^M and the like, unless told not to.
literal=$("$SQLITE3" -escape off -init /dev/null :memory: "SELECT '-escape off'" 2>/dev/null)

# Runs commands of its standard input over FILE.db, in the folder of parts. It opens it for writing, though it writes
# nothing there: opened for reading only, the shell would leave files of the write-ahead log behind.
run() {
    # shellcheck disable=SC2086 # two words or none
    (cd "$part" && exec "$SQLITE3" $literal -batch -bail -init /dev/null "$database" 2>"$said")
}

prologue() {
    printf '%s\n' '.timeout 10000' '.headers off' '.mode list' BEGIN\; ".read '$root/sql/export/session.sql'" \
        "UPDATE temp.export_options SET since = ${since:-NULL}, present = $present, office = $office;"
}

# --- what there is ----------------------------------------------------------------------------------------------------

# sets: known, the tables that may be exported; last_run.
look() {
    local found
    found=$({ prologue && echo "SELECT 'archive_runs' FROM main.sqlite_master WHERE name = 'archive_runs';"; } | run) ||
        fail "$file: $(reason)"
    [ "$found" = archive_runs ] || fail "$file is no archive: examples/archive.sh makes one"
    found=$({ prologue && echo 'SELECT ifnull(max(run), 0) FROM main.archive_runs;
        SELECT name FROM temp.export_tables ORDER BY name;'; } | run) || fail "$file: $(reason)"
    last_run=${found%%$'\n'*}
    known=${found#"$last_run"}
    known=${known#$'\n'}
}

choose() {
    local name
    [ -z "$since" ] || [ "$since" -le "$last_run" ] || fail "--since $since: the last run of the archive is $last_run"
    # shellcheck disable=SC2206 # names without spaces
    [ ${#tables[@]} -gt 0 ] || tables=($known)
    [ ${#tables[@]} -gt 0 ] || fail "$file holds no tables yet"
    for name in "${tables[@]}"; do
        case $'\n'$known$'\n' in
        *$'\n'"$name"$'\n'*) ;;
        *) fail "--table $name: there are ${known//$'\n'/, }" ;;
        esac
        [ "$(printf '%s\n' "${tables[@]}" | grep -cxF -- "$name")" = 1 ] || fail "--table $name: said twice"
        [ -n "$force" ] || [ "$format" = checksum ] || [ -z "$folder" ] || [ ! -e "$folder/$name$suffix" ] ||
            fail "$folder/$name$suffix exists; --force replaces it"
    done
    [ -n "$folder" ] || [ "$format" = checksum ] || [ ${#tables[@]} = 1 ] ||
        fail "several tables need --into FOLDER; one, by --table, can go to standard output"
}

sha256() {
    local tool
    for tool in sha256sum 'shasum -a 256' 'openssl dgst -sha256 -r'; do
        if command -v "${tool%% *}" >/dev/null; then
            echo "$tool"
            return
        fi
    done
    fail "one of sha256sum, shasum and openssl is needed"
}

# --- the export -------------------------------------------------------------------------------------------------------

# statement NAME TO: the commands that run the statement which sql/export/NAME.sql makes, its output going TO.
statement() {
    printf '%s\n' '.output statement.sql' ".read '$root/sql/export/$1.sql'" ".output \"$2\"" '.read statement.sql' .output
}

# The shell does not notice a full disk; cat does, and what is not said to be written is not.
program() {
    local name lines=$format
    [ "$format" != parquet ] || lines=jsonl
    prologue
    for name in "${tables[@]}"; do
        echo "UPDATE temp.export_options SET table_name = '$name';"
        case $format:$folder in
        checksum:*) ;;
        *:) statement $lines "|cat >&9 && echo yes >$name.written" ;;
        *) statement $lines "|cat >$name$changes.$lines && echo yes >$name.written" ;;
        esac
        if [ "$format" = csv ]; then
            statement csv "|$sha256 >$name.sum"
            statement csv_traps "$name.traps"
        else
            statement checksum "|$sha256 >$name.sum"
        fi
        statement rows "$name.rows"
    done
    printf '%s\n' '.output ended' 'SELECT ifnull(max(run), 0) FROM main.archive_runs WHERE ended_at IS NOT NULL;' \
        'SELECT run FROM main.archive_runs WHERE ended_at IS NULL;' .output
}

# complete NAME: not 0 if something is missing from what was written of a table.
complete() {
    local rows
    rows=$(cat "$part/$1.rows") && [ -n "$rows" ] && grep -qE '^[0-9a-f]{64}' "$part/$1.sum" || return
    [ "$format" != checksum ] || return 0
    [ -s "$part/$1.written" ] || return
    case $format:$folder in
    *:) ;;
    jsonl:* | parquet:*) [ "$(wc -l <"$part/$1$changes.jsonl")" -eq "$rows" ] ;;
    csv:*) $sha256 <"$part/$1$suffix" | cmp -s - "$part/$1.sum" ;;
    esac
}

# A script for DuckDB: sql/export/NAME.sql of a table.
duckdb_script() {
    { prologue && echo "UPDATE temp.export_options SET table_name = '$2', partitioned = $3;" &&
        echo ".read '$root/sql/export/$1.sql'"; } | run
}

# Its package is looked for where this is run.
duckdb() {
    (export NODE_PATH=$PWD/node_modules${NODE_PATH:+:$NODE_PATH} && cd "$part" && node "$root/examples/node/duckdb.js" 2>"$said")
}

# Of the lines of a table. Without rows there is no partition.
make_parquet() {
    local rows sum again
    read -r rows <"$part/$1.rows"
    read -r sum _ <"$part/$1.sum"
    mkdir "$part/$1$suffix" && duckdb_script parquet "$1" $((rows > 0)) >"$part/statement.sql" &&
        duckdb <"$part/statement.sql" || fail "$1$suffix: $(reason)"
    rm -f "$part/$1$changes.jsonl"
    duckdb_script parquet_checksum "$1" 1 >"$part/statement.sql" &&
        again=$(duckdb <"$part/statement.sql" | $sha256) || fail "$1$suffix: $(reason)"
    [ "${again%% *}" = "$sum" ] || fail "$1$suffix does not hold what the archive holds"
}

# into_place NAME...: all of them are there. Now it is too late to stop.
into_place() {
    local name
    [ "$format" != checksum ] && [ -n "$folder" ] || return 0
    trap '' INT TERM HUP
    for name in "$@"; do
        if [ -n "$force" ]; then
            # A folder is not replaced by another: the old one goes first.
            [ ! -d "$folder/$name$suffix" ] || mv "$folder/$name$suffix" "$part/before" ||
                fail "cannot replace $folder/$name$suffix"
            if ! mv -f "$part/$name$suffix" "$folder/$name$suffix"; then
                [ ! -d "$part/before" ] || mv "$part/before" "$folder/$name$suffix"
                fail "cannot write $folder/$name$suffix"
            fi
            rm -rf "$part/before"
        else
            [ -e "$folder/$name$suffix" ] || mv -n "$part/$name$suffix" "$folder/$name$suffix"
            [ ! -e "$part/$name$suffix" ] || fail "$folder/$name$suffix exists; --force replaces it"
        fi
    done
    made=
}

summary() {
    local name sum rows total=0 ended unfinished
    for name in "${tables[@]}"; do
        read -r sum _ <"$part/$name.sum"
        read -r rows <"$part/$name.rows"
        total=$((total + rows))
        [ "$format" != csv ] || sed "s/^/$name: /" "$part/$name.traps"
        echo "$name: $rows rows, sha256 $sum"
    done
    { read -r ended && read -r unfinished; } <"$part/ended"
    [ -z "$unfinished" ] || echo "run $unfinished of the archive has not ended: of it, what is there so far"
    echo "total: $total rows; next: --since $ended"
}

changes=${since:+.changes}
suffix=$changes.$format
look
choose
sha256=$(sha256) || exit
if [ "$format" = parquet ]; then
    command -v node >/dev/null || fail "Parquet needs Node, and in it DuckDB: npm install @duckdb/node-api"
    echo 'SELECT 1' | duckdb >/dev/null || fail "Parquet: $(reason)"
fi
exec 9>&1
if ! program | run; then
    why=$(reason)
    fail "nothing whole was written to ${folder:-standard output}: ${why:-it was closed}"
fi
for name in "${tables[@]}"; do
    complete "$name" || fail "$name was not written as a whole to ${folder:-standard output}: $(reason)"
done
[ "$format" != parquet ] || for name in "${tables[@]}"; do make_parquet "$name"; done
into_place "${tables[@]}"
if [ -z "$folder" ] && [ "$format" != checksum ]; then summary >&2; else summary; fi
