#!/usr/bin/python3
"""Answers that are none: what record says of each, against node's net sending exact bytes. No row may hang or crash."""

import json
import unittest

from support import HERE, NODE, PeerTest, Process, record

OK = "HTTP/1.1 200 OK\r\n"
STREAM = OK + "Content-Type: text/event-stream\r\n\r\n"
CHUNKED = OK + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
REDIRECT = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"


class BadAnswers(PeerTest):
    def answer(self, head, *arguments, body="", end="fin", scheme="http"):
        """The recording of one attempt at a server that answers so."""
        server = Process([NODE, HERE / "peers/scripted-server.mjs"])
        self.addCleanup(server.stop)
        server.process.stdin.write(json.dumps({"/": [{"head": head, "body": body, "end": end}] * 25}) + "\n")
        server.process.stdin.flush()
        return record(*arguments, f"{scheme}://127.0.0.1:{server.line()}/")

    def assertSays(self, seen, code, words, verdict):
        """One error, in words, on its line and on standard error; the end's verdict; exit 1."""
        self.assertEqual(seen.code, 1, seen)
        self.assertEqual(seen.one("error")["code"], code, seen)
        self.assertIn(words, seen.one("error")["text"], seen)
        self.assertEqual(seen.of("end")[-1]["verdict"], verdict, seen)
        self.assertEqual(len(seen.errors.splitlines()), 1, seen)
        self.assertIn(code, seen.errors)
        self.assertEqual(seen.states()[-1], "failed", seen)

    def test_table(self):
        rows = (
            ("an SSH banner", "SSH-2.0-OpenSSH_9.2\r\n", "http.malformed", "not HTTP but SSH", "never-answered"),
            ("binary", "\0\1\2\3\4\5\6\7" * 8, "http.malformed", "not HTTP: 0x00", "never-answered"),
            ("HTTP/0.9", "<html><body>old</body></html>", "http.malformed", "markup without a head", "never-answered"),
            ("HTTP/2", "\0\0\x12\4\0\0\0\0\0" + "\0\3\0\0\0\x64" * 3, "http.malformed", "HTTP/2", "never-answered"),
            ("a TLS alert", "\x15\3\1\0\2\2F", "http.malformed", "TLS", "never-answered"),
            ("nothing", "", "tcp.closed", "closed the connection before it answered", "never-answered"),
            ("half a status line", "HTT", "tcp.closed", "inside the head of its answer, after 3 bytes", "never-answered"),
            ("half a head", OK + "Content-Ty", "tcp.closed", "inside the head of its answer", "never-answered"),
            ("a head of 300 KiB", OK + "X: y\r\n" * 51200 + "\r\n", "http.head-too-large", "longer than 262144 bytes", "never-answered"),
            ("a field of 300 KiB", OK + "X: " + "y" * 307200 + "\r\n\r\n", "http.head-too-large", "longer than 262144 bytes", "never-answered"),
            ("no such page", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone", "http.status", "answered 404 Not Found", "clean"),
            ("a web page", OK + "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "sse.content-type", "'text/html'", "clean"),
            ("a redirect to ftp", REDIRECT + "Location: ftp://127.0.0.1/\r\n\r\n", "http.redirect", "no http or https URL", "clean"),
            ("a redirect loop", REDIRECT + "Location: /\r\n\r\n", "http.redirect", "more than 20 redirects", "clean"),
            ("no chunk size", CHUNKED + "zz\r\ndata: x\n\n", "http.malformed", "chunk size", "by-us"),
            ("a chunk size beyond 64 bits", CHUNKED + "f" * 17 + "\r\nx", "http.malformed", "chunk size", "by-us"),
            ("two lengths", OK + "Content-Type: text/event-stream\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nx", "http.malformed", "differ", "never-answered"),
        )
        for name, head, code, words, verdict in rows:
            with self.subTest(name):
                self.assertSays(self.answer(head, "--transport", "sse", "--no-reconnect"), code, words, verdict)

    def test_reset_without_an_answer(self):
        seen = self.answer("", "--no-reconnect", end="reset")
        self.assertSays(seen, "tcp.reset", "reset the connection before it answered", "never-answered")

    def test_silence(self):
        seen = self.answer("", "--no-reconnect", "--first-byte-timeout", "0.5", end="keep")
        self.assertSays(seen, "timeout.first-byte", "no answer within 0.5 s", "never-answered")
        seen = self.answer(STREAM, "--no-reconnect", "--idle-timeout", "0.5", body="data: x\n\n", end="keep")
        self.assertSays(seen, "timeout.idle", "nothing came for 0.5 s", "by-us")
        seen = self.answer("", "--no-reconnect", "--connect-timeout", "0.5", end="keep", scheme="https")
        self.assertSays(seen, "tcp.timeout", "no connection within 0.5 s", "never-answered")

    def test_what_a_limit_cuts_off_is_a_failure(self):
        seen = self.answer(STREAM, "--no-reconnect", body="id: " + "7" * 300_000 + "\ndata: x\n\n")
        self.assertEqual((seen.code, seen.data(), seen.one("finding", rule="sse.line-too-long")["of"]), (1, ["x"], seen.one("sse.event")["seq"]), seen.errors)
        self.assertIn("sse.line-too-long: A line is longer than what is kept of it", seen.errors)

    def test_an_event_that_is_cut(self):
        seen = self.answer(STREAM, "--no-reconnect", body="data: whole\n\ndata: half")
        self.assertEqual((seen.code, seen.data(), seen.one("end")["verdict"], seen.one("end")["pending_bytes"]), (1, ["whole"], "cut", 10), seen)
        self.assertEqual(seen.one("sse.incomplete")["data"], "data: half")

    def test_no_server_at_all(self):
        seen = record("--no-reconnect", "http://nowhere.invalid/")
        self.assertSays(seen, "dns.notfound", "'nowhere.invalid'", "never-answered")

    def test_a_storm_of_reconnects_is_slowed_down(self):
        seen = self.answer(STREAM, "--max-reconnects", "10", body="retry: 0\n\n")
        waits = [(line["delay_ms"], line["delay_source"]) for line in seen.of("state", state="waiting")]
        self.assertEqual(waits, [(0, "retry")] * 9 + [(1000, "policy")], seen)
        self.assertEqual(seen.of("finding")[-1]["rule"], "session.reconnect-storm")

    def test_websocket_answers(self):
        rows = (
            ("a page", OK + "Content-Length: 2\r\n\r\nhi", "http.status", "the server answered 200 OK instead of 101", "clean"),
            ("forbidden", "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", "http.status", "answered 403 Forbidden", "clean"),
            ("elsewhere", REDIRECT + "Location: /x\r\n\r\n", "http.status", "answered 302", "clean"),
            ("another key's", "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n", "ws.handshake",
             "Sec-WebSocket-Accept", "by-us"),
            ("SSH", "SSH-2.0-OpenSSH_9.2\r\n", "http.malformed", "not HTTP but SSH", "never-answered"),
        )
        for name, head, code, words, verdict in rows:
            with self.subTest(name):
                self.assertSays(self.answer(head, scheme="ws"), code, words, verdict)


if __name__ == "__main__":
    unittest.main()
