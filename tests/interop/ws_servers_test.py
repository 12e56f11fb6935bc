#!/usr/bin/python3
"""record against WebSocket servers that nobody here wrote: npm ws, python3-websockets, QWebSocketServer, and nginx before them."""

import base64
import unittest

from support import BUILD, HERE, PYTHON, PeerTest, record


class EchoTests:
    """What any echo server must do; the class beside it starts the server."""

    def test_echoes_text_binary_and_ping(self):
        seen = record("--send", "Grüße", "--send-binary", "00ff80", "--ping", "hello", "--count", 6, self.url)
        self.assertEqual([line["data"] for line in seen.of("ws.text", dir="out")], ["Grüße"], seen)
        self.assertEqual([line["data"] for line in seen.of("ws.text", dir="in")], ["Grüße"], seen)
        self.assertEqual([line["data"] for line in seen.of("ws.binary", dir="in")], [base64.b64encode(b"\0\xff\x80").decode()], seen)
        pong = seen.one("ws.pong", dir="in")
        self.assertEqual(base64.b64decode(pong["data"]), b"hello")
        self.assertGreater(pong["rtt_ms"], 0)
        self.assertEqual(seen.code, 0, seen)

    def test_large_messages_come_back_whole(self):
        text = "0123456789abcdef" * 5000
        seen = record("--send", text, "--count", 2, self.url)
        self.assertEqual(seen.one("ws.text", dir="in")["data"], text)

    def test_frames_carry_messages_and_are_masked_one_way(self):
        seen = record("--send", "x", "--count", 2, self.url)
        lines = {line["seq"]: line for line in seen.lines}
        for message in seen.of("ws.text"):
            self.assertEqual(lines[message["carried_by"][0]]["kind"], "ws.frame")
        self.assertTrue(all(frame["masked"] == (frame["dir"] == "out") for frame in seen.of("ws.frame")), seen)


class NpmWs(EchoTests, PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = f"ws://127.0.0.1:{cls.start_node('ws-server.mjs')}"
        cls.url = f"{cls.origin}/echo"

    def test_answers_pings_and_closes_cleanly(self):
        seen = record(f"{self.origin}/push?count=30")
        self.assertEqual(len(seen.of("ws.text", dir="in")), 30, seen)
        self.assertEqual([line["data"] for line in seen.of("ws.ping")], [line["data"] for line in seen.of("ws.pong")], seen)
        self.assertEqual([(line["dir"], line["code"]) for line in seen.of("ws.close")], [("in", 1000), ("out", 1000)], seen)
        self.assertEqual(seen.one("end")["verdict"], "clean", seen)
        self.assertEqual(seen.code, 0, seen)

    def test_puts_fragments_together_around_a_ping(self):
        seen = record(f"{self.origin}/fragments")
        message = seen.one("ws.text")
        self.assertEqual((message["data"], message["frames"]), ("Grüße da", 3), seen)
        self.assertLess(seen.one("ws.ping")["seq"], message["seq"])

    def test_tells_each_close_code(self):
        for code, reason in [(1000, ""), (1001, "going away"), (1011, "über"), (3000, "x"), (4999, "y" * 123)]:
            with self.subTest(code=code):
                seen = record(f"{self.origin}/close?code={code}&reason={reason}")
                close = seen.one("ws.close", dir="in")
                self.assertEqual((close["code"], close["reason"]), (code, reason), seen)

    def test_an_abrupt_end_is_cut(self):
        seen = record(f"{self.origin}/abrupt")
        self.assertEqual(seen.data("ws.text"), ["last words"])
        self.assertIn(seen.one("end")["verdict"], ("cut", "reset"), seen)
        self.assertEqual(seen.code, 1, seen)

    def test_says_which_subprotocol_was_agreed(self):
        seen = record("--subprotocol", "first", "--subprotocol", "second", "--count", 1, "--send", "x", f"{self.origin}/echo")
        self.assertEqual(seen.one("ws.open")["subprotocol"], "second", seen)

    def test_closes_with_the_code_that_was_asked_for(self):
        seen = record("--close", "4001:enough", "--send", "x", "--for", "0.5", f"{self.origin}/echo")
        self.assertEqual([(line["code"], line["reason"]) for line in seen.of("ws.close", dir="out")], [(4001, "enough")], seen)

    def test_sends_each_line_of_stdin(self):
        seen = record("--send-stdin", "--count", 4, f"{self.origin}/echo", stdin="one\ntwo\n")
        self.assertEqual([line["data"] for line in seen.of("ws.text", dir="in")], ["one", "two"], seen)


class NpmWsBehindNginx(EchoTests, PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.url = f"ws://127.0.0.1:{cls.start_nginx(cls.start_node('ws-server.mjs'))}/echo"


class PythonWebsockets(EchoTests, PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.url = f"ws://127.0.0.1:{cls.start(PYTHON, HERE / 'peers/websockets-server.py').line()}/"


class PythonWebsocketsBehindNginx(EchoTests, PeerTest):
    @classmethod
    def setUpClass(cls):
        port = cls.start(PYTHON, HERE / "peers/websockets-server.py").line()
        cls.url = f"ws://127.0.0.1:{cls.start_nginx(port)}/"


class QtWebSockets(EchoTests, PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.url = f"ws://127.0.0.1:{cls.start(BUILD / 'tests/interop/qwebsocketserver').line()}/"


class QtWebSocketsBehindNginx(EchoTests, PeerTest):
    @classmethod
    def setUpClass(cls):
        port = cls.start(BUILD / "tests/interop/qwebsocketserver").line()
        cls.url = f"ws://127.0.0.1:{cls.start_nginx(port)}/"


if __name__ == "__main__":
    unittest.main()
