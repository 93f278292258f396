"""What examples/export.sh has written, held against the archive, by a reader of its own: Python's json and sqlite3.

    exported.py equal FILE.db FOLDER [present]       each table's lines are its rows, in every column, byte and type
    exported.py changes OLD CHANGES NEW              files of changes, carried out upon the files OLD, give the files NEW
    exported.py sums FOLDER [SUFFIX]                 "TABLE: N rows, sha256 …" of the files, as the export prints it

It prints what is wrong, and nothing if nothing is.
"""

import glob
import hashlib
import json
import os
import sqlite3
import sys


def lines(file):
    """The rows of a file, as lists of (column, value)."""
    with open(file, 'rb') as opened:
        data = opened.read()
    if data and not data.endswith(b'\n'):
        print(file, 'does not end with a line feed')
    return [json.loads(line, object_pairs_hook=list) for line in data.split(b'\n')[:-1]]


def tables(folder, suffix='.jsonl'):
    names = (os.path.basename(file)[:-len(suffix)] for file in glob.glob(os.path.join(folder, '*' + suffix)))
    return sorted(name for name in names if '.' not in name)


def field(value):
    """As sql/export/checksum.sql has it, but for BLOBs, which are digits in the file."""
    if value is None:
        return '-'
    text = value if isinstance(value, str) else str(value)
    return text.encode('utf-8').hex().upper()


def checksum(rows):
    digest = hashlib.sha256()
    for row in rows:
        fields = [value if name == 'content' and value is not None else field(value) for name, value in row]
        digest.update((' '.join(fields) + '\n').encode())
    return digest.hexdigest()


def sums(folder, suffix='.jsonl'):
    for name in tables(folder, suffix):
        rows = lines(os.path.join(folder, name + suffix))
        print('%s: %d rows, sha256 %s' % (name, len(rows), checksum(rows)))


def kept(connection, name, present):
    """What the archive has, in the order of path: the database compares nothing for us."""
    cursor = connection.execute('SELECT * FROM "%s"' % name)
    columns = [column[0] for column in cursor.description]
    rows = [list(zip(columns, row)) for row in cursor]
    if present:
        rows = [row for row in rows if dict(row)['gone_at'] is None]
    return sorted(rows, key=lambda row: dict(row)['path'].encode())


def as_json(row):
    return [[name, value.hex().upper() if isinstance(value, bytes) else value] for name, value in row]


def typed(row):
    """1, 1.0 and True are equal to Python, but not here."""
    return [(name, type(value), value) for name, value in row]


def equal(database, folder, present=False):
    connection = sqlite3.connect(database)
    found = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
             if not name.startswith(('archive_', 'sqlite_'))]
    if sorted(found) != tables(folder):
        print('tables:', sorted(found), 'are not', tables(folder))
    for name in tables(folder):
        want = [typed(as_json(row)) for row in kept(connection, name, present)]
        have = [typed(row) for row in lines(os.path.join(folder, name + '.jsonl'))]
        if len(want) != len(have):
            print('%s: %d rows of %d' % (name, len(have), len(want)))
        for one, other in zip(want, have):
            if one != other:
                print('%s: not equal: %r' % (name, [pair for pair in zip(one, other) if pair[0] != pair[1]][:2]))
                break


def changes(old, told, new):
    operations = set()
    for name in tables(new):
        rows = {dict(row)['path']: row for row in lines(os.path.join(old, name + '.jsonl'))}
        for (first, operation), *row in lines(os.path.join(told, name + '.changes.jsonl')):
            path = dict(row)['path']
            if first != 'operation':
                print(name, 'does not begin with the operation')
            if (operation == 'new') != (path not in rows) and operation != 'gone':
                print(name, path, 'is told as', operation)
            operations.add(operation)
            rows.pop(path, None)
            if operation != 'gone':
                rows[path] = row
        want = {dict(row)['path']: row for row in lines(os.path.join(new, name + '.jsonl'))}
        for path in sorted(set(rows) | set(want)):
            if rows.get(path) != want.get(path):
                print(name, path, 'is another')
                break
    if operations != {'new', 'edited', 'gone'}:
        print('only', operations)


def main():
    what, arguments = sys.argv[1], sys.argv[2:]
    {'equal': equal, 'changes': changes, 'sums': sums}[what](*arguments)


main()
