#!/usr/bin/python3
"""record against SSE servers that nobody here wrote: node's http, alone and behind nginx, npm better-sse, aiohttp."""

import json
import unittest
import urllib.request

from support import HERE, PUSHSCOPE, PYTHON, PeerTest, record


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


class Buffering(PeerTest):
    """What a proxy that buffers does to events that were made one by one: no clock is read, the reads tell it."""

    @classmethod
    def setUpClass(cls):
        upstream = cls.start_node("lumps-server.mjs")
        cls.origins = {"none": upstream} | {buffering: cls.start_nginx(upstream, buffering) for buffering in ("on", "off")}

    def lumps(self, through, path=""):
        """How many events came in each read that brought any."""
        layers = "messages,frames,connection,reads"
        seen = record("--transport", "sse", "--no-reconnect", "--layers", layers, f"http://127.0.0.1:{self.origins[through]}/{path}")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], [str(id) for id in range(1, 13)], seen)
        lines = {line["seq"]: line for line in seen.lines}
        reads = []
        for event in seen.of("sse.event"):
            carrier = lines[event["carried_by"][-1]]
            while carrier["kind"] != "tcp.read":
                carrier = lines[carrier["carried_by"][-1]]
            reads.append(carrier["seq"])
        return [reads.count(read) for read in dict.fromkeys(reads)]

    def test_without_a_proxy_or_buffering_events_come_one_by_one(self):
        for through in ("none", "off"):
            lumps = self.lumps(through)
            self.assertGreaterEqual(len(lumps), 6, lumps)  # a busy machine may join a few

    def test_a_proxy_that_buffers_delivers_lumps(self):
        lumps = self.lumps("on")
        self.assertEqual(lumps, [12], "a full buffer or the end of the answer is what it waits for")

    def test_nginx_hands_chunks_on_all_the_same(self):
        self.assertGreaterEqual(len(self.lumps("on", "?framing=chunked")), 6)

    def test_the_server_can_ask_it_not_to(self):
        self.assertGreaterEqual(len(self.lumps("on", "?accel=no")), 6)


class BetterSse(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = f"http://127.0.0.1:{cls.start_node('better-sse-server.mjs')}"

    def test_resumes_until_204(self):
        seen = record(f"{self.origin}/feed")
        events = seen.of("sse.event")
        self.assertEqual([event["id"] for event in events], [str(id) for id in range(1, 31)], seen)
        self.assertEqual([event["type"] for event in events[:2]], ["odd", "message"])
        self.assertEqual(json.loads(events[0]["data"]), {"id": 1, "text": "zweite Zeile ü\nand more"})
        self.assertEqual(seen.header_sent("last-event-id"), [None, "10", "20", "30"])
        self.assertEqual({resume["gap"] + resume["duplicates"] for resume in seen.of("resume")}, {0}, seen)
        self.assertEqual({retry["ms"] for retry in seen.of("sse.retry")}, {20})

    def test_a_channel_reaches_every_reader(self):
        readers = [self.start(PUSHSCOPE, "record", "--count", 2, "--layers", "messages", f"{self.origin}/channel") for _ in range(2)]
        for reader in readers:
            self.assertEqual(json.loads(reader.line())["kind"], "sse.retry")
        urllib.request.urlopen(f"{self.origin}/channel", b"hello").close()
        for reader in readers:
            event = json.loads(reader.line())
            self.assertEqual((event["type"], json.loads(event["data"])), ("said", {"text": "hello"}))


class Aiohttp(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = f"http://127.0.0.1:{cls.start(PYTHON, '-u', HERE / 'peers/aiohttp-sse-server.py').line()}"

    def test_resumes_after_aborts_until_204(self):
        seen = record(f"{self.origin}/feed")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], [str(id) for id in range(1, 13)], seen)
        self.assertEqual(seen.header_sent("last-event-id"), [None, "5", "10", "12"], seen)
        self.assertEqual([incomplete["data"] for incomplete in seen.of("sse.incomplete")], ["id: cut\ndata: cut o"] * 2, seen)

    def test_a_wrong_type_is_shown_and_refused(self):
        seen = record(f"{self.origin}/wrong")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], list("12345"), seen)
        answer = seen.one("http.response")
        self.assertEqual([finding["of"] for finding in seen.of("finding", rule="sse.content-type-refused")], [answer["seq"]], seen)
        self.assertEqual(seen.one("error")["code"], "sse.content-type", seen)
        self.assertEqual((seen.states(), seen.code), (["connecting", "open", "failed"], 1), seen)


if __name__ == "__main__":
    unittest.main()
