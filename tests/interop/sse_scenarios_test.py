#!/usr/bin/python3
"""Every SSE scenario of the demo server, as record, npm eventsource and Chromium see it: the same table for all of them."""

import json
import subprocess
import unittest
import urllib.request

from sse_scenarios import ROWS, driver
from support import HERE, NODE, PATIENCE, PYTHON, PeerTest, environment, record


class Scenarios(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.demo = cls.start_demo()
        cls.origin = cls.demo["http"]

    def test_the_table_has_every_scenario(self):
        listed = json.loads(urllib.request.urlopen(f"{self.origin}/scenarios").read())
        missing = {path.split("?")[0] for scenario in listed if scenario["group"] == "Server-Sent Events" for path in scenario["urls"]}
        missing = {path[path.index("/scenario"):] for path in missing}
        self.assertEqual(missing - {row.path.split("?")[0] for row in ROWS}, set())

    def assertRow(self, row, events, opened, closed):
        if row.events is None:
            self.assertEqual([event[2] for event in events], list("12345"))
        else:
            self.assertEqual(events, row.events)
        self.assertEqual(opened, row.end != "failed" and row.end != "errors")
        self.assertEqual(closed, row.end in ("204", "failed"))

    def test_record(self):
        for row in ROWS:
            with self.subTest(path=row.path):
                wanted = ["--count", 1] if row.path == "/scenario/heartbeat-only?interval=10" else []
                quick = ["--retry-override", 20, "--max-reconnects", 3] if row.end != "204" else []
                if row.path.startswith("/scenario/redirect?") or row.path == "/scenario/silent":
                    quick = ["--for", 0.4]
                seen = record("--transport", "sse", *wanted, *quick, self.origin + row.path)
                events = [(event["type"], event["data"], event["id"]) for event in seen.of("sse.event")]
                opened = "open" in seen.states()
                closed = "failed" in seen.states() and (not opened or row.end == "204")
                if row.end == "opens":
                    events = []
                elif row.end == "errors":
                    closed = False  # it came back: how often is --max-reconnects
                    self.assertIn("waiting", [state.split(":")[0] for state in seen.states()], seen)
                self.assertRow(row, events, opened, closed)

    def evaluate(self, *command):
        done = subprocess.run([*map(str, command)], input=driver(self.origin), capture_output=True, text=True, timeout=2 * PATIENCE, env=environment())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def check(self, seen, known, shows_own_ids=False):
        for row, said in zip(ROWS, seen):
            with self.subTest(path=row.path):
                if row.path in known:
                    continue
                self.assertNotIn("tookTooLong", said)
                events = [tuple(event) for event in said["events"]]
                if shows_own_ids and row.events:  # and "" where the block had none
                    self.assertEqual(len(events), len(row.events), said)
                    events = [event if event[2] else (*event[:2], wanted[2]) for event, wanted in zip(events, row.events)]
                self.assertRow(row, events, said["opens"] > 0, 2 in said["states"])

    def test_chromium(self):
        known = {"/scenario/status-401"}  # it asks its user for a password, and waits
        self.check(self.evaluate(NODE, HERE / "peers/browser.mjs", self.origin + "/"), known)

    def test_npm_eventsource(self):
        # node's fetch takes an extension with a quoted string for an error, and keeps no cookies.
        known = {"/scenario/chunk-extensions", "/scenario/last-event-id?form=spaces", "/scenario/reconnection-time?retry=20"}
        self.check(self.evaluate(NODE, HERE / "peers/eventsource-run.mjs"), known, shows_own_ids=True)

    def test_aiohttp(self):
        for path, ids, end in (("/events?interval=5&count=3&seed=31", ["1", "2", "3"], 200), ("/scenario/one-byte-writes?interval=0", ["1", "2"], 200),
                               ("/scenario/chunk-extensions", ["1", "2"], 200), ("/scenario/early-hints?interval=10", ["1"], 200),
                               ("/scenario/cut-mid-event", ["1"], "ClientPayloadError"), ("/scenario/short-content", ["1"], "ClientPayloadError"),
                               ("/scenario/status-500", [], 500)):
            with self.subTest(path=path):
                done = subprocess.run([PYTHON, HERE / "peers/aiohttp-sse-client.py", self.origin + path], capture_output=True, text=True,
                                      timeout=PATIENCE, env=environment())
                *events, last = [json.loads(line) for line in done.stdout.splitlines()]
                self.assertEqual([event["id"] for event in events], ids, done.stdout + done.stderr)
                self.assertEqual(last["end"], end)


if __name__ == "__main__":
    unittest.main()
