# shellcheck shell=bash
# One run at a time, for archive.sh and import_messages.sh. Source it; needs tests/lib.sh (SQLITE3) and a folder `work`.

# pipe NAME READ WRITE: a pipe whose ends are these descriptors. Opened so, neither end waits for the other.
# shellcheck disable=SC2154 # work is the caller's
pipe() {
    mkfifo "$work/$1" || exit
    eval "exec 5<>'$work/$1' $2<'$work/$1' $3>'$work/$1' 5>&-"
}

# lock FILE: 0 if it is held now, 1 if somebody else holds it, 2 if it cannot be, for the reason in work/said.
# A process holds it as long as anybody has the other end of its pipe, descriptor 9, open: this script and what it
# starts. However they end, be it the script alone, the lock ends with the last of them. The process is in a group of
# its own: no Ctrl-C reaches it, of which sqlite3 ends at the second one. It takes a moment to follow those that were
# killed: so long the next one waits.
lock() {
    local answer=
    pipe lock 8 9
    pipe locked 6 7
    set -m
    "$SQLITE3" -batch -bail -init /dev/null -cmd '.timeout 500' "$1" <&8 >&7 2>"$work/said" 6<&- 9>&- &
    set +m
    exec 8<&- 7>&-
    echo "BEGIN EXCLUSIVE; SELECT 'held';" >&9 2>/dev/null
    read -r answer <&6
    exec 6<&-
    [ "$answer" != held ] || return 0
    if grep -qi locked "$work/said"; then return 1; else return 2; fi
}
