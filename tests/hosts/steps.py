"""What the Python programs of this folder share: the steps' reports and the emulator's control path. See host.sh."""

import json
import os
import re
import urllib.request

library = os.environ["LIBRARY"]
service = os.environ["SERVICE"]
channel = os.environ["CHANNEL"]
insert = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)"
returning = ("INSERT INTO messages(service_sid, channel_sid, body) "
             f"VALUES ('{service}', '{channel}', 'x'), ('{service}', '{channel}', 'y') RETURNING body")
read = 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"'
origin = os.environ["TWILIO_CHAT_URL"]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def control(command):
    opener.open(urllib.request.Request(f"{origin}/__control/{command}", data=b"")).read()


def applied():
    """The bodies of what the service has applied since the step began."""
    with opener.open(f"{origin}/__control/ledger") as answer:
        return [entry["body"] for entry in json.load(answer)]


def advice(host, beginning):
    """What sql/tables.md tells a host to write about times: the code that begins so in its entry, as it stands there."""
    with open("sql/tables.md", encoding="utf-8") as page:
        entry = re.search(rf"^- \*\*{host}\*\*.*?(?=^- |\Z)", page.read(), re.DOTALL | re.MULTILINE).group()
    return re.search(f"`({re.escape(beginning)}[^`]*)`", entry).group(1)


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} instead of {expected!r}")


def fails(kind, text, action, *arguments):
    try:
        action(*arguments)
    except kind as error:
        if text not in str(error):
            raise
        return
    raise AssertionError(f"no {kind.__name__}")


def step(name):
    """A decorator that runs the function at once and reports."""

    def run(function):
        control("reset")
        try:
            function()
            print(f"ok - {name}", flush=True)
        except Exception as error:  # every failure is a result, whatever its kind
            reason = f"{type(error).__name__}: {error}".replace("\n", "\n# ")
            print(f"not ok - {name}\n# {reason}", flush=True)

    return run


def skip(name, reason):
    print(f"ok - {name} # SKIP {reason}", flush=True)
