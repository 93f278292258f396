"""
Reports coverage by file and holds it against the goals:

    lines of ext/ in all                                    at least 95 %
    branches of the planner, the retry policy, URLs,        all, but those that uncovered.txt lists with a reason
    and the write queue with its sending

    python3 tests/cover/report.py build/cover/coverage.json       (as `gcovr --json` writes it)

The files whose branches are all to be taken are those named in STRICT. A line of uncovered.txt is

    FILE<TAB>NUMBER<TAB>TEXT<TAB>REASON

and allows so many branches that nothing takes in lines of that file that hold TEXT.
"""

import json
import pathlib
import sys

LINES_GOAL = 95.0
STRICT = [
    "ext/table/plan.c",
    "ext/rest/retry.c",
    "ext/rest/url.c",
    "ext/table/write_queue.c",
    "ext/table/write_send.c",
]
LISTED = pathlib.Path(__file__).with_name("uncovered.txt")


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


def read_listed():
    listed = []
    for number, row in enumerate(LISTED.read_text().splitlines(), 1):
        if row and not row.startswith("#"):
            fields = row.split("\t")
            if len(fields) != 4 or not fields[1].isdigit() or not fields[3]:
                sys.exit(f"{LISTED}:{number}: not FILE, NUMBER, TEXT, REASON")
            listed.append((fields[0], int(fields[1]), fields[2]))
    return listed


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
    for name in STRICT:
        source = pathlib.Path(name).read_text().splitlines()
        complaints += complaints_of(name, files.get(name, []), source, listed)
    print(f"{sum(entry[1] for entry in listed)} branches are listed as not to be taken, with reasons")
    print("\n".join(complaints) or "the goals are met")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
