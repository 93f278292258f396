# shellcheck shell=bash
# For the scripts of tests/fuzz. Source it at the root of the project.
#
# A corpus is one file of text for each target, tests/fuzz/corpus/TARGET.txt: one input a line, as printf's %b takes it
# (what is not printable, and a blank at the end, is written \xHH). A line that begins with "# " says what the next one is,
# or what it once found.

FUZZ_BUILD=build/fuzz
FUZZ_FINDINGS=$FUZZ_BUILD/findings
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

# Prints why nothing can be fuzzed here, or nothing.
fuzz_missing() {
    local program
    if ! command -v "${FUZZ_CC:-clang}" >/dev/null; then
        echo "no ${FUZZ_CC:-clang} here"
        return
    fi
    program=$(mktemp)
    echo 'int LLVMFuzzerTestOneInput(const char *bytes, unsigned long size) { return !bytes && size; }' |
        "${FUZZ_CC:-clang}" -x c -fsanitize=fuzzer,address,undefined -Wl,--wrap=time -o "$program" - 2>/dev/null ||
        echo "${FUZZ_CC:-clang} has no libFuzzer here, or the linker no --wrap"
    rm -f "$program"
}

fuzz_targets() {
    local file
    for file in tests/fuzz/fuzz_*.c; do
        file=${file##*/fuzz_}
        echo "${file%.c}"
    done
}

# fuzz_unpack TARGET FOLDER: writes the inputs of the corpus into a folder, one file each.
fuzz_unpack() {
    local line number=0
    mkdir -p "$2"
    [ -f "tests/fuzz/corpus/$1.txt" ] || return 0
    while IFS= read -r line; do
        case $line in
        '# '*) ;;
        *)
            number=$((number + 1))
            printf '%b' "$line" >"$2/seed-$number"
            ;;
        esac
    done <"tests/fuzz/corpus/$1.txt"
}

# fuzz_line FILE: an input as a line of a corpus.
fuzz_line() {
    od -An -v -tu1 "$1" | awk '
        {
            for (i = 1; i <= NF; i++) {
                if (held) printf " "
                held = 0
                if ($i == 32) held = 1
                else if ($i == 92) printf "\\\\"
                else if ($i > 32 && $i < 127 && !(NR == 1 && i == 1 && $i == 35)) printf "%c", $i + 0
                else printf "\\x%02x", $i
            }
        }
        END { print held ? "\\x20" : "" }'
}

# Words to put in: the names of the catalogue, and what a target has of its own.
fuzz_dictionary() {
    mkdir -p "$FUZZ_BUILD"
    { "$FUZZ_BUILD/words" | sort -u && cat "tests/fuzz/$1.dict" 2>/dev/null; } >"$FUZZ_BUILD/$1.dict"
}

# Options that every run of a target has.
fuzz_options() {
    local length=4096
    [ "$1" != sql ] || length=1500
    echo "-dict=$FUZZ_BUILD/$1.dict -artifact_prefix=$FUZZ_FINDINGS/$1- -max_len=$length -timeout=30 -rss_limit_mb=2048"
}
