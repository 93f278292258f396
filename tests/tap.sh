# shellcheck shell=bash
# TAP for shell scripts: source it, call `check` and `skip`, end with `tap_end`.

tap_number=0
tap_failures=0

# check NAME COMMAND...: passes if the command prints nothing. What it prints is the reason of the failure.
check() {
    local name=$1 output
    shift
    tap_number=$((tap_number + 1))
    output=$("$@" 2>&1)
    if [ -z "$output" ]; then
        echo "ok $tap_number - $name"
    else
        tap_failures=$((tap_failures + 1))
        echo "not ok $tap_number - $name"
        printf '%s\n' "$output" | sed 's/^/# /'
    fi
}

# skip NAME REASON
skip() {
    tap_number=$((tap_number + 1))
    echo "ok $tap_number - $1 # SKIP $2"
}

# check_with TOOL NAME COMMAND...: a check that needs a tool, skipped where there is none.
check_with() {
    local tool=$1
    shift
    if command -v "$tool" >/dev/null; then
        check "$@"
    else
        skip "$1" "no $tool here"
    fi
}

# Prints the plan; the last command of a script, whose status tells whether all passed.
tap_end() {
    echo "1..$tap_number"
    [ $tap_failures -eq 0 ]
}

# tap_numbered LABEL: several programs print TAP one after another: one numbering, one plan.
tap_numbered() {
    awk -v label="$1" '
        /^(not )?ok / { sub(/ok [0-9]+ - /, "ok " ++count " - " label ": ") }
        /^1\.\.[0-9]+$/ { planned += substr($0, 4); next }
        /^1\.\.0/ { sub(/^1\.\.0 # SKIP/, "ok " ++count " - " label ": # SKIP"); planned++ }
        { print }
        END { print "1.." planned }'
}

# The files of the project, by shell patterns: what git tracks or would, or, in a tree without git, what is there.
project_files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r file; do
            [ ! -f "$file" ] || echo "$file"
        done
    else
        local pattern
        for pattern in "${@:-*}"; do
            find . -type f -path "./$pattern" ! -path './build/*' | sed 's#^\./##'
        done
    fi
}
