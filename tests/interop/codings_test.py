#!/usr/bin/python3
"""Content codings: record against encoders that nobody here wrote (node's zlib, nginx's gzip, Python's zlib, brotli and zstandard), and curl
against the demo server's. The same events as without a coding."""

import json
import subprocess
import unittest

from support import PATIENCE, PYTHON, HERE, PeerTest, environment, record

LAYERS = "messages,frames,connection,findings"


def messages(seen):
    """What was said, without what differs by how it came."""
    fields = ("kind", "type", "data", "id", "id_set", "text", "ms")
    return [{name: line.get(name) for name in fields} for line in seen.lines if line["layer"] == "messages"]


class CodingTest(PeerTest):
    def coded(self, url, *arguments, code=0):
        seen = record("--no-reconnect", "--compressed", "--layers", LAYERS, *arguments, url)
        self.assertEqual(seen.code, code, seen)
        return seen

    def assertDecodes(self, plain, seen, coding):
        self.assertEqual(messages(seen), messages(plain), seen)
        totals = seen.of("coding")[-1]
        self.assertEqual(totals["coding"], coding, seen)
        self.assertEqual(totals["plain"], self.content(plain), seen)
        self.assertEqual(totals["wire"], self.content(seen), seen)
        self.assertEqual(seen.of("end")[0]["verdict"], "clean", seen)  # over HTTP/2 the connection's follows
        self.assertEqual(seen.of("finding"), [], seen)

    def content(self, seen):
        """The bytes of the answer's body, as its frames say."""
        return sum(line["length"] for line in seen.of("h1.chunk") + seen.of("h2.data"))

    def assertCarriedApart(self, seen, kind):
        """Each flushed event came in a chunk or frame of its own, at the latest with the next."""
        frames = {line["seq"] for line in seen.of(kind)}
        firsts = [event["carried_by"][0] for event in seen.of("sse.event")]
        self.assertTrue(frames.issuperset(firsts), seen)
        self.assertEqual(len(set(firsts)), len(firsts), seen)


class Node(CodingTest):
    @classmethod
    def setUpClass(cls):
        cls.ports = json.loads(cls.start("node", HERE / "peers/coded-server.mjs").line())

    def run_all(self, origin, frame, *arguments):
        plain = self.coded(f"{origin}/feed?coding=identity", *arguments)
        self.assertEqual(len(plain.of("sse.event")), 10, plain)
        self.assertEqual(plain.of("coding"), [])
        for coding in ("gzip", "deflate", "br"):
            with self.subTest(coding=coding):
                flushed = self.coded(f"{origin}/feed?coding={coding}", *arguments)
                self.assertDecodes(plain, flushed, coding)
                self.assertCarriedApart(flushed, frame)
                held = self.coded(f"{origin}/feed?coding={coding}&flush=0", *arguments)
                self.assertDecodes(plain, held, coding)
                self.assertLess(held.of("coding")[-1]["wire"], flushed.of("coding")[-1]["wire"])

    def test_http(self):
        self.run_all(f"http://127.0.0.1:{self.ports['http']}", "h1.chunk", "--http", "1.1")

    def test_http2(self):
        self.run_all(f"http://127.0.0.1:{self.ports['http2']}", "h2.data", "--http", "2")

    def test_offers_nothing_unless_it_is_told_to(self):
        seen = record("--no-reconnect", f"http://127.0.0.1:{self.ports['http']}/feed?coding=gzip")
        self.assertEqual((seen.one("http.response")["status"], seen.header_sent("accept-encoding")), (406, [None]), seen)

    def test_a_header_of_the_users_own_offers_too(self):
        seen = record("--no-reconnect", "--compressed", "-H", "accept-encoding: br", f"http://127.0.0.1:{self.ports['http']}/feed?coding=br")
        self.assertEqual(seen.header_sent("accept-encoding"), ["br"], seen)
        self.assertEqual((len(seen.of("sse.event")), seen.of("finding")), (10, []), seen)

    def test_curls_compressed_is_honoured(self):
        command = f"curl --compressed -N 'http://127.0.0.1:{self.ports['http']}/feed?coding=gzip'"
        seen = record("--no-reconnect", "--from-curl", command)
        self.assertEqual((seen.code, len(seen.of("sse.event")), seen.errors), (0, 10, ""), seen)

    def test_error_pages(self):
        seen = self.coded(f"http://127.0.0.1:{self.ports['http']}/error?coding=br", code=1)
        self.assertEqual(seen.one("http.body")["data"], "come back later", seen)
        self.assertEqual(seen.one("error")["code"], "http.status", seen)

    def test_totals_come_with_every_thousand_messages(self):
        seen = self.coded(f"http://127.0.0.1:{self.ports['http']}/feed?coding=gzip&count=2500")
        totals = seen.of("coding")
        self.assertGreaterEqual(len(totals), 3, seen.errors)
        self.assertEqual(sorted(line["plain"] for line in totals), [line["plain"] for line in totals])
        self.assertEqual(totals[-1]["wire"], self.content(seen))
        self.assertEqual(len(seen.of("sse.event")), 2500)


class Nginx(CodingTest):
    @classmethod
    def setUpClass(cls):
        cls.upstream = cls.start_node("sse-server.mjs")

    def test_gzip_in_front(self):
        plain = self.coded(f"http://127.0.0.1:{self.upstream}/feed?count=200")
        for buffering in ("on", "off"):
            with self.subTest(buffering=buffering):
                origin = f"http://127.0.0.1:{self.start_nginx(self.upstream, buffering, 'nginx-gzip.conf.in')}"
                seen = self.coded(f"{origin}/feed?count=200")
                self.assertEqual(messages(seen), messages(plain), seen)
                self.assertEqual(seen.of("coding")[-1]["plain"], self.content(plain), seen)
                self.assertLess(seen.of("coding")[-1]["wire"] * 3, self.content(plain), seen)
                self.assertEqual(seen.one("end")["verdict"], "clean", seen)

    def test_live_events_come_while_they_are_made(self):
        origin = f"http://127.0.0.1:{self.start_nginx(self.upstream, 'off', 'nginx-gzip.conf.in')}"
        seen = self.coded(f"{origin}/live", "--count", 20)
        events = seen.of("sse.event")
        self.assertGreater(events[-1]["t"] - events[0]["t"], 0.2, "they came together")


class Python(CodingTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = f"http://127.0.0.1:{int(cls.start(PYTHON, '-B', HERE / 'peers/coded-server.py').line())}"
        node = json.loads(cls.start("node", HERE / "peers/coded-server.mjs").line())
        cls.plain = record("--no-reconnect", "--layers", LAYERS, f"http://127.0.0.1:{node['http']}/feed")

    def test_every_coding(self):
        for coding in ("gzip", "deflate", "br", "zstd"):
            for how in ("flushed", "held"):
                with self.subTest(coding=coding, how=how):
                    seen = self.coded(f"{self.origin}/feed?coding={coding}&how={how}")
                    self.assertDecodes(self.plain, seen, coding)
                    if how == "flushed":
                        self.assertCarriedApart(seen, "h1.chunk")

    def test_members_and_frames_follow_one_another(self):
        for coding in ("gzip", "zstd"):
            self.assertDecodes(self.plain, self.coded(f"{self.origin}/feed?coding={coding}&how=parts"), coding)

    def test_stacked_codings(self):
        self.assertDecodes(self.plain, self.coded(f"{self.origin}/stacked"), "gzip, br")

    def test_deflate_without_its_wrapper(self):
        seen = self.coded(f"{self.origin}/raw")
        self.assertEqual(messages(seen), messages(self.plain), seen)
        self.assertEqual([line["rule"] for line in seen.of("finding")], ["http.content-coding-raw-deflate"], seen)

    def test_nobody_asked(self):
        seen = record("--no-reconnect", "--layers", LAYERS, f"{self.origin}/feed?coding=zstd&how=held")
        self.assertEqual(messages(seen), messages(self.plain), seen)
        self.assertEqual([line["rule"] for line in seen.of("finding")], ["http.content-coding-unasked"], seen)

    def test_cut_inside_the_coding(self):
        seen = self.coded(f"{self.origin}/cut", code=1)
        self.assertEqual(messages(seen), messages(self.plain), seen)
        self.assertEqual([line["rule"] for line in seen.of("finding")], ["http.content-coding-cut"], seen)
        self.assertEqual(seen.one("end")["verdict"], "cut", seen)

    def assertFails(self, seen, rule):
        finding = seen.one("finding", rule=rule)
        self.assertEqual(finding["of"], seen.one("coding")["seq"], seen)
        self.assertEqual(seen.one("error")["code"], "http.content-coding", seen)
        self.assertEqual(seen.one("end")["verdict"], "by-us", seen)

    def test_what_was_decoded_before_it_broke_stays(self):
        seen = self.coded(f"{self.origin}/broken", code=1)
        self.assertEqual(messages(seen), messages(self.plain), seen)
        self.assertFails(seen, "http.content-coding-broken")

    def test_a_broken_coding_is_tried_again(self):
        seen = record("--compressed", "--retry", 10, "--max-reconnects", 2, f"{self.origin}/broken")
        self.assertEqual(len(seen.of("error", code="http.content-coding")), 3, seen)
        self.assertEqual(len(seen.of("sse.event")), 30, seen)

    def test_bombs(self):
        for path, events in (("/bomb", 1), ("/double-bomb", 0)):
            with self.subTest(path=path):
                seen = self.coded(f"{self.origin}{path}", "--stats", code=1)
                self.assertFails(seen, "http.content-coding-bomb")
                self.assertEqual(len(seen.of("sse.event")), events, seen.errors)
                self.assertLess(seen.one("coding")["plain"], 32 * 1024 * 1024)

    def test_a_bomb_is_not_asked_for_again(self):
        seen = record("--compressed", "--retry", 10, f"{self.origin}/bomb")
        self.assertEqual(seen.code, 1, seen.errors)
        self.assertEqual(len(seen.of("http.request")), 1, seen.errors)

    def test_windows_are_bounded(self):
        seen = self.coded(f"{self.origin}/window", code=1)
        self.assertFails(seen, "http.content-coding-broken")
        self.assertIn("RFC 9659", seen.one("error")["text"])

    def test_an_unknown_coding_is_shown_as_it_came(self):
        seen = record("--no-reconnect", "--compressed", "--layers", LAYERS, f"{self.origin}/unknown")
        self.assertEqual(sorted(line["rule"] for line in seen.of("finding")), ["http.content-coding-unasked", "http.content-coding-unknown"], seen)
        self.assertEqual(len(seen.of("stream.chunk")), 1, seen)


class Curl(CodingTest):
    @classmethod
    def setUpClass(cls):
        cls.demo = cls.start_demo()

    def curl(self, *arguments):
        return subprocess.run(["curl", "-sSN", "--max-time", str(PATIENCE), *arguments], capture_output=True, text=True, check=True,
                              env=environment()).stdout

    def test_decodes_what_the_demo_server_codes(self):
        for version in ("--http1.1", "--http2-prior-knowledge"):
            for coding, scenario in (("gzip", "gzip"), ("deflate", "deflate"), ("br", "brotli"), ("zstd", "zstd")):
                for flush in (0, 1):
                    with self.subTest(coding=coding, flush=flush, version=version):
                        url = f"{self.demo['http']}/scenario/{scenario}?coding={coding}&flush={flush}&interval=2"
                        plain = self.curl(version, "-H", "Accept-Encoding: identity", url)
                        self.assertEqual(plain.count("\nid: "), 19, plain)
                        self.assertEqual(self.curl(version, "--compressed", url), plain)

    def test_feeds_are_coded_for_whom_it_is_right(self):
        url = f"{self.demo['http']}/events?interval=0&count=300&coding=zstd&seed=3"
        head = self.curl("-D", "-", "-o", "/dev/null", "--compressed", url).lower()
        self.assertIn("content-encoding: zstd", head)
        self.assertIn("vary: accept-encoding", head)
        self.assertIn("\nid: 300\n", self.curl("--compressed", url))
        self.assertNotIn("content-encoding", self.curl("-D", "-", "-o", "/dev/null", "-H", "Accept-Encoding: gzip", url).lower())

    def test_record_reads_the_demo_server(self):
        for http in ("1.1", "2"):
            for coding in ("gzip", "deflate", "br", "zstd"):
                with self.subTest(coding=coding, http=http):
                    seen = self.coded(f"{self.demo['http']}/events?interval=0&count=300&coding={coding}", "--http", http)
                    self.assertEqual([event["id"] for event in seen.of("sse.event")], [str(id) for id in range(1, 301)])
                    self.assertEqual(seen.of("coding")[-1]["wire"], self.content(seen))
                    self.assertEqual(seen.of("finding"), [])


if __name__ == "__main__":
    unittest.main()
