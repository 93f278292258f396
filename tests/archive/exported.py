"""What examples/export.sh has written, held against the archive, by a reader of its own: Python's json and sqlite3.

    exported.py equal FILE.db FOLDER [present]       each table's lines are its rows, in every column, byte and type
    exported.py changes OLD CHANGES NEW              files of changes, carried out upon the files OLD, give the files NEW
    exported.py csv FILE.db FOLDER [as-written]      the same of CSV, but for what it cannot hold
    exported.py traps FILE.db                        what the export says of that, as "TABLE: N rows with a …"
    exported.py sums FOLDER [SUFFIX]                 "TABLE: N rows, sha256 …" of the files, as the export prints it

It prints what is wrong, and nothing if nothing is.
"""

import csv
import glob
import hashlib
import io
import json
import os
import re
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


def computed(value):
    return isinstance(value, str) and value[:1] != '' and value[0] in '=+-@\uff1d\uff0b\uff0d\uff20\t\r\n'


def cell(value, office):
    if value is None:
        return ''
    if isinstance(value, str):
        return ("'" if office and computed(value) else '') + value.replace('\0', '\u2400')
    return str(value)


def same_cell(text, value, office):
    if isinstance(value, float):  # 15 digits, which is what office programs have
        return abs(value) > 1.7e308 or abs(float(text) - value) <= abs(value) * 1e-14
    return text == cell(value, office)


def as_csv(database, folder, as_written=False):
    csv.field_size_limit(1 << 30)
    connection = sqlite3.connect(database)
    for name in tables(folder, '.csv'):
        with open(os.path.join(folder, name + '.csv'), 'rb') as opened:
            data = opened.read()
        if data.startswith(b'\xef\xbb\xbf') == bool(as_written):
            print(name, 'begins with', data[:3])
        text = data.decode('utf-8' if as_written else 'utf-8-sig')
        header, *have = list(csv.reader(io.StringIO(text, newline=''), strict=True))
        rows = [[pair for pair in row if pair[0] != 'content'] for row in kept(connection, name, False)]
        if rows and header != [column for column, _ in rows[0]] or len(rows) != len(have):
            print(name, 'has', header, 'and', len(have), 'rows')
        for want, found in zip(rows, have):
            different = [pair for pair in zip(found, want) if not same_cell(pair[0], pair[1][1], not as_written)]
            if different or len(want) != len(found):
                print(name, 'not equal:', different[:2])
                break
        if text.count('\r\n') < len(have) + 1 or not text.endswith('\r\n'):
            print(name, 'has lines that do not end with CRLF')


def misread(value):
    """Digits that are taken for a date or another number."""
    return isinstance(value, str) and re.match(r'[0-9.][0-9.,/:eE%+-]*\Z', value) \
        and not re.match(r'(0|[1-9][0-9]{0,14})\Z', value)


def traps(database):
    connection = sqlite3.connect(database)
    found = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
             if not name.startswith(('archive_', 'sqlite_'))]
    for name in found:
        rows = [[value for column, value in row if column != 'content'] for row in kept(connection, name, False)]
        for words, trap in (('with a NUL', lambda value: isinstance(value, str) and '\0' in value),
                            ('with a text that is computed', computed),
                            ('with a text that is taken', misread),
                            ('with a text of more', lambda value: isinstance(value, str) and len(value) > 32767)):
            count = sum(any(map(trap, row)) for row in rows)
            if count:
                print('%s: %d rows %s' % (name, count, words))


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
    {'equal': equal, 'csv': as_csv, 'traps': traps, 'changes': changes, 'sums': sums}[what](*arguments)


main()
