"""What the tests of Python's sqlite3 module share: connections with the extension, the emulator's control path, TAP.

A program of them says what it tests with functions under @test, whose first line is the test's name, and ends with finish().
"""

import json
import os
import sqlite3
import sys
import urllib.request

extension = sys.argv[1]
library = next(extension + suffix for suffix in ("", ".so", ".dylib") if os.path.isfile(extension + suffix))
origin = os.environ["TWILIO_CHAT_URL"]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
results = []


def control(command):
    opener.open(urllib.request.Request(f"{origin}/__control/{command}", data=b"")).read()


def ledger():
    """The bodies that the emulator has applied since the last reset."""
    with opener.open(f"{origin}/__control/ledger") as answer:
        return [entry["body"] for entry in json.load(answer)]


def load(connection):
    connection.enable_load_extension(True)
    connection.load_extension(extension)
    connection.enable_load_extension(False)


def connect(file=":memory:", **options):
    connection = sqlite3.connect(file, **options)
    load(connection)
    return connection


def states(connection):
    return [row[0] for row in connection.execute("SELECT state FROM chat_writes ORDER BY seq")]


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} instead of {expected!r}")


def fails(kind, action, *arguments):
    """Runs what must raise; gives the error's text."""
    try:
        action(*arguments)
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind}")


def test(function):
    control("reset")
    try:
        function()
        results.append(f"ok {len(results) + 1} - {function.__doc__}")
    except Exception as error:  # every failure is a result, whatever its kind
        results.append(f"not ok {len(results) + 1} - {function.__doc__}\n# {type(error).__name__}: {error}")
    return function


def finish():
    print(f"1..{len(results)}")
    print("\n".join(results))
    sys.exit(any(line.startswith("not") for line in results))


with connect() as finder:
    service, channel = finder.execute("SELECT service_sid, sid FROM channels ORDER BY sid LIMIT 1").fetchone()
insert = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)"
