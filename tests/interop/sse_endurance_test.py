#!/usr/bin/python3
"""A week of events in fast motion: ten million, with a drop after every ten thousand, and none of it lost.

The week is cut into a hundred streams side by side, because a stream of its own would have to wait: from the tenth reconnect within ten seconds on
there is a second between two (the floor against storms). One session with a thousand drops, over a clock that is moved by hand, is in
tests/core/engine/endurancetest.cpp.
"""

import json
import pathlib
import subprocess
import tempfile
import unittest

from support import PUSHSCOPE, PeerTest, environment, record

EVERY = 10_000  # events before each drop
WINDOW = 100_000


class Endurance(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.demo = cls.start_demo()

    def url(self, count, seed):
        return f"{self.demo['http']}/events?interval=0&count={count}&drop={EVERY}&retry=5&window={WINDOW}&seed={seed}"

    def test_ten_million_events_and_a_thousand_drops(self):
        streams, each = 100, 100_000
        said = tempfile.TemporaryFile("w+")  # a line for each attempt: more than a pipe takes
        self.addCleanup(said.close)
        recording = subprocess.Popen([str(PUSHSCOPE), "record", "--out", "none", "--stats", "--streams", str(streams), self.url(each, 1)],
                                     stdout=subprocess.DEVNULL, stderr=said, env=environment())
        samples = []
        try:
            while recording.poll() is None:
                samples.append(self.memory(recording.pid))
                try:
                    recording.wait(0.1)
                except subprocess.TimeoutExpired:
                    pass
        finally:
            recording.kill()
            recording.wait()
        said.seek(0)
        stats = json.loads(said.read().splitlines()[-1])
        self.assertEqual(stats["messages"], streams * (each + each // EVERY), stats)  # and a retry on each connection
        self.assertEqual({name: stats[name] for name in ("reconnects", "gaps", "duplicates", "lost")},
                         {"reconnects": streams * each // EVERY, "gaps": 0, "duplicates": 0, "lost": 0}, stats)
        samples = [sample for sample in samples if sample]
        self.assertGreater(len(samples), 10, "it was over before it was looked at")
        early = max(samples[:len(samples) // 4])
        self.assertLess(max(samples), early + 8192, f"KiB of its own, sampled: {samples}")

    @staticmethod
    def memory(process):
        """Its own memory in KiB: what it captured lies in files, whose pages the system takes back when it wants them."""
        try:
            status = pathlib.Path(f"/proc/{process}/status").read_text()
        except FileNotFoundError:
            return 0
        return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")), 0)

    def test_the_ledger_of_a_hundred_drops(self):
        streams, each = 10, 100_000
        seen = record("--layers", "connection", "--streams", streams, self.url(each, 2), timeout=120)
        resumes = seen.of("resume")
        self.assertEqual(len(resumes), streams * (each // EVERY - 1), seen.errors)
        for resume in resumes:
            self.assertEqual((resume["id_kind"], resume["gap"], resume["duplicates"], resume["ignored"]), ("numeric", 0, 0, False), resume)
        for session in {line["session"] for line in seen.of("session")}:
            waits = seen.of("state", session=session, state="waiting")
            self.assertEqual([wait["id_seen"] for wait in waits], [str(id) for id in range(EVERY, each + 1, EVERY)])
            self.assertEqual({(wait["cause"], wait["delay_ms"], wait["delay_source"]) for wait in waits[:-1]}, {("cut", 5, "retry")})
            self.assertIn(waits[-1]["delay_source"], ("retry", "policy"))  # the tenth within ten seconds, if they were as few


if __name__ == "__main__":
    unittest.main()
