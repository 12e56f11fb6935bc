#!/usr/bin/python3
"""Servers of HTTP/2 that are none, or bad ones, byte by byte: what record says of each, what it answers, and that the evidence is kept."""

import struct
import unittest

from http2_raw import (ACK, ANSWER, CONTINUATION, DATA, END_HEADERS, END_STREAM, EVENT, GOAWAY, HEADERS, PADDED, PING, PUSH_PROMISE, RST_STREAM,
                       SETTINGS, STATUS_200, TYPE, WINDOW_UPDATE, RawServer, frame, frames, goaway_codes, literal, reset_codes, settings)
from support import PeerTest, record

HTTP1 = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n"
END = frame(DATA, END_STREAM, 1)
NAMES = ("NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
         "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM")
PROTOCOL_ERROR, FLOW_CONTROL_ERROR, STREAM_CLOSED, FRAME_SIZE_ERROR, COMPRESSION_ERROR, ENHANCE_YOUR_CALM = 1, 3, 5, 6, 9, 11


def window_update(stream, increment):
    return frame(WINDOW_UPDATE, 0, stream, struct.pack(">I", increment))


class BadPeers(PeerTest):
    def serve(self, then=b"", **options):
        server = RawServer(then, **options)
        self.addCleanup(server.stop)
        return server

    def ask(self, server, *arguments):
        return record("--http", 2, "--no-reconnect", *arguments, f"http://127.0.0.1:{server.port}/")

    def assertFailed(self, seen, code, words):
        """One error in words, on its line and on standard error; the end; exit 1."""
        self.assertEqual((seen.code, [error["code"] for error in seen.of("error")]), (1, [code]), seen)
        self.assertIn(words, seen.one("error")["text"], seen)
        self.assertEqual(len(seen.errors.splitlines()), 1, seen)
        self.assertIn(code, seen.errors)
        self.assertEqual(seen.states()[-1], "failed", seen)
        self.assertTrue(seen.of("end"), seen)


class NoHttp2AtAll(BadPeers):
    def test_table(self):
        rows = (
            ("HTTP/1.1", HTTP1, "http2.not-offered", "HTTP/1.1"),
            ("HTTP/1.1 bad request", b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", "http2.not-offered", "HTTP/1.1"),
            ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n", "http2.protocol", ""),
            ("zeros", bytes(64), "http2.protocol", ""),
            ("no SETTINGS first", frame(PING, payload=bytes(8)), "http2.protocol", ""),
            ("an answer before SETTINGS", ANSWER + EVENT, "http2.protocol", ""),
            ("an ACK first", frame(SETTINGS, ACK), "http2.protocol", ""),
        )
        for name, first, code, words in rows:
            with self.subTest(name):
                self.assertFailed(self.ask(self.serve(first=first, end="fin")), code, words)

    def test_nothing(self):
        for end, code in (("fin", "tcp.closed"), ("reset", "tcp.reset")):
            with self.subTest(end=end):
                self.assertFailed(self.ask(self.serve(first=b"", end=end)), code, "before it answered")
        self.assertFailed(self.ask(self.serve(first=b""), "--first-byte-timeout", 0.5), "timeout.first-byte", "no answer within 0.5 s")

    def test_http2_where_http1_was_asked_for(self):
        server = self.serve(first=settings((3, 100), (4, 65535)))
        seen = record("--http", "1.1", "--no-reconnect", "--first-byte-timeout", 2, f"http://127.0.0.1:{server.port}/")
        self.assertFailed(seen, "http.malformed", "HTTP/2")


class ConnectionErrors(BadPeers):
    """What the client must answer with GOAWAY; behind a good event, which is kept."""

    def test_table(self):
        endless = frame(HEADERS, 0, 1, literal("a", "b")) + frame(CONTINUATION, 0, 1, literal("x-more", "y" * 100) * 100) * 200
        rows = (
            ("SETTINGS of 5 bytes", frame(SETTINGS, payload=bytes(5)), FRAME_SIZE_ERROR),
            ("SETTINGS on a stream", frame(SETTINGS, 0, 1), PROTOCOL_ERROR),
            ("an ACK with a payload", frame(SETTINGS, ACK, payload=bytes(6)), FRAME_SIZE_ERROR),
            ("ENABLE_PUSH 2", settings((2, 2)), PROTOCOL_ERROR),
            ("a window beyond 2^31-1", settings((4, 1 << 31)), FLOW_CONTROL_ERROR),
            ("MAX_FRAME_SIZE 1", settings((5, 1)), PROTOCOL_ERROR),
            ("PING of 7 bytes", frame(PING, payload=bytes(7)), FRAME_SIZE_ERROR),
            ("PING on a stream", frame(PING, 0, 1, bytes(8)), PROTOCOL_ERROR),
            ("DATA on stream 0", frame(DATA, 0, 0, b"x"), PROTOCOL_ERROR),
            ("DATA on a stream that nobody opened", frame(DATA, 0, 7, b"x"), PROTOCOL_ERROR),
            ("HEADERS on stream 0", frame(HEADERS, END_HEADERS, 0, STATUS_200), PROTOCOL_ERROR),
            ("HEADERS on a stream of the server's", frame(HEADERS, END_HEADERS, 2, STATUS_200), PROTOCOL_ERROR),
            ("padding longer than the frame", frame(DATA, PADDED, 1, b"\x09abc"), PROTOCOL_ERROR),
            ("a frame of 16 MiB", b"\xff\xff\xff\0\0" + struct.pack(">I", 1) + bytes(100_000), FRAME_SIZE_ERROR),
            ("WINDOW_UPDATE of 3 bytes", frame(WINDOW_UPDATE, payload=bytes(3)), FRAME_SIZE_ERROR),
            ("an increment of 0", window_update(0, 0), PROTOCOL_ERROR),
            ("a window that overflows", window_update(0, 0x7FFFFFFF) * 2, FLOW_CONTROL_ERROR),
            ("RST_STREAM of 3 bytes", frame(RST_STREAM, 0, 1, bytes(3)), FRAME_SIZE_ERROR),
            ("RST_STREAM on stream 0", frame(RST_STREAM, 0, 0, bytes(4)), PROTOCOL_ERROR),
            ("RST_STREAM on a stream that nobody opened", frame(RST_STREAM, 0, 9, bytes(4)), PROTOCOL_ERROR),
            ("GOAWAY on a stream", frame(GOAWAY, 0, 1, bytes(8)), PROTOCOL_ERROR),
            ("CONTINUATION without HEADERS", frame(CONTINUATION, END_HEADERS, 1, TYPE), PROTOCOL_ERROR),
            ("DATA inside a field block", frame(HEADERS, 0, 1, literal("x", "y")) + EVENT, PROTOCOL_ERROR),
            ("PUSH_PROMISE though push is off", frame(SETTINGS, ACK) + frame(PUSH_PROMISE, END_HEADERS, 1, struct.pack(">I", 2) + b"\x82\x87\x84"), PROTOCOL_ERROR),
            ("an HPACK index that does not exist", frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\xff\xff\xff\x0f"), COMPRESSION_ERROR),
            ("an HPACK table larger than allowed", frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x3f\xe1\xff\xff\x07" + STATUS_200), COMPRESSION_ERROR),
            ("a Huffman code that ends wrong", frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x00\x81\xff\x01x"), COMPRESSION_ERROR),
            ("a field block without an end", endless, None),
        )
        for name, bad, expected in rows:
            with self.subTest(name):
                server = self.serve(ANSWER + EVENT + bad)
                seen = self.ask(server)
                code = seen.of("error")[0]["code"] if seen.of("error") else None
                self.assertFailed(seen, "http.head-too-large" if code == "http.head-too-large" and expected is None else "http2.protocol", "")
                self.assertEqual(seen.data(), ["x"], seen)  # what was good is kept
                codes = goaway_codes(server.sent[0])
                self.assertEqual(len(codes), 1, seen)
                if expected is not None:
                    self.assertEqual(NAMES[codes[0]], NAMES[expected], seen)
                    self.assertIn("RFC 9113", seen.one("error")["text"], seen)
                self.assertEqual(seen.of("h2.goaway", dir="out")[0]["error_code"], codes[0], seen)
                self.assertEqual({line["verdict"] for line in seen.of("end")}, {"by-us"}, seen)

    def test_the_bad_frame_is_kept(self):
        rows = (
            (frame(DATA, 0, 0, b"x"), "h2.data", "http2.wrong-stream"),
            (frame(DATA, PADDED, 1, b"\x09abc"), "h2.data", "http2.padding-too-long"),
            (window_update(0, 0), "h2.window_update", "http2.increment-zero"),
            (settings((4, 1 << 31)), "h2.settings", "http2.setting-value"),
        )
        for bad, kind, rule in rows:
            with self.subTest(rule=rule):
                seen = self.ask(self.serve(ANSWER + EVENT + bad))
                last = seen.of(kind, dir="in")[-1]
                self.assertEqual(last["length"], len(bad) - 9, seen)
                self.assertIn((rule, last["seq"]), [(finding["rule"], finding["of"]) for finding in seen.of("finding")], seen)


class HeaderBombs(BadPeers):
    """RFC 7541 section 7.3: a few bytes that stand for many."""

    def test_a_table_entry_that_is_named_a_hundred_thousand_times(self):
        entry = b"\x40" + b"\x06x-bomb" + b"\x7f\x81\x1e" + b"y" * 4000  # with indexing, 4,000 bytes of value
        block = STATUS_200 + TYPE + entry + b"\xbe" * 10_000  # 40 MB when inflated
        server = self.serve(frame(HEADERS, END_HEADERS, 1, block) + EVENT)
        seen = self.ask(server)
        self.assertEqual((seen.code, seen.data()), (1, []), seen.errors)
        self.assertIn(seen.one("error")["code"], ("http.head-too-large", "http2.protocol", "http2.stream-reset"), seen.errors)
        self.assertTrue(goaway_codes(server.sent[0]) or reset_codes(server.sent[0]))
        self.assertLess(sum(len(str(line)) for line in seen.lines), 2_000_000)

    def test_many_fields(self):
        block = STATUS_200 + TYPE + literal("x-more", "y" * 100) * 140  # 15 KB in a frame
        more = b"".join(frame(CONTINUATION, 0, 1, literal("x-more", "y" * 100) * 140) for _ in range(60))
        server = self.serve(frame(HEADERS, 0, 1, block) + more + frame(CONTINUATION, END_HEADERS, 1, literal("x", "y")) + EVENT)
        seen = self.ask(server)
        self.assertEqual((seen.code, seen.data()), (1, []), seen.errors)
        self.assertTrue(goaway_codes(server.sent[0]) or reset_codes(server.sent[0]))


class StreamErrors(BadPeers):
    """What ends a stream; the connection goes on until nobody needs it."""

    def test_table(self):
        rows = (
            ("no status", frame(HEADERS, END_HEADERS, 1, TYPE)),
            ("two statuses", frame(HEADERS, END_HEADERS, 1, STATUS_200 + STATUS_200 + TYPE)),
            ("a name in capitals", frame(HEADERS, END_HEADERS, 1, STATUS_200 + literal("Content-Type", "text/event-stream"))),
            ("a field of HTTP/1.1", frame(HEADERS, END_HEADERS, 1, STATUS_200 + TYPE + literal("connection", "close"))),
            ("a pseudo-header field of requests", frame(HEADERS, END_HEADERS, 1, STATUS_200 + literal(":path", "/") + TYPE)),
            ("a pseudo-header field behind others", frame(HEADERS, END_HEADERS, 1, TYPE + STATUS_200)),
            ("a line break in a value", frame(HEADERS, END_HEADERS, 1, STATUS_200 + TYPE + literal("x", "a\nb"))),
            ("more than content-length", frame(HEADERS, END_HEADERS, 1, STATUS_200 + TYPE + literal("content-length", "5")) + EVENT + END),
            ("less than content-length", frame(HEADERS, END_HEADERS, 1, STATUS_200 + TYPE + literal("content-length", "500")) + EVENT + END),
            ("trailers that do not end it", ANSWER + EVENT + frame(HEADERS, END_HEADERS, 1, literal("x", "y"))),
            ("a status in trailers", ANSWER + EVENT + frame(HEADERS, END_HEADERS | END_STREAM, 1, STATUS_200)),
            ("DATA before HEADERS", EVENT + ANSWER),
            ("101", frame(HEADERS, END_HEADERS, 1, literal(":status", "101"))),
            ("its window overflows", ANSWER + EVENT + window_update(1, 0x7FFFFFFF)),
        )
        for name, then in rows:
            with self.subTest(name):
                server = self.serve(then)
                seen = self.ask(server)
                self.assertEqual((seen.code, len(seen.of("error"))), (1, 1), seen)
                self.assertIn(seen.one("error")["code"], ("http2.stream-reset", "http2.protocol"), seen)
                self.assertTrue(reset_codes(server.sent[0]) or [code for code in goaway_codes(server.sent[0]) if code], seen)
                if then.startswith(ANSWER + EVENT):
                    self.assertEqual(seen.data(), ["x"], seen)

    def test_data_behind_the_end(self):
        seen = self.ask(self.serve(ANSWER + EVENT + END + EVENT, end="fin"))
        self.assertEqual((seen.data(), seen.of("end", stream=1)[0]["verdict"]), (["x"], "clean"), seen)

    def test_our_window_is_kept_to(self):
        """A server that sends more than the windows allow is stopped with FLOW_CONTROL_ERROR, or its window was large enough for all of it."""
        event = frame(DATA, 0, 1, b"data: " + b"x" * 16000 + b"\n\n")
        server = self.serve(ANSWER + event * 4000, end="fin")
        seen = self.ask(server, "--layers", "connection")
        if goaway_codes(server.sent[0]) + reset_codes(server.sent[0]):
            self.assertIn("FLOW_CONTROL_ERROR", seen.one("error")["text"], seen)
        self.assertEqual(seen.code, 1, seen)


class Cuts(BadPeers):
    WHOLE = ANSWER + EVENT + frame(DATA, END_STREAM, 1, b"id: 2\ndata: y\n\n")

    def test_byte_by_byte(self):
        server = self.serve(frame(PING, payload=b"12345678") + self.WHOLE, first=settings((3, 100), (8, 1)), piece=1)
        seen = self.ask(server)
        self.assertEqual((seen.code, seen.data(), seen.of("end", stream=1)[0]["verdict"]), (0, ["x", "y"], "clean"), seen)
        self.assertTrue(any(kind == PING and flags == ACK and payload == b"12345678" for kind, flags, _, payload in frames(server.sent[0])), seen)

    def test_two_bytes_and_seven(self):
        for piece in (2, 7):
            seen = self.ask(self.serve(self.WHOLE, piece=piece))
            self.assertEqual((seen.code, seen.data()), (0, ["x", "y"]), seen)

    def test_an_end_at_every_byte(self):
        first, then = settings((3, 100)), ANSWER + EVENT
        for end in range(len(first) + len(then) + 1):
            with self.subTest(end=end):
                seen = self.ask(self.serve(then[:max(0, end - len(first))], first=first[:end], end="fin"))
                self.assertEqual((seen.code, seen.states()[-1]), (1, "failed"), seen)
                self.assertEqual(seen.data(), ["x"] if end == len(first) + len(then) else [], seen)
                verdicts = {"cut"} if end >= len(first) + len(ANSWER) else {"never-answered"}
                self.assertLessEqual({line["verdict"] for line in seen.of("end") if line["stream"]} or verdicts, verdicts, seen)
                self.assertEqual(len(seen.errors.splitlines()), 1, seen)


class ClosedWindows(BadPeers):
    """What a window that never opens keeps here is lost when we leave: it is said, and the recording has failed."""

    def test_messages(self):
        for window, left in ((0, 30), (20, 10)):  # two messages of 15 bytes, 6 of them their header
            with self.subTest(window=window):
                server = self.serve(frame(HEADERS, END_HEADERS, 1, STATUS_200), first=settings((8, 1), (4, window)))
                seen = record("--http", 2, "--send", "message-1", "--send", "message-2", "--for", 0.3, f"ws://127.0.0.1:{server.port}/")
                self.assertEqual((seen.code, seen.one("error")["code"]), (1, "http2.window-closed"), seen)
                self.assertEqual((len(seen.of("ws.text", dir="out")), sum(data["length"] for data in seen.of("h2.data", dir="out"))),
                                 (window // 15, window), seen)
                self.assertIn(f"{left + 8} bytes of ours never left", seen.one("error")["text"], seen)  # our close frame among them
                self.assertIn("flow-control window", seen.errors, seen)
                self.assertEqual((len(seen.errors.splitlines()), seen.states()[-1]), (1, "closed"), seen)

    def test_a_request_s_content(self):
        server = self.serve()  # the windows that nobody has to ask for hold 65,535 bytes
        seen = self.ask(server, "--data", "x" * 100_000, "--first-byte-timeout", 0.3)
        self.assertFailed(seen, "timeout.first-byte", f"{100_000 - 65_535} bytes of ours never left")
        self.assertIn("flow-control window", seen.errors, seen)

    def test_a_window_that_opens_late(self):
        server = self.serve(window_update(0, 50_000) + window_update(1, 50_000) + ANSWER + EVENT)
        seen = self.ask(server, "--data", "x" * 100_000, "--count", 1)
        self.assertEqual((seen.code, seen.data(), seen.errors), (0, ["x"], ""))
        self.assertEqual(seen.one("http.body", dir="out")["wire"], 100_000)


class StreamsWithoutAnEnd(BadPeers):
    def test_no_answer(self):
        seen = self.ask(self.serve(), "--first-byte-timeout", 0.5)
        self.assertFailed(seen, "timeout.first-byte", "no answer within 0.5 s")

    def test_silence_after_an_event(self):
        server = self.serve(ANSWER + EVENT)
        seen = self.ask(server, "--idle-timeout", 0.5)
        self.assertFailed(seen, "timeout.idle", "nothing came for 0.5 s")
        self.assertEqual(seen.data(), ["x"], seen)
        self.assertEqual(reset_codes(server.sent[0]), [8], seen)  # CANCEL: the connection may be others' too

    def test_a_connection_that_goes_away_under_it(self):
        for end, verdict in (("fin", "cut"), ("reset", "reset")):
            with self.subTest(end=end):
                seen = self.ask(self.serve(ANSWER + EVENT, end=end))
                self.assertEqual((seen.code, seen.data(), seen.of("end", stream=1)[0]["verdict"]), (1, ["x"], verdict), seen)

    def test_a_goaway_alone_does_not_end_it(self):
        """The streams that it took on go on; nobody but the time ends them."""
        seen = self.ask(self.serve(ANSWER + EVENT + frame(GOAWAY, 0, 0, struct.pack(">II", 1, 0)) + EVENT), "--for", 0.7)
        self.assertEqual((seen.data(), seen.code), (["x", "x"], 0), seen)

    def test_a_storm_of_settings_and_pings_is_survived_or_ended_in_words(self):
        flood = (settings((4, 65535)) + frame(PING, payload=bytes(8))) * 3000
        seen = self.ask(self.serve(ANSWER + flood + EVENT, end="fin"), "--layers", "messages,connection")
        self.assertTrue(seen.data() == ["x"] or "too many frames" in seen.one("error")["text"], seen.errors)


if __name__ == "__main__":
    unittest.main()
