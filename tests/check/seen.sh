# shellcheck shell=bash
# For the checks of this folder: a file in which a check has found nothing is not looked at again as long as it is the
# same, and so is what else the outcome depends on. Source it at the root of the project. LONG=1 looks at all.

# unless_seen NAME WHAT COMMAND...: reads names of files, and gives those that are new to the check NAME, or changed, to
# the command, which prints what is wrong. WHAT else its outcome depends on: versions, options, other files.
unless_seen() {
    local name=$1 what sums cache=build/check/$1 new found
    what=$(echo "$2" | cksum)
    shift 2
    sums=$(xargs sha256sum) || return
    mkdir -p build/check
    if [ -n "${LONG-}" ] || [ "$(head -n 1 "$cache" 2>/dev/null)" != "$what" ]; then echo "$what" >"$cache"; fi
    new=$(echo "$sums" | grep -vxFf "$cache" | sed 's/^[^ ]* *//')
    [ -n "$new" ] || return 0
    found=$(echo "$new" | "$@" 2>&1)
    if [ -n "$found" ]; then
        echo "$found"
    else
        printf '%s\n' "$what" "$sums" >"$cache.$$" && mv "$cache.$$" "$cache"
    fi
}

# One line that changes when one of the files does whose names are read.
sum_of() {
    xargs cat | cksum
}
