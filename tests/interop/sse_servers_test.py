#!/usr/bin/python3
"""record against SSE servers that nobody here wrote: node's http, alone and behind nginx."""

import unittest

from support import PeerTest, record


class NodeSse(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.port = cls.start_node("sse-server.mjs")
        cls.origin = f"http://127.0.0.1:{cls.port}"

    def test_reads_a_whole_feed(self):
        seen = record("--no-reconnect", f"{self.origin}/feed?count=5")
        events = seen.of("sse.event")
        self.assertEqual([event["id"] for event in events], list("12345"), seen)
        self.assertEqual({event["type"] for event in events}, {"tick"})
        self.assertEqual(events[0]["data"], '{"id":1}\nzweite Zeile ü')
        self.assertEqual(len(seen.of("sse.comment", text=" heartbeat")), 5)
        self.assertEqual(seen.one("sse.retry")["ms"], 30)
        self.assertEqual(seen.one("end")["verdict"], "clean")
        self.assertEqual(seen.code, 0, seen)

    def test_resumes_after_resets_until_204(self):
        seen = record(f"{self.origin}/feed?count=10&cut=4")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], [str(id) for id in range(1, 11)], seen)
        self.assertEqual(seen.header_sent("last-event-id"), [None, "4", "8", "10"])
        waits = seen.of("state", state="waiting")
        self.assertEqual([(wait["cause"], wait["delay_ms"], wait["delay_source"]) for wait in waits],
                         [("reset", 30, "retry"), ("reset", 30, "retry"), ("clean", 30, "retry")], seen)
        self.assertEqual([end["verdict"] for end in seen.of("end")][:3], ["reset", "reset", "clean"], seen)
        self.assertTrue(all(not resume["ignored"] and resume["gap"] == 0 and resume["duplicates"] == 0 for resume in seen.of("resume")), seen)

    def test_count_ends_an_endless_stream(self):
        seen = record("--count", 7, f"{self.origin}/live")
        self.assertEqual(sum(line["layer"] == "messages" for line in seen.lines), 7, seen)
        self.assertEqual(seen.code, 0, seen)

    def test_every_event_is_carried_by_chunks_and_those_by_reads(self):
        seen = record("--layers", "messages,frames,connection,findings,reads", "--no-reconnect", f"{self.origin}/feed?count=3")
        lines = {line["seq"]: line for line in seen.lines}
        for event in seen.of("sse.event"):
            for carrier in event["carried_by"]:
                self.assertEqual(lines[carrier]["kind"], "h1.chunk")
        for chunk in seen.of("h1.chunk"):
            for carrier in chunk["carried_by"]:
                self.assertEqual(lines[carrier]["kind"], "tcp.read")


class NodeSseBehindNginx(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = f"http://127.0.0.1:{cls.start_nginx(cls.start_node('sse-server.mjs'))}"

    def test_reads_a_feed_through_the_proxy(self):
        seen = record("--no-reconnect", f"{self.origin}/feed?count=5")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], list("12345"), seen)
        self.assertEqual(seen.one("end")["verdict"], "clean", seen)

    def test_a_reset_upstream_ends_cut_at_the_proxy_and_resumes(self):
        seen = record(f"{self.origin}/feed?count=6&cut=4")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], list("123456"), seen)


if __name__ == "__main__":
    unittest.main()
