"""
Reports coverage by file and holds it against the goals:

    lines of ext/ in all                                    at least 95 %, and for those left there is a reason
    branches of the planner, the retry policy, URLs,        all, but those that uncovered.txt lists with a reason
    and the write queue with its sending

    python3 tests/cover/report.py build/cover/coverage.json       (as `gcovr --json` writes it)

The files whose branches are all to be taken are those named in STRICT. A line of uncovered.txt is

    FILE<TAB>NUMBER<TAB>TEXT<TAB>REASON

and allows so many branches that nothing takes in lines of that file that hold TEXT. Lines that nothing runs have the
reason that uncovered_lines.txt gives,

    FILE<TAB>FUNCTION<TAB>REASON

or that they are what happens when memory runs out, which is seen in the lines themselves (for_lack_of_memory).
"""

import json
import pathlib
import re
import sys

LINES_GOAL = 95.0
STRICT = [
    "ext/plan/plan.c",
    "ext/rest/circuit.c",
    "ext/rest/outcome.c",
    "ext/rest/retry.c",
    "ext/rest/url.c",
    "ext/write/write_queue.c",
    "ext/write/write_send.c",
]
LISTED = pathlib.Path(__file__).with_name("uncovered.txt")
LISTED_LINES = pathlib.Path(__file__).with_name("uncovered_lines.txt")
# What is done about memory that is lacking, and what may lack it.
MEMORY = re.compile(r"error_no_memory|NOMEM|no_memory\b")
ALLOCATES = re.compile(r"alloc|mprintf|strdup|_copy\(|_new\(|_escape\(|_init\(|_open\(|_append\(|_take\(|json_|_slist_")


def is_code(line):
    return not line.get("gcovr/noncode", False)


def percent(part, whole):
    return 100.0 * part / whole if whole else 100.0


def counts(lines):
    """(lines run, lines, branches taken, branches)"""
    branches = [branch for line in lines for branch in line["branches"]]
    return (
        sum(line["count"] > 0 for line in lines),
        len(lines),
        sum(branch["count"] > 0 for branch in branches),
        len(branches),
    )


def print_row(name, numbers):
    run, lines, taken, branches = numbers
    print(
        f"{name:<32} {run:5d} of {lines:5d} lines {percent(run, lines):6.1f} %"
        f"   {taken:5d} of {branches:5d} branches {percent(taken, branches):6.1f} %"
    )


def read_rows(path, form):
    """The rows of a list, each with as many fields as its form has."""
    for number, row in enumerate(path.read_text().splitlines(), 1):
        if row and not row.startswith("#"):
            fields = row.split("\t")
            if len(fields) != len(form.split(", ")) or not all(fields):
                sys.exit(f"{path}:{number}: not {form}")
            yield fields


def read_listed():
    return [(row[0], int(row[1]), row[2]) for row in read_rows(LISTED, "FILE, NUMBER, TEXT, REASON")]


def complaints_of(name, lines, source, listed):
    """What is not covered in a file and not listed, and what is listed for nothing."""
    complaints, left = [], {entry: entry[1] for entry in listed if entry[0] == name}
    for line in lines:
        text = source[line["line_number"] - 1].strip()
        missed = sum(branch["count"] == 0 for branch in line["branches"])
        for entry in left:
            if entry[2] in text:
                excused = min(missed, left[entry])
                left[entry] -= excused
                missed -= excused
        if missed:
            complaints.append(f"{name}:{line['line_number']}: {missed} branches not taken: {text}")
    for entry, unused in left.items():
        if not any(entry[2] in text for text in source):
            complaints.append(f"{LISTED.name}: no such line in {name}: {entry[2]}")
        elif unused:
            print(f"# {name}: {unused} branches fewer than listed: {entry[2]}")
    return complaints


# ---- lines that nothing runs ----


def blocks_of(lines, source):
    """What is not run, as (function, line numbers), one for each run of neighbours."""
    function, block = "", []
    counted = {line["line_number"]: line["count"] for line in lines}
    for number, text in enumerate(source, 1):
        if re.match(r"[A-Za-z].*\(", text):
            function = re.search(r"(\w+)\(", text).group(1)
        if number in counted and counted[number] > 0 or text.startswith("}"):
            if block:
                yield function, block
            block = []
        elif number in counted:
            block.append(number)
    assert not block


def for_lack_of_memory(block, source):
    """Does it say so, or stand under a test of what was allocated just before?"""
    if any(MEMORY.search(source[number - 1]) for number in block):
        return True
    guard = re.match(r" *(?:\} else )?if \(!([a-z_.>-]+?)(?:\)| \|\|)", source[block[0] - 2])
    before = source[max(0, block[0] - 6) : block[0] - 2]
    return bool(guard) and any(
        re.search(r"\b" + re.escape(guard.group(1)) + " = ", text) and ALLOCATES.search(text) for text in before
    )


def sort_by_reason(files, listed):
    """{reason: ["FILE:LINE in FUNCTION: TEXT"]}; the reason is "" where nobody has given one."""
    found = {}
    for name, lines in sorted(files.items()):
        source = pathlib.Path(name).read_text().splitlines()
        for function, block in blocks_of(lines, source):
            reason = "memory that runs out" if for_lack_of_memory(block, source) else listed.get((name, function), "")
            for number in block:
                found.setdefault(reason, []).append(f"{name}:{number} in {function}: {source[number - 1].strip()}")
    return found


def report_lines(files):
    """Prints what is not run, and complains of that which has no reason."""
    rows = read_rows(LISTED_LINES, "FILE, FUNCTION, REASON")
    listed = {(name, function): reason for name, function, reason in rows}
    found = sort_by_reason(files, listed)
    without = found.pop("", [])
    for reason, lines in sorted(found.items(), key=lambda item: -len(item[1])):
        print(f"# not run, {len(lines)} lines: {reason}")
        print("\n".join("#    " + line for line in lines))
    for reason in set(listed.values()) - set(found):
        print(f"# {LISTED_LINES.name}: nothing needs this any more: {reason}")
    return [f"not run: {line}" for line in without]


def main(path):
    files = {}
    for file in json.loads(pathlib.Path(path).read_text())["files"]:
        files[file["file"]] = [line for line in file["lines"] if is_code(line)]
    listed, complaints = read_listed(), []
    for name, lines in sorted(files.items()):
        print_row(name, counts(lines))
    total = counts([line for lines in files.values() for line in lines])
    print_row("ext/", total)
    if percent(total[0], total[1]) < LINES_GOAL:
        complaints.append(f"fewer than {LINES_GOAL} % of the lines of ext/ are run")
    complaints += report_lines(files)
    for name in STRICT:
        source = pathlib.Path(name).read_text().splitlines()
        complaints += complaints_of(name, files.get(name, []), source, listed)
    print(f"{sum(entry[1] for entry in listed)} branches are listed as not to be taken, with reasons")
    print("\n".join(complaints) or "the goals are met")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
