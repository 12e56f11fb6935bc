#!/usr/bin/python3
"""The same generated streams read by npm eventsource and by record give the same events, types and ids.

What both must agree with is written a third time beside the generator, straight from the standard. PUSHSCOPE_STREAMS says how many, PUSHSCOPE_SEED
which; a failure names the stream.
"""

import json
import os
import unittest

from support import HERE, NODE, PeerTest, Process, record

COUNT = int(os.environ.get("PUSHSCOPE_STREAMS", 400))
SEED = int(os.environ.get("PUSHSCOPE_SEED", 4))
AT_ONCE = 50  # sessions of one run of record


class Generated(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.peer = Process([NODE, HERE / "peers/generated-streams.mjs", SEED, COUNT], patience=300)
        cls.addClassCleanup(cls.peer.stop)
        cls.origin = f"http://127.0.0.1:{cls.peer.line()}"
        cls.seen = {}
        for first in range(0, COUNT, AT_ONCE):
            cls.read(min(AT_ONCE, COUNT - first))
        cls.peer.process.stdin.write("\n")
        cls.peer.process.stdin.flush()
        cls.streams = [json.loads(cls.peer.line()) for _ in range(COUNT)]

    @classmethod
    def read(cls, streams):
        seen = record("--transport", "sse", "--streams", streams, "--layers", "messages,connection", f"{cls.origin}/start", timeout=120,
                      check=not cls.seen)  # of the same lines a first thousand is enough
        numbers = {}
        for answer in seen.of("http.response", status=307):
            numbers[answer["session"]] = int(dict(answer["headers"])["location"].rsplit("/", 1)[1])
        assert len(numbers) == streams, seen.errors
        for number in numbers.values():
            cls.seen[number] = []
        for event in seen.of("sse.event"):
            cls.seen[numbers[event["session"]]].append({"type": event["type"], "data": event["data"], "id": event["id"], "idSet": event["id_set"]})

    def test_every_stream_was_read(self):
        self.assertEqual(sorted(self.seen), list(range(COUNT)))

    def test_events_are_what_the_standard_says(self):
        for number, stream in enumerate(self.streams):
            self.assertEqual(self.seen[number], stream["events"], f"stream {number} of seed {SEED}")

    def test_ids_are_sent_back_as_the_standard_says(self):
        for number, stream in enumerate(self.streams):
            self.assertEqual(stream["asked"], stream["idsSent"], f"stream {number} of seed {SEED}")

    def test_npm_eventsource_saw_the_same(self):
        compared = 0
        for number, stream in enumerate(self.streams):
            if stream["whyNot"]:
                continue
            # It shows an event the id of its own block alone, where the standard has the last event ID.
            events = [{"type": event["type"], "data": event["data"], "id": event["id"] if event["idSet"] else ""} for event in self.seen[number]]
            self.assertEqual(events, stream["npm"], f"stream {number} of seed {SEED}")
            compared += 1
        self.assertGreater(compared, COUNT // 2, "too few of them are for both")


if __name__ == "__main__":
    unittest.main()
