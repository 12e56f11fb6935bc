#!/usr/bin/python3
"""record's WebSockets over HTTP/2 (RFC 8441) against servers that nobody here wrote: node's http2 with npm ws, hypercorn, libwebsockets, and
nghttpx, haproxy, apache and lighttpd before npm ws; haproxy also from HTTP/1.1 to HTTP/2. nginx knows no extended CONNECT."""

import base64
import subprocess
import unittest

from http2_peers import Http2PeerTest
from support import BUILD, PATIENCE, Recording, environment, record

TWO_SESSIONS = BUILD / "tests/interop/twosessions"


class WebSocketTest(Http2PeerTest):
    def ask(self, url, *arguments, **options):
        return record("--http", 2, "--cacert", self.ca, *arguments, url.replace("http", "ws", 1), **options)


class ProxiedTest(WebSocketTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = cls.start_node("ws-server.mjs")


class EchoTests:
    """What any echo server must do; the class beside it starts the server."""

    path = "/echo"
    options = ()
    close_code = 4001

    def echo(self, scheme, *arguments):
        return self.ask(self.origins[scheme] + self.path, *self.options, *arguments)

    def test_text_and_binary_come_back(self):
        for scheme in self.origins:
            with self.subTest(scheme=scheme):
                seen = self.echo(scheme, "--send", "Grüße", "--send-binary", "00ff80", "--count", 4)
                self.assertEqual([line["data"] for line in seen.of("ws.text", dir="in")], ["Grüße"], seen)
                self.assertEqual([line["data"] for line in seen.of("ws.binary", dir="in")], [base64.b64encode(b"\0\xff\x80").decode()], seen)
                self.assertEqual(seen.code, 0, seen)

    def test_it_closes_clean(self):
        for scheme in self.origins:
            with self.subTest(scheme=scheme):
                seen = self.echo(scheme, "--send", "x", "--for", 0.5, "--close", "4001:enough")
                self.assertEqual([(line["code"], line["reason"]) for line in seen.of("ws.close", dir="out")], [(4001, "enough")], seen)
                self.assertEqual([line["code"] for line in seen.of("ws.close", dir="in")], [self.close_code], seen)
                self.assertEqual([line["verdict"] for line in seen.of("end", stream=1)], ["clean"], seen)
                self.assertEqual((seen.of("error"), seen.code), ([], 0), seen)

    def test_the_handshake_is_an_extended_connect(self):
        seen = self.echo("https", "--send", "x", "--count", 2)
        request, answer = seen.one("http.request"), seen.one("http.response")
        fields = dict(map(tuple, request["headers"]))
        self.assertEqual((request["version"], fields[":method"], fields[":protocol"], fields[":scheme"], fields[":path"]),
                         ("2", "CONNECT", "websocket", "https", self.path), seen)
        self.assertEqual(fields["sec-websocket-version"], "13")
        self.assertFalse({"sec-websocket-key", "upgrade", "connection", "host"} & set(fields), seen)
        self.assertEqual((answer["version"], answer["status"]), ("2", 200), seen)
        self.assertTrue(any([8, 1] == [entry[0], entry[2]] for settings in seen.of("h2.settings", dir="in") for entry in settings["settings"]), seen)
        self.assertLess(seen.of("h2.settings", dir="in")[0]["seq"], request["seq"], "CONNECT was sent before the setting was seen")
        self.assertEqual((seen.one("ws.open")["stream"], request["stream"]), (1, 1), seen)

    def test_frames_lie_in_data(self):
        seen = self.echo("https", "--send", "x", "--count", 2)
        lines = {line["seq"]: line for line in seen.lines}
        for message in seen.of("ws.text"):
            self.assertEqual(lines[message["carried_by"][0]]["kind"], "ws.frame", seen)
        for frame in seen.of("ws.frame"):
            self.assertEqual(frame["masked"], frame["dir"] == "out", seen)
            self.assertEqual({lines[seq]["kind"] for seq in frame["carried_by"]}, {"h2.data"}, seen)

    def test_large_messages_come_back_whole(self):
        text = "0123456789abcdef" * 8000  # larger than the first windows
        seen = self.echo("https", "--send", text, "--count", 2)
        self.assertEqual(seen.one("ws.text", dir="in")["data"], text)

    def test_several_share_a_connection(self):
        seen = self.echo("https", "--send", "x", "--streams", 3, "--for", 0.6)
        self.assertEqual((len(seen.of("session")), len(seen.of("tcp"))), (3, 1), seen)
        self.assertEqual(sorted({line["stream"] for line in seen.of("ws.text", dir="in")}), [1, 3, 5], seen)
        self.assertEqual(len(seen.of("ws.close", dir="in", code=1000)) + self.cut(seen), 3, seen)

    def cut(self, _seen):
        """How many streams the server cut instead of closing them."""
        return 0


class NodeHttp2(EchoTests, WebSocketTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_node_http2()

    def test_the_server_closes(self):
        seen = self.ask(f"{self.origins['https']}/push?count=30")
        self.assertEqual(len(seen.of("ws.text", dir="in")), 30, seen)
        self.assertEqual([(line["dir"], line["code"]) for line in seen.of("ws.close")], [("in", 1000), ("out", 1000)], seen)
        self.assertEqual((seen.one("end", stream=1)["verdict"], seen.code), ("clean", 0), seen)

    def test_a_stream_that_is_reset(self):
        seen = self.ask(f"{self.origins['https']}/reset")
        self.assertEqual((seen.data("ws.text"), seen.code), (["last words"], 1), seen)
        self.assertEqual((seen.one("end", stream=1)["verdict"], seen.one("h2.rst_stream", dir="in")["error_code"]), ("reset", 8), seen)
        self.assertIn("CANCEL", seen.one("error")["text"])

    def test_a_stream_that_ends_without_a_close(self):
        seen = self.ask(f"{self.origins['https']}/end")
        self.assertEqual((seen.data("ws.text"), seen.code), (["last words"], 1), seen)
        self.assertEqual(seen.one("end", stream=1)["verdict"], "cut", seen)

    def test_subprotocols(self):
        seen = self.ask(f"{self.origins['https']}/echo", "--subprotocol", "first", "--subprotocol", "second", "--send", "x", "--count", 2)
        self.assertEqual((seen.one("ws.open")["subprotocol"], seen.code), ("second", 0), seen)

    def test_auto_takes_a_connection_that_is_open(self):
        """Though it would not ask for HTTP/2 itself: an event stream of the same origin shares its connection."""
        seen = self.two_sessions(self.origins["https"])
        request, stream = seen.one("http.request", session=2), seen.one("http.request", session=1)
        self.assertEqual((dict(request["headers"])[":protocol"], request["connection"]), ("websocket", stream["connection"]), seen)
        self.assertEqual((len(seen.of("tcp")), seen.data("ws.text"), {line["stream"] for line in seen.of("ws.text")}), (1, ["x", "x"], {3}), seen)
        self.assertIn("sharing connection 1", seen.of("state", session=2, state="open")[0]["reason"], seen)

    def two_sessions(self, origin):
        done = subprocess.run([str(TWO_SESSIONS), self.ca, f"{origin}/live", f"{origin}/echo".replace("http", "ws", 1)], capture_output=True,
                              text=True, timeout=PATIENCE, env=environment())
        return Recording(done.returncode, done.stdout, done.stderr)

    def test_auto_offers_http1_alone(self):
        """Its ALPN knows h2 alone."""
        seen = record("--cacert", self.ca, self.origins["https"].replace("http", "ws", 1) + "/echo")
        self.assertEqual((seen.code, [error["code"] for error in seen.of("error")], seen.of("http.request")), (1, ["tls.alpn"], []), seen)


class Hypercorn(EchoTests, WebSocketTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_hypercorn()


class Libwebsockets(EchoTests, WebSocketTest):
    """Its windows are 0 until it says otherwise, and it mirrors each message to everybody."""

    path = "/"
    options = ("--subprotocol", "lws-mirror-protocol")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_libwebsockets()

    def test_text_and_binary_come_back(self):
        """Binary comes back as text."""
        seen = self.echo("https", "--send", "Grüße", "--count", 2)
        self.assertEqual([line["data"] for line in seen.of("ws.text")], ["Grüße"] * 2, seen)

    def test_large_messages_come_back_whole(self):
        """It comes back in many messages, each as large as its buffer."""
        text = "0123456789abcdef" * 8000
        seen = self.echo("https", "--send", text, "--for", 1)
        self.assertEqual("".join(line["data"] for line in seen.of("ws.text", dir="in")), text)

    def cut(self, seen):
        """Our END_STREAM may be on its way when it resets a stream that is over (RFC 9113 section 5.1 allows us that): it ends the connection then."""
        gone = seen.of("h2.goaway", dir="in", debug="Data for nonexistent sid")
        return len(seen.of("state", state="closed", cause="goaway")) if gone else 0

    def test_its_windows_begin_at_0(self):
        seen = self.echo("https", "--send", "x", "--count", 2)
        self.assertIn([4, "INITIAL_WINDOW_SIZE", 0], seen.of("h2.settings", dir="in")[0]["settings"], seen)
        self.assertLess(seen.of("h2.window_update", dir="in", stream=1)[0]["seq"], seen.of("h2.data", dir="out", stream=1)[0]["seq"], seen)


class Nghttpx(EchoTests, ProxiedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_nghttpx(cls.backend)


class Haproxy(EchoTests, ProxiedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = {scheme: origin for scheme, origin in cls.start_haproxy(cls.backend).items() if scheme != "http1"}


class HaproxyBeforeHttp2(EchoTests, WebSocketTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        port = cls.start_node_http2()["http"].rsplit(":", 1)[1]
        cls.origins = cls.start_haproxy(port, "proto h2")
        cls.http1 = cls.origins.pop("http1")

    def test_from_http1(self):
        seen = record("--send", "x", "--count", 2, self.http1.replace("http", "ws", 1) + "/echo")
        self.assertEqual((seen.one("http.response")["status"], [line["data"] for line in seen.of("ws.text", dir="in")]), (101, ["x"]), seen)
        self.assertEqual(seen.code, 0, seen)


class Apache(EchoTests, ProxiedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_apache(cls.backend)

    def test_auto_stays_with_http1(self):
        seen = record("--cacert", self.ca, "--send", "x", "--count", 2, self.origins["https"].replace("http", "ws", 1) + "/echo")
        self.assertEqual((seen.one("http.response")["version"], seen.one("tls")["alpn"], seen.code), ("1.1", "http/1.1", 0), seen)


class Lighttpd(EchoTests, ProxiedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_lighttpd(cls.backend)


class NginxKnowsNoExtendedConnect(ProxiedTest):
    def test_it_is_refused_in_words(self):
        for origin in self.start_nginx_http2(self.backend).values():
            with self.subTest(origin=origin):
                seen = self.ask(f"{origin}/echo", "--send", "x")
                self.assertEqual((seen.code, [error["code"] for error in seen.of("error")]), (1, ["http2.no-extended-connect"]), seen)
                self.assertIn("extended CONNECT", seen.one("error")["text"])
                self.assertEqual((seen.of("http.request"), len(seen.errors.splitlines()), seen.states()[-1]), ([], 1, "failed"), seen)

    def test_nor_do_servers_of_http1(self):
        seen = self.ask(f"http://127.0.0.1:{self.backend}/echo")
        self.assertEqual((seen.code, [error["code"] for error in seen.of("error")]), (1, ["http2.not-offered"]), seen)


if __name__ == "__main__":
    unittest.main()
