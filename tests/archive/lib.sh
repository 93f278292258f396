# shellcheck shell=bash
# For the tests of examples/archive.sh: an emulator with awkward data, archives of it, and whether an archive equals
# what the service has. Source tests/lib.sh and tests/tap.sh first.

folder=$(mktemp -d) || exit
trap 'rm -rf "$folder"; emulator_stop' EXIT
umask 022

# data_for MESSAGES CHANNELS MEMBERS OPTION...: sets data, the emulator's options: so many, with LONG=1 three times as
# many.
data_for() {
    local times=1
    [ -z "${LONG-}" ] || times=3
    data=(--messages $(($1 * times)) --channels $(($2 * times)) --members $(($3 * times)) --private 70 --write-limit 0
        "${@:4}")
}

chat_tables='services credentials roles channels users bindings members invites channel_webhooks messages user_channels
    user_bindings'
v1_tables='services credentials roles channels users members invites messages user_channels'
conversations_tables='conversation_services conversation_credentials address_configurations account_configuration
    account_webhooks service_configurations service_notifications service_webhooks conversation_roles conversations
    conversation_users conversation_bindings participants conversation_webhooks conversation_messages
    user_conversations delivery_receipts'

tables_of() {
    case $1 in
    v1) echo "$v1_tables" ;;
    v2) echo "$chat_tables" ;;
    *) echo "$conversations_tables" ;;
    esac
}

options_of() {
    case $1 in
    v1) echo --v1 ;;
    v2) echo -- ;;
    *) echo --conversations ;;
    esac
}

control() {
    tests/sql/control "$TWILIO_CHAT_URL" "$@"
}

# How many requests the emulator has had since the last reset.
requests() {
    control requests | grep -o '"uri"' | wc -l
}

plain() {
    "$SQLITE3" -batch -init /dev/null "$@" 2>&1
}

service() {
    plain -cmd ".load $EXTENSION" "$@"
}

# Runs examples/archive.sh; what it says is in $folder/said. Silent if it succeeds.
archive() {
    examples/archive.sh "$@" >"$folder/said" 2>&1 || { echo "status $?:" && cat "$folder/said"; }
}

# fails TEXT ARGUMENT...: it fails, and says so in one line.
fails() {
    local text=$1
    shift
    if examples/archive.sh "$@" >"$folder/said" 2>&1; then echo "it succeeded"; fi
    grep -qF -- "$text" "$folder/said" && [ "$(wc -l <"$folder/said")" -eq 1 ] || cat "$folder/said"
}

# Columns of a table as the archive has them.
columns_of() {
    plain "$1" "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info('$2')
        WHERE name NOT IN ('gone_at', 'content', 'file')"
}

# equal VERSION FILE: what differs between the archive and the service, in any table, row or byte.
equal() {
    local version=$1 file=$2 name columns
    for name in $(tables_of "$version"); do
        columns=$(columns_of "$file" "$name")
        echo "CREATE VIRTUAL TABLE temp.api_$name USING $name;"
        echo "CREATE TEMP TABLE there_$name AS SELECT $columns FROM temp.api_$name;"
        echo "SELECT '$name: only there: ' || path FROM (SELECT $columns FROM temp.there_$name
            EXCEPT SELECT $columns FROM main.$name WHERE gone_at IS NULL) LIMIT 3;"
        echo "SELECT '$name: only kept: ' || path FROM (SELECT $columns FROM main.$name WHERE gone_at IS NULL
            EXCEPT SELECT $columns FROM temp.there_$name) LIMIT 3;"
        echo "SELECT '$name: ' || there || ' there, ' || kept || ' kept' FROM (SELECT (SELECT count(*) FROM
            temp.there_$name) AS there, (SELECT count(*) FROM main.$name WHERE gone_at IS NULL) AS kept)
            WHERE there <> kept;"
    done >"$folder/equal.sql"
    TWILIO_CHAT_API_VERSION=$version service "$file" <"$folder/equal.sql"
    plain "$file" "PRAGMA integrity_check" | grep -vx ok
}

# The same run by run: each change once, and the counts of the runs are those of the changes.
told_once() {
    plain "$1" "SELECT 'new twice: ' || path FROM archive_changes WHERE kind = 'new' GROUP BY table_name, path
                 HAVING count(*) > 1 + (SELECT count(*) FROM archive_changes AS g WHERE g.kind = 'gone'
                     AND (g.table_name, g.path) = (archive_changes.table_name, archive_changes.path)) LIMIT 3;
        SELECT 'run ' || run || ': counted wrong' FROM archive_runs AS r WHERE (new, edited, gone) IS NOT
            (SELECT total(kind = 'new'), total(kind = 'edited'), total(kind = 'gone') FROM archive_changes AS c
              WHERE c.run = r.run);
        SELECT 'a run did not end' FROM archive_runs WHERE ended_at IS NULL;
        SELECT 'left to do: ' || table_name FROM archive_todo LIMIT 3;"
}

# told_new VERSION FILE: each row has been told as new, once, and nothing else has been.
told_new() {
    local name
    for name in $(tables_of "$1"); do
        plain "$2" "SELECT '$name: not told: ' || path FROM (SELECT path FROM $name EXCEPT
                SELECT path FROM archive_changes WHERE table_name = '$name' AND kind = 'new') LIMIT 3;
            SELECT '$name: told without a row: ' || path FROM (SELECT path FROM archive_changes
                WHERE table_name = '$name' EXCEPT SELECT path FROM $name) LIMIT 3"
    done
}
