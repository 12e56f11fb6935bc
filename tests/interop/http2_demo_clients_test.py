#!/usr/bin/python3
"""The demo server's HTTP/2 against clients that nobody here wrote: nghttp, h2load, curl, node's http2, headless Chromium, and haproxy and
nghttpx as proxies before it."""

import json
import re
import subprocess
import unittest

from http2_peers import Http2PeerTest
from support import HERE, NODE, PATIENCE, environment

TICKS = "/events?interval=5&count=3"


def output(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=2 * PATIENCE, env=environment(), **options)
    if done.returncode:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class DemoTest(Http2PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.start_demo()
        cls.origins = {scheme: cls.demo[scheme] for scheme in ("https", "http")}
        cls.port = cls.demo["http"].rsplit(":", 1)[1]

    def node(self, url, *arguments, ca=None):
        """What node's http2 client saw: its lines without the server's settings."""
        lines = output(NODE, HERE / "peers/http2-client.mjs", url, *(["--ca", ca or self.demo["ca"]] if url.startswith("https") else []), *arguments)
        return [line for line in map(json.loads, lines.splitlines()) if "settings" not in line]

    def blocks(self, lines, stream=1):
        return [line["block"] for line in lines if "block" in line and line["stream"] == stream]

    def ids(self, lines, stream=1):
        return re.findall(r"^id: (\S+)$", "\n".join(self.blocks(lines, stream)), re.M)


class Nghttp(DemoTest):
    def log(self, url, *arguments):
        return output("nghttp", "-v", "--no-dep", *arguments, url)

    def test_frames_of_a_feed(self):
        for origin in self.origins.values():
            with self.subTest(origin=origin):
                log = self.log(origin + TICKS)
                self.assertRegex(log, r"recv SETTINGS frame[^\[]*(\[SETTINGS_.*\s*)*\[SETTINGS_ENABLE_CONNECT_PROTOCOL\(0x08\):1\]")
                self.assertRegex(log, r"recv SETTINGS frame <length=0, flags=0x01")
                self.assertIn(":status: 200", log)
                self.assertIn("content-type: text/event-stream", log)
                self.assertRegex(log, r"retry: 3000\n")
                self.assertEqual(re.findall(r"^id: (\d)$", log, re.M), list("123"), log)
                self.assertGreaterEqual(len(re.findall(r"recv DATA frame <length=[1-9]", log)), 3, log)
                self.assertRegex(log, r"recv DATA frame <length=\d+, flags=0x01")
                self.assertNotRegex(log, r"recv (RST_STREAM|GOAWAY)")

    def test_many_requests_on_a_connection(self):
        for origin in self.origins.values():
            with self.subTest(origin=origin):
                log = self.log(origin + TICKS, "-m", 20, "-n")
                self.assertEqual(len(re.findall(r"recv \(stream_id=\d+\) :status: 200", log)), 20, log)

    def test_a_body_that_needs_window_updates(self):
        log = output("nghttp", "-w", 8, "-W", 8, f"{self.origins['https']}/events?interval=0&count=200&size=1000")  # windows of 255 bytes
        self.assertEqual(re.findall(r"^id: (\d+)$", log, re.M), [str(id) for id in range(1, 201)])

    def test_padding_and_priorities_are_taken(self):
        log = output("nghttp", "-v", "-b", 255, self.origins["http"] + TICKS)
        self.assertIn(":status: 200", log)
        self.assertNotIn("recv GOAWAY", log)


class H2load(DemoTest):
    def test_ten_thousand_requests_on_a_hundred_streams(self):
        for origin in self.origins.values():
            for path in ("/scenarios", "/"):
                with self.subTest(origin=origin, path=path):
                    said = output("h2load", "-n", 10_000, "-c", 1, "-m", 100, origin + path)
                    self.assertIn("requests: 10000 total, 10000 started, 10000 done, 10000 succeeded, 0 failed, 0 errored, 0 timeout", said)
                    self.assertIn("status codes: 10000 2xx, 0 3xx, 0 4xx, 0 5xx", said)

    def test_ten_connections_at_once(self):
        said = output("h2load", "-n", 2_000, "-c", 10, "-m", 20, "-t", 2, self.origins["https"] + "/")
        self.assertIn("2000 succeeded, 0 failed, 0 errored", said)


class Curl(DemoTest):
    def curl(self, scheme, path, *arguments):
        http = ["--http2", "--cacert", self.demo["ca"]] if scheme == "https" else ["--http2-prior-knowledge"]
        return output("curl", "-sSN", "--max-time", PATIENCE, *http, *arguments, self.origins[scheme] + path)

    def test_reads_and_resumes(self):
        for scheme in self.origins:
            with self.subTest(scheme=scheme):
                text = self.curl(scheme, "/events?interval=5&count=6&seed=7", "-w", "%{http_version}")
                self.assertEqual((re.findall(r"^id: (\d)$", text, re.M), text[-1]), (list("123456"), "2"), text)
                text = self.curl(scheme, "/events?interval=5&count=6&seed=7", "-H", "Last-Event-ID: 4")
                self.assertEqual(re.findall(r"^id: (\d)$", text, re.M), list("56"), text)

    def test_published_bodies_reach_readers(self):
        for scheme, options in (("https", ["--http2", "--cacert", self.demo["ca"]]), ("http", ["--http2-prior-knowledge"])):
            with self.subTest(scheme=scheme):
                url = f"{self.origins[scheme]}/events?topic={scheme}"
                reader = self.start("curl", "-sSN", "--max-time", PATIENCE, *options, url)
                self.assertEqual(reader.line(), "retry: 3000")
                said = self.curl(scheme, f"/publish?topic={scheme}", "-d", "hello readers", "-w", "%{http_code} %{http_version}")
                self.assertTrue(said.endswith("202 2"), said)
                lines = []
                while "data: hello readers" not in lines:
                    lines.append(reader.line() if not lines or lines[-1] else reader.process.stdout.readline().strip())

    def test_early_hints(self):
        for scheme in self.origins:
            text = self.curl(scheme, "/scenario/early-hints", "-i", "-m", 5)
            self.assertLess(text.index("HTTP/2 103"), text.index("HTTP/2 200"), text)

    def test_names_and_origins_of_others_are_refused(self):
        for header in ("Host: example.test", "Origin: https://example.test", "Origin: null", "Sec-Fetch-Site: cross-site"):
            with self.subTest(header=header):
                code = self.curl("https", "/events?count=1", "-o", "/dev/null", "-w", "%{http_code} %{http_version}", "-H", header)
                self.assertIn(code, ("403 2", "421 2"))


class Node(DemoTest):
    def test_a_dozen_feeds_on_one_session(self):
        for origin in self.origins.values():
            with self.subTest(origin=origin):
                lines = self.node(origin + TICKS, "--streams", 12)
                for stream in range(1, 13):
                    self.assertEqual(self.ids(lines, stream), list("123"), lines)
                self.assertEqual([line["closed"] for line in lines if "closed" in line], [0] * 12)

    def test_resumes(self):
        url = f"{self.origins['https']}/events?interval=5&count=6&seed=8"
        self.assertEqual(self.ids(self.node(url)), list("123456"))
        self.assertEqual(self.ids(self.node(url, "--last-event-id", 4)), list("56"))

    def test_websockets_echo_and_close(self):
        for origin in self.origins.values():
            for path in ("/ws/echo", "/ws/reference"):
                with self.subTest(origin=origin, path=path):
                    lines = self.node(origin + path, "--send", "one", "--send", "zwei ü", "--streams", 3)
                    for stream in (1, 2, 3):
                        self.assertEqual([line for line in lines if line["stream"] == stream],
                                         [{"stream": stream, "status": 200}, {"stream": stream, "message": "one"},
                                          {"stream": stream, "message": "zwei ü"}, {"stream": stream, "code": 1000}], lines)

    def test_a_large_message_comes_back(self):
        lines = self.node(f"{self.origins['https']}/ws/echo", "--send", "0123456789abcdef" * 8000)
        self.assertEqual([len(line["message"]) for line in lines if "message" in line], [128_000])

    def test_a_stream_that_is_cancelled_leaves_the_others(self):
        lines = self.node(f"{self.origins['https']}/events?interval=5", "--streams", 2, "--count", 3)
        self.assertEqual([line["closed"] for line in lines if "closed" in line], [8, 8], lines)


class Scenarios(DemoTest):
    """What the HTTP/2 scenarios send, in the frame log of nghttp and as node's events."""

    def log(self, path, *arguments):
        return output("nghttp", "-v", "--no-dep", *arguments, self.origins["https"] + path)

    def test_trailers(self):
        lines = self.node(f"{self.origins['https']}/scenario/trailers?interval=5")
        self.assertEqual([line["trailers"] for line in lines if "trailers" in line], [{"x-events": "1", "x-reason": "the stream is complete"}], lines)
        text = output("curl", "-sSN", "-i", "--http2", "--cacert", self.demo["ca"], f"{self.origins['https']}/scenario/trailers?interval=5")
        self.assertLess(text.index("\nid: 1"), text.index("x-events: 1"), text)

    def test_a_push_is_seen(self):
        lines = self.node(f"{self.origins['https']}/scenario/push-promise?interval=5", "--push")
        self.assertIn({"push": "/events?pushed", "status": 200}, lines)
        self.assertEqual(len([line for line in lines if "pushed" in line and "these bytes arrive" in line["text"]]), 1, lines)
        self.assertEqual(self.ids(lines), ["1", "2"])
        lines = self.node(f"{self.origins['https']}/scenario/push-promise?interval=5")
        self.assertFalse([line for line in lines if "push" in line], lines)
        self.assertIn("ENABLE_PUSH is 0", "".join(self.blocks(lines)))
        self.assertRegex(self.log("/scenario/push-promise?interval=5"), r"recv PUSH_PROMISE frame")

    def test_a_goaway_lets_the_stream_end(self):
        lines = self.node(f"{self.origins['https']}/scenario/goaway?interval=5")
        last = [line["last"] for line in lines if "goaway" in line]
        self.assertEqual((last[0], last[-1]), (2**31 - 1, 1), lines)
        self.assertEqual((self.ids(lines), lines[-1]), (list("123"), {"stream": 1, "closed": 0}))
        lines = self.node(f"{self.origins['https']}/scenario/goaway?interval=5", "--last-event-id", 3)
        self.assertEqual(self.ids(lines), ["4"])

    def test_resets_with_each_code(self):
        codes = ("NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
                 "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED")
        for number, code in enumerate(codes):
            with self.subTest(code=code):
                log = self.log(f"/scenario/reset-stream?code={code}&interval=5")
                self.assertRegex(log, rf"recv RST_STREAM frame <[^>]*>\s*\(error_code={code}\(0x{number:02x}\)\)")

    def test_frames_that_clients_answer_or_ignore(self):
        rows = (("/scenario/settings-change?interval=5", r"recv SETTINGS frame <length=6[^\[]*\[SETTINGS_MAX_CONCURRENT_STREAMS\(0x03\):100\]", 2),
                ("/scenario/padding?interval=5", r"recv DATA frame <length=\d+, flags=0x0[89]", 3),
                ("/scenario/unknown-frames", r"id: 2", 2),
                ("/scenario/altsvc-origin", r"id: 2", 2))
        for path, pattern, events in rows:
            with self.subTest(path=path):
                log = self.log(path)
                self.assertRegex(log, pattern)
                self.assertEqual(len(re.findall(r"^id: ", log, re.M)), events, log)
                self.assertNotRegex(log, r"(send|recv) GOAWAY frame <length=\d+, flags=0x00, stream_id=0>\s*\(last_stream_id=\d+, error_code=(?!NO_ERROR)")

    def test_pings_are_answered(self):
        client = self.start("nghttp", "-v", "--no-dep", f"{self.origins['http']}/scenario/server-ping?interval=20")
        asked = answered = 0
        while answered < 3:
            line = client.process.stdout.readline()
            self.assertTrue(line, client.complaint())
            asked += "recv PING frame <length=8, flags=0x00" in line
            answered += "send PING frame <length=8, flags=0x01" in line
        self.assertGreaterEqual(asked, answered)


class Proxies(DemoTest):
    """They speak HTTP/2 to it in clear, for clients of both versions."""

    def assertPasses(self, origins):
        for scheme in ("https", "http"):
            origin = origins[scheme]
            with self.subTest(origin=origin):
                self.assertEqual(self.ids(self.node(origin + TICKS, ca=self.ca)), list("123"))
                lines = self.node(origin + "/ws/echo", "--send", "one", ca=self.ca)
                self.assertEqual(lines[1:], [{"stream": 1, "message": "one"}, {"stream": 1, "code": 1000}], lines)

    def test_haproxy(self):
        origins = self.start_haproxy(self.port, "proto h2", f"http-request set-header Host 127.0.0.1:{self.port}")
        self.assertPasses(origins)
        text = output("curl", "-sSN", "--max-time", PATIENCE, origins["http1"] + TICKS)
        self.assertEqual(re.findall(r"^id: (\d)$", text, re.M), list("123"), text)
        said = output(NODE, HERE / "peers/ws-client.mjs", origins["http1"].replace("http", "ws", 1) + "/ws/echo", "one")
        self.assertEqual(said.splitlines(), ["one", "1000"])

    def test_nghttpx(self):
        self.assertPasses(self.start_nghttpx(f"{self.port};;proto=h2", "--host-rewrite"))


class Chromium(DemoTest):
    def evaluate(self, expression):
        """The value of an expression on the demo page, what the browser's network domain said and which HTTP/2 streams it opened."""
        said = output(NODE, HERE / "peers/browser.mjs", self.origins["https"] + "/scenarios", "--network", input=expression)
        value, network = map(json.loads, said.splitlines())
        return value, network["events"], network["http2"]

    def test_a_dozen_event_sources_share_a_connection(self):
        value, events, streams = self.evaluate("""Promise.all(Array.from({ length: 12 }, (_, number) => new Promise((resolve) => {
            const ids = [];
            const source = new EventSource(`/events?interval=20&seed=${number}`);
            source.addEventListener('tick', (event) => { if (ids.push(event.lastEventId) === 3) resolve([...ids]); });
        })))""")
        self.assertEqual(value, [list("123")] * 12)
        sources = [event for event in events if event.get("type") == "EventSource"]
        self.assertEqual((len(sources), {source["protocol"] for source in sources}), (12, {"h2"}), events)
        self.assertEqual(len({source["connectionId"] for source in sources}), 1, events)
        self.assertEqual(len({stream["session"] for stream in streams}), 1, streams)

    def test_a_websocket_rides_on_the_same_connection(self):
        value, events, streams = self.evaluate("""new Promise((resolve) => {
            const source = new EventSource('/events?interval=20&seed=99');
            source.addEventListener('tick', () => {
                source.close();
                const seen = [];
                const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws/echo');
                socket.onopen = () => socket.send('Gr\\u00fc\\u00dfe');
                socket.onmessage = (event) => { seen.push(event.data, socket.extensions); socket.close(4001, 'seen'); };
                socket.onclose = (event) => resolve([...seen, event.code, event.wasClean]);
            });
        })""")
        self.assertEqual((value[0], value[2:]), ("Grüße", [4001, True]), value)
        # Over HTTP/1.1 the browser says 101.
        answers = [event for event in events if event["method"] == "Network.webSocketHandshakeResponseReceived"]
        self.assertEqual([answer["response"]["status"] for answer in answers], [200], events)
        connects = [stream for stream in streams if ":method: CONNECT" in stream["headers"]]
        self.assertEqual(len(connects), 1, streams)
        self.assertIn(":protocol: websocket", connects[0]["headers"])
        self.assertEqual({stream["session"] for stream in streams}, {connects[0]["session"]}, streams)


if __name__ == "__main__":
    unittest.main()
