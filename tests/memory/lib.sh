# shellcheck shell=bash
# What the scripts of tests/memory share: running a program of tests/memory in a variant. Each prints a TAP of its own.
source tests/lib.sh

# A make that called has jobs and variables of its own.
unset MAKEFLAGS MFLAGS MAKELEVEL
memory_failed=0

# The extension's file in a build folder.
memory_library() {
    if [ -e "$1/chat.dylib" ]; then echo "$1/chat.dylib"; else echo "$1/chat.so"; fi
}

# memory_skip WHY
memory_skip() {
    echo "1..0 # SKIP $1"
}

# memory_run FOLDER PROGRAM ARGUMENT...: the program of a build folder, with its extension. WATCHER goes before it.
memory_run() {
    local folder=$1 program=$2
    shift 2
    # shellcheck disable=SC2086 # the watcher's options are split
    ${WATCHER-} "$folder/$program" --extension "$(memory_library "$folder")" --emulator "$EMULATOR" "$@" ||
        memory_failed=1
}

run_plain() {
    memory_run "$BUILD" "$@"
}

# run_sanitized SANITIZERS PROGRAM ARGUMENT...: built for it first.
run_sanitized() {
    local sanitizers=$1 program=$2 folder=build/asan
    shift 2
    [ "$sanitizers" != thread ] || folder=build/thread
    if ! echo 'int main(void) { return 0; }' |
        ${CC:-cc} -x c -fsanitize="$sanitizers" -o /dev/null - 2>/dev/null; then
        memory_skip "the compiler has no -fsanitize=$sanitizers"
        return
    fi
    if ! ${MAKE:-make} --no-print-directory QUIET=1 SANITIZE="$sanitizers" all "$folder/$program"; then
        echo "not ok - build with -fsanitize=$sanitizers"
        memory_failed=1
        return
    fi
    ASAN_OPTIONS=detect_leaks=1:exitcode=99 UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=exitcode=99 \
        memory_run "$folder" "$program" "$@"
}

run_valgrind() {
    if ! command -v valgrind >/dev/null; then
        memory_skip "no valgrind here"
        return
    fi
    WATCHER="valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite" run_plain "$@"
}

end() {
    exit $memory_failed
}
