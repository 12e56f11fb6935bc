#!/usr/bin/python3
"""A week of events in fast motion: ten million, with a drop after every ten thousand, and none of it lost.

The week is cut into a hundred streams side by side, because a stream of its own would have to wait: from the tenth reconnect within ten seconds on
there is a second between two (the floor against storms). One session with a thousand drops, over a clock that is moved by hand, is in
tests/core/engine/endurancetest.cpp.
"""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import unittest

from support import PUSHSCOPE, PeerTest, environment, record

EVERY = 10_000  # events before each drop
WINDOW = 100_000
BOUND = 384 * 1024  # KiB; it is 4,160 MiB when nothing is let go of


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
        data = tempfile.TemporaryDirectory()
        self.addCleanup(data.cleanup)
        recording = subprocess.Popen([str(PUSHSCOPE), "record", "--out", "none", "--stats", "--streams", str(streams), self.url(each, 1)],
                                     stdout=subprocess.DEVNULL, stderr=said,
                                     env=environment() | {"XDG_DATA_HOME": data.name})
        samples = []
        try:
            while recording.poll() is None:
                samples.append(self.memory(recording.pid) + self.disk(data.name))
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
        self.assertLess(max(samples), BOUND, f"KiB resident and on disk, sampled: {samples}")

    @staticmethod
    def memory(process):
        """All its resident memory in KiB, pages of files as well."""
        try:
            status = pathlib.Path(f"/proc/{process}/status").read_text()
        except FileNotFoundError:
            return 0
        return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)

    @staticmethod
    def disk(folder):
        """What its files take of the disk, in KiB. Pages that are mapped count twice, here and as resident memory."""
        blocks = 0
        for path, _, names in os.walk(folder):
            for name in names:
                try:
                    blocks += os.stat(os.path.join(path, name)).st_blocks
                except FileNotFoundError:
                    pass  # let go of meanwhile
        return blocks // 2

    def test_a_half_event_outlives_what_was_let_go_of(self):
        """One stream stops in the middle of an event, of an answer whose chunk is still coming, until the other has brought half a million."""
        flood = 500_000
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        listener.settimeout(60)
        begin, end = b"id: kept\ndata: early\n\ndata: be", b"gun, ended\n\ndata: last\n\n"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"

        def serve():
            slow, _ = listener.accept()
            fast, _ = listener.accept()
            with slow, fast:
                for peer in (slow, fast):
                    peer.settimeout(60)
                    peer.recv(65536)
                slow.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % (len(begin) + len(end)) + begin)
                fast.sendall(head + b"Connection: close\r\n\r\n")
                for _ in range(flood // 1000):
                    fast.sendall(b"data: x\n\n" * 1000)
                fast.shutdown(socket.SHUT_WR)
                fast.recv(1)  # it has read all
                slow.sendall(end + b"\r\n0\r\n\r\n")

        server = threading.Thread(target=serve)
        server.start()
        self.addCleanup(server.join)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        seen = record("--streams", 2, "--no-reconnect", "--layers", "messages,findings", url, timeout=120, check=False)
        told = [(line["data"], line["id"]) for line in seen.of("sse.event") if line["data"] != "x"]
        self.assertEqual(told, [("early", "kept"), ("begun, ended", "kept"), ("last", "kept")])
        self.assertEqual(sum(line["data"] == "x" for line in seen.of("sse.event")), flood)

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
