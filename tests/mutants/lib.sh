# shellcheck shell=bash
# Deliberate breaks of rules, for tests/mutants/run and tests/mutants/test_mutants. Source it at the project's root.
#
# The files tests/mutants/*.txt hold them, one after another:
#
#     mutant drop_last_page               its name
#     The last page of a list is lost.    what it breaks, for people
#     tests sql/paging_token unit/test_x  tests that should notice, as tests/run takes them
#     file ext/read/feed.c
#     -old line                           a text that the file has once: whole lines
#     +new line                           what takes its place; may be none
#
# Blank lines and lines with # at their beginning stand between mutants.

# What mutants_read has read, one element for each.
mutant_names=() mutant_whats=() mutant_tests_of=() mutant_files=() mutant_olds=() mutant_news=()

# The fields of the mutant that mutant_choose has chosen.
mutant_what='' mutant_tests='' mutant_file='' mutant_old='' mutant_new=''

mutants_read() {
    local line last=-1 inside=''
    while IFS= read -r line; do
        case $line in
        'mutant '*)
            last=$((last + 1))
            inside=yes
            mutant_names[last]=${line#mutant }
            mutant_whats[last]='' mutant_tests_of[last]='' mutant_files[last]=''
            mutant_olds[last]='' mutant_news[last]=''
            continue
            ;;
        '#'* | '') inside='' ;;
        esac
        [ -n "$inside" ] || continue
        case $line in
        'tests '*) mutant_tests_of[last]=${line#tests } ;;
        'file '*) mutant_files[last]=${line#file } ;;
        -*) mutant_olds[last]+=${line#-}$'\n' ;;
        +*) mutant_news[last]+=${line#+}$'\n' ;;
        *) mutant_whats[last]+=$line ;;
        esac
    done < <(cat tests/mutants/*.txt)
}

# mutant_choose NAME: not 0 if there is none, or two.
mutant_choose() {
    local i found=0
    for i in "${!mutant_names[@]}"; do
        [ "${mutant_names[i]}" = "$1" ] || continue
        found=$((found + 1))
        mutant_what=${mutant_whats[i]} mutant_tests=${mutant_tests_of[i]} mutant_file=${mutant_files[i]}
        mutant_old=${mutant_olds[i]} mutant_new=${mutant_news[i]}
    done
    [ $found -eq 1 ]
}

# What is wrong with the mutant that was chosen; nothing if it can be applied.
mutant_complaints() {
    local LC_ALL=C content rest count
    [ -n "$mutant_what" ] || echo "it does not say what it breaks"
    [ -n "$mutant_tests" ] || echo "it names no tests"
    [ -n "$mutant_old" ] || echo "it has no old text"
    [ "$mutant_old" != "$mutant_new" ] || echo "it changes nothing"
    if [ ! -f "$mutant_file" ]; then
        echo "no file \"$mutant_file\""
        return
    fi
    # A newline first, so that whole lines are found.
    content=$'\n'$(<"$mutant_file")$'\n'
    rest=${content//$'\n'"$mutant_old"/}
    count=$(((${#content} - ${#rest}) / (${#mutant_old} + 1)))
    [ $count -eq 1 ] || echo "$mutant_file has its old text $count times"
}

# mutant_apply FOLDER: changes the file in a copy of the tree.
mutant_apply() {
    local LC_ALL=C content
    content=$'\n'$(<"$mutant_file")$'\n'
    content=${content/$'\n'"$mutant_old"/$'\n'"$mutant_new"}
    printf '%s' "${content#$'\n'}" >"$1/$mutant_file"
}
