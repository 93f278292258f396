# shellcheck shell=bash
# What postgresql.sh, clickhouse.sh and duckdb.sh have in common: what there is in FILE.db, which rows go to the engine,
# how a row travels and how both sides are compared. Source it; it needs bash 3.2 and the sqlite3 shell, and no extension.
#
# All that is read of FILE.db is read as of one moment, in one transaction of one sqlite3, whatever an archive run writes
# meanwhile. The engine remembers in its table archive_loaded how far it came: `change`, an id of archive_changes, and its
# `run`. The next call brings over the rows that later changes tell of, as they are now, and deletes those that are gone.
#
# A row travels as one JSON object, which keeps NUL, CR, empty and NULL, whatever is in a text. Columns are
#   text      as they are
#   integer   64 bits
#   time      names that begin with date_ or end in _timestamp: an instant, in UTC
#   blob      the contents of media, as hexadecimal digits on the way
# and what a column of the engine cannot hold (a time of another form, a number that is none, in PostgreSQL a NUL in a
# text) is in the row's archive_exact, a JSON text of column names, each with "x" and the value's bytes in hexadecimal;
# the column itself then has NULL, of a text what it can hold: U+FFFD for each NUL. Nearly always it is NULL.
#
# Compared are, of each table, the number of rows and the checksum that sql/export/checksum.sql describes: those that
# `examples/export.sh --format checksum --present FILE.db` prints. Rows that the service has no more stay in FILE.db.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) || exit 2
source "$root/tests/lib.sh" # SQLITE3

work=
file=
if command -v sha256sum >/dev/null; then sha256=sha256sum; else sha256='shasum -a 256'; fi
# From 3.50 on the shell writes control characters as ^M and the like, unless told not to.
literal=$("$SQLITE3" -escape off -init /dev/null :memory: "SELECT '-escape off'" 2>/dev/null)

usage() {
    sed -n '/^#   examples/s/^# *//p' "$0" >&2
    exit 2
}

fail() {
    echo "$(basename "$0" .sh): $1" >&2
    exit 1
}

# handover_open FILE: checks that it is an archive, makes the folder `work` and in it
#   columns   "TABLE COLUMN KIND" for each column of each table, in their order
# and sets archive (which it is), newest (the id of its last change).
handover_open() {
    local found
    file=$1
    [ -s "$file" ] || fail "$file: no such file; examples/archive.sh makes it"
    case $file in /*) ;; *) file=$PWD/$file ;; esac
    case $file$root in *[\'\"]* | *$'\n'*) fail "a quote or a line break in the name of a file is more than this can bear" ;; esac
    work=$(mktemp -d) || exit
    trap 'rm -rf "$work"' EXIT
    trap 'fail "stopped; run it again, and it goes on"' INT TERM HUP
    mkdir "$work/here" "$work/there"
    found=$(handover_ask "SELECT count(*) FROM sqlite_master WHERE name IN ('archive_runs', 'archive_changes');") ||
        fail "$file: $(handover_reason)"
    [ "$found" = 2 ] || fail "$file holds no archive; examples/archive.sh makes one"
    archive=$(handover_ask "SELECT ifnull((SELECT started_at FROM archive_runs WHERE run = 1), '-') || ' ' ||
        ifnull((SELECT path FROM archive_changes WHERE id = 1), '-');")
    newest=$(handover_ask 'SELECT ifnull(max(id), 0) FROM archive_changes;')
    handover_ask "SELECT t.name || ' ' || c.name || ' ' || CASE
            WHEN c.name LIKE 'date\_%' ESCAPE '\' OR c.name LIKE '%\_timestamp' ESCAPE '\' THEN 'time'
            WHEN c.type = 'INTEGER' THEN 'integer' WHEN c.type = 'BLOB' THEN 'blob' ELSE 'text' END
        FROM temp.export_tables AS t JOIN pragma_table_info(t.name) AS c WHERE c.name <> 'gone_at'
       ORDER BY t.name, c.cid;" >"$work/columns" || fail "$file: $(handover_reason)"
    [ -s "$work/columns" ] || fail "$file holds no tables yet"
}

# handover_sqlite: one sqlite3 over FILE.db, told what to do by its standard input, in the folder `work`. It opens the
# file for writing, though it writes nothing there: else it would leave files of the write-ahead log behind.
handover_sqlite() {
    # shellcheck disable=SC2086 # two words or none
    (cd "$work" && { echo ".read '$root/sql/export/session.sql'" && cat; } |
        "$SQLITE3" $literal -batch -bail -noheader -init /dev/null -cmd '.timeout 10000' "$file" 2>said)
}

handover_ask() {
    handover_sqlite <<<"$1"
}

# What sqlite3 or an engine complained of last, one line.
handover_reason() {
    sed -nE -e '/^[[:space:]]*$/d' -e 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?: //' -e 'p;q' "$work/said"
}

handover_tables() {
    awk '!seen[$1]++ { print $1 }' "$work/columns"
}

# handover_columns TABLE: "COLUMN KIND" of each.
handover_columns() {
    awk -v table="$1" '$1 == table { print $2, $3 }' "$work/columns"
}

# handover_since ARCHIVE CHANGE: where the engine stands; sets last, the change after which its rows are old, or `all` if
# it has none.
handover_since() {
    last=all
    [ -n "$1" ] || return 0
    [ "$1" = "$archive" ] || fail "another archive than $file was loaded there: take another place, or --whole"
    [ "$2" -le "$newest" ] || fail "what was loaded there is newer than $file (change $2, $newest): an old copy? --whole"
    last=$2
}

# --- rows as JSON -------------------------------------------------------------------------------------------------------

# expressions COLUMN KIND: sets inexact, is this value one that the engine's column cannot hold (of a text: one with a
# NUL); and exactly, its bytes as they stand in archive_exact. Without a modifier strftime leaves a 30th of February.
expressions() {
    case $2 in
    time)
        inexact="\"$1\" IS NOT NULL AND NOT (length(\"$1\") = 20 AND strftime('%Y-%m-%dT%H:%M:%SZ', \"$1\", '+0 days') IS \"$1\"
            AND \"$1\" > '1970-01-02' AND \"$1\" < '2105')"
        ;;
    integer) inexact="typeof(\"$1\") NOT IN ('integer', 'null')" ;;
    *) inexact="instr(\"$1\", char(0))" ;;
    esac
    exactly="'x' || hex(iif(typeof(\"$1\") = 'real', printf('%!.20g', \"$1\"), \"$1\"))"
}

# handover_json TABLE [NUL [MEMBERS]]: a row as JSON; with NUL, for an engine that has no NUL in texts (PostgreSQL, whose
# BLOBs have \x in front); with more members.
handover_json() {
    local column kind inexact exactly members='' exact='' any='' separator='' or=''
    while read -r column kind; do
        expressions "$column" "$kind"
        case $kind in
        text) members="$members$separator'$column', \"$column\"" ;;
        blob) members="$members$separator'$column', iif(\"$column\" IS NULL, NULL, ${2:+'\x' || }hex(\"$column\"))" ;;
        *) members="$members$separator'$column', iif($inexact, NULL, \"$column\")" ;;
        esac
        separator=', '
        case $kind,${2-} in
        blob,* | text,) ;;
        *)
            exact="$exact${or:+, }'$column', iif($inexact, $exactly, NULL)"
            any="$any$or$inexact"
            or=' OR '
            ;;
        esac
    done < <(handover_columns "$1")
    exact="iif(${any:-0}, json_patch('{}', json_object($exact)) || '', NULL)"
    members="json_object($members, 'archive_exact', $exact${3:+, $3})"
    if [ -n "${2-}" ]; then
        # A reversed solidus is written as two: char(1), which cannot be in JSON, takes their place meanwhile.
        echo "(SELECT iif(instr(j, '\u0000'), replace(replace(replace(j, '\\\\', char(1)), '\u0000', '\ufffd')," \
            "char(1), '\\\\'), j) FROM (SELECT $members AS j))"
    else
        echo "$members"
    fi
}

# --- what sqlite3 is told to do -----------------------------------------------------------------------------------------

# handover_begin: the moment as of which all is read, and temp.told, the rows that go over. Leaves in `work`
#   state     "ARCHIVE", "RUN", "CHANGE": three lines, for archive_loaded
#   handed    how many rows are written there, how many deleted
handover_begin() {
    local table
    echo "BEGIN;"
    echo "CREATE TEMP TABLE told(table_name TEXT, path TEXT, PRIMARY KEY (table_name, path)) WITHOUT ROWID;"
    echo "CREATE TEMP TABLE handed(written INTEGER, deleted INTEGER);"
    [ "$last" = all ] || echo "INSERT INTO temp.told SELECT DISTINCT table_name, path FROM archive_changes WHERE id > $last;"
    for table in $(handover_tables); do
        echo "INSERT INTO temp.handed SELECT count(*), 0 FROM $table $(handover_where "$table");"
        [ "$last" = all ] || echo "INSERT INTO temp.handed SELECT 0, count(*) FROM $table
            WHERE gone_at IS NOT NULL AND path IN (SELECT path FROM temp.told WHERE table_name = '$table');"
    done
    echo ".output state"
    echo "SELECT '$archive'; SELECT ifnull(max(run), 0) FROM archive_runs; SELECT ifnull(max(id), 0) FROM archive_changes;"
    echo ".output handed"
    echo "SELECT total(written) || ' ' || total(deleted) FROM temp.handed;"
    echo ".output"
}

# handover_where TABLE: of which rows.
handover_where() {
    echo "WHERE gone_at IS NULL"
    [ "$last" = all ] || echo "AND path IN (SELECT path FROM temp.told WHERE table_name = '$1')"
}

# handover_sums: numbers of rows and checksums, into files of work/here.
handover_sums() {
    local table
    echo "UPDATE temp.export_options SET present = 1;"
    for table in $(handover_tables); do
        echo "UPDATE temp.export_options SET table_name = '$table';"
        echo ".output statement.sql"
        echo ".read '$root/sql/export/rows.sql'"
        echo ".output 'here/$table.rows'"
        echo ".read statement.sql"
        echo ".output statement.sql"
        echo ".read '$root/sql/export/checksum.sql'"
        echo ".output '|$sha256 >here/$table.sha256'"
        echo ".read statement.sql"
    done
    echo ".output"
}

# --- the end ------------------------------------------------------------------------------------------------------------

# What both sides have, equal or not; work/there holds what the engine has, as work/here does.
handover_equal() {
    diff -rq "$work/here" "$work/there" >/dev/null
}

# handover_end ENGINE COMMITTED: says how it went; not 0 if the sides differ, or it was not "committed".
handover_end() {
    local table rows=0 tables=0 differ='' here there written deleted run change
    for table in $(handover_tables); do
        here=$(cat "$work/here/$table.rows" "$work/here/$table.sha256" 2>/dev/null)
        there=$(cat "$work/there/$table.rows" "$work/there/$table.sha256" 2>/dev/null)
        [ -n "$here" ] || fail "$(handover_reason)"
        if [ "$here" != "$there" ]; then
            differ=yes
            echo "$table: here" $here", in $1" ${there:-nothing} >&2
        fi
        rows=$((rows + ${here%%[!0-9]*}))
        tables=$((tables + 1))
    done
    [ -z "$differ" ] || fail "$1 has not what $file has; --whole loads all of it anew"
    [ "$2" = committed ] || fail "$1 has not kept it"
    read -r written deleted <"$work/handed"
    { read -r _ && read -r run && read -r change; } <"$work/state"
    echo "run $run, change $change: ${written%.*} rows written, ${deleted%.*} deleted; $tables tables, $rows rows," \
        "equal to $1's by count and checksum"
}
