#!/usr/bin/python3
"""What a client does at HTTP level, row by row of tests/fixtures/sse-http-behaviours.md, against a server that answers with exact bytes."""

import json
import unittest

from support import HERE, NODE, PeerTest, Process, record

STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
QUICK = ["--retry", "20"]


def typed(content_type):
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n"


def status(code, extra="Content-Type: text/event-stream\r\n"):
    return f"HTTP/1.1 {code} Whatever\r\n{extra}\r\n"


def moved(code, location):
    return f"HTTP/1.1 {code} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"


class Behaviours(PeerTest):
    """Each test scripts the answers of a path of its own."""

    def serve(self, answers, path="/", **others):
        server = Process([NODE, HERE / "peers/scripted-server.mjs"])
        self.addCleanup(server.stop)
        server.process.stdin.write(json.dumps({path: answers} | {f"/{name}": value for name, value in others.items()}) + "\n")
        server.process.stdin.flush()
        return f"http://127.0.0.1:{server.line()}{path}"

    def run_sse(self, answers, *arguments, **others):
        return record("--transport", "sse", *QUICK, *arguments, self.serve(answers, **others))

    def assertFinal(self, seen, code, requests=1):
        """It failed for good: no further request, one error with that code, exit 1."""
        self.assertEqual(len(seen.of("http.request")), requests, seen)
        self.assertIn(code, [error["code"] for error in seen.of("error")], seen)
        self.assertEqual(seen.states()[-1], "failed", seen)
        self.assertEqual(seen.code, 1, seen)

    # 1. Request

    def test_R1_to_R4_the_first_request(self):
        seen = self.run_sse([{"head": STREAM, "body": "data: x\n\n"}])
        request = seen.of("http.request")[0]
        self.assertEqual(request["method"], "GET")
        self.assertEqual(seen.header_sent("accept")[0], "text/event-stream")
        self.assertEqual(seen.header_sent("cache-control"), ["no-cache", "no-cache"], seen)
        self.assertEqual(seen.header_sent("last-event-id")[0], None)

    def test_R1_a_post_is_repeated_with_its_body(self):
        seen = self.run_sse([{"head": STREAM, "body": "id: 1\ndata: x\n\n"}], "-X", "POST", "-d", "body", "-H", "X-Own: 1")
        self.assertEqual([request["method"] for request in seen.of("http.request")], ["POST", "POST"], seen)
        self.assertEqual([request["body_bytes"] for request in seen.of("http.request")], [4, 4])
        self.assertEqual(seen.header_sent("x-own"), ["1", "1"])

    def test_R5_an_initial_id_is_sent(self):
        seen = self.run_sse([{"head": STREAM, "body": "data: x\n\n"}], "--last-event-id", "abc")
        self.assertEqual(seen.header_sent("last-event-id"), ["abc", "abc"], seen)
        self.assertEqual(seen.of("sse.event")[0]["id"], "abc")

    def test_R9_unusable_urls_are_wrong_usage(self):
        for url in ("", "ftp://localhost/", "about:blank", "mailto:a@localhost", "http://", "http://localhost:99999/"):
            with self.subTest(url=url):
                seen = record(url)
                self.assertEqual(seen.code, 2, seen)
                self.assertEqual(len(seen.errors.splitlines()), 1, seen)

    # 2. Answer

    def test_A2_A3_accepted_types(self):
        for content_type in ("text/event-stream", "text/event-stream;", "text/event-stream;charset=utf-8", "text/event-stream;foo=bar",
                             "text/event-stream ; x=y", "TEXT/Event-Stream", "text/event-stream;charset=windows-1252"):
            with self.subTest(content_type=content_type):
                seen = self.run_sse([{"head": typed(content_type), "body": "data: x\n\n"}], "--no-reconnect")
                self.assertEqual(seen.data(), ["x"], seen)

    def test_A3_another_charset_is_a_finding(self):
        seen = self.run_sse([{"head": typed("text/event-stream;charset=windows-1252"), "body": "data: x\n\n"}], "--no-reconnect")
        self.assertEqual(len(seen.of("finding")), 1, seen)

    def test_A4_refused_types(self):
        for content_type in ("x bogus", "text/x-bogus", "text/plain", "text/event-streamx", "application/json", ""):
            with self.subTest(content_type=content_type):
                seen = self.run_sse([{"head": typed(content_type), "body": "data: x\n\n"}])
                self.assertFinal(seen, "sse.content-type")
                self.assertEqual(seen.of("sse.event"), [])

    def test_A4_no_type_at_all(self):
        self.assertFinal(self.run_sse([{"head": "HTTP/1.1 200 OK\r\n\r\n", "body": "data: x\n\n"}]), "sse.content-type")

    def test_A6_A7_other_statuses_are_final(self):
        for code in (201, 202, 203, 205, 206, 210, 299, 300, 304, 400, 401, 403, 404, 407, 408, 410, 429, 500, 501, 502, 503, 504):
            with self.subTest(status=code):
                seen = self.run_sse([{"head": status(code), "body": "data: x\n\n"}])
                self.assertFinal(seen, "http.status")
                self.assertEqual(seen.of("sse.event"), [])

    def test_A8_204_asks_once(self):
        seen = self.run_sse([])
        self.assertEqual(len(seen.of("http.request")), 1, seen)

    def test_A9_an_empty_200_reconnects(self):
        seen = self.run_sse([{"head": STREAM}])
        self.assertEqual(seen.states()[:4], ["connecting", "open", "waiting:clean", "connecting"], seen)

    def test_A10_unusual_but_legal_heads(self):
        for head in ("HTTP/1.1 200\r\nContent-Type: text/event-stream\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                     "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + STREAM, "HTTP/1.1 100 Continue\r\n\r\n" + STREAM):
            with self.subTest(head=head):
                self.assertEqual(self.run_sse([{"head": head, "body": "data: x\n\n"}], "--no-reconnect").data(), ["x"])

    # 3. Redirects

    def test_D1_redirects_are_followed(self):
        for code in (301, 302, 303, 307, 308):
            with self.subTest(code=code):
                seen = self.run_sse([{"head": moved(code, "/target")}], "--no-reconnect", target=[{"head": STREAM, "body": "data: x\n\n"}])
                self.assertEqual(seen.data(), ["x"], seen)
                self.assertEqual([request["target"] for request in seen.of("http.request")], ["/", "/target"])
                self.assertEqual(seen.of("error"), [])

    def test_D2_D3_no_redirect(self):
        for head in (status(300, "Location: /target\r\n"), status(304, "Location: /target\r\n"), status(305, "Location: /target\r\n"),
                     status(301, ""), status(307, "Location:\r\n")):
            with self.subTest(head=head):
                seen = self.run_sse([{"head": head}], target=[{"head": STREAM, "body": "data: x\n\n"}])
                self.assertEqual(len(seen.of("http.request")), 1, seen)
                self.assertEqual(seen.code, 1)

    def test_D4_a_loop_ends(self):
        seen = self.run_sse([{"head": moved(301, "/")}] * 25, "--max-reconnects", "0")
        self.assertEqual(len(seen.of("http.request")), 21, seen)
        self.assertIn("http.redirect", [error["code"] for error in seen.of("error")])

    def test_D5_a_redirect_to_a_500_fails(self):
        self.assertFinal(self.run_sse([{"head": moved(302, "/target")}], target=[{"head": status(500)}]), "http.status", requests=2)

    def test_D6_reconnects_go_straight_to_the_target(self):
        seen = self.run_sse([{"head": moved(302, "/target")}], target=[{"head": STREAM, "body": "id: 7\ndata: x\n\n"}])
        self.assertEqual([request["target"] for request in seen.of("http.request")], ["/", "/target", "/target"], seen)
        self.assertEqual(seen.header_sent("last-event-id"), [None, None, "7"])

    def test_redirects_change_the_method_as_fetch_does(self):
        for code, method in ((301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")):
            with self.subTest(code=code):
                seen = self.run_sse([{"head": moved(code, "/target")}], "-X", "POST", "-d", "b", "--no-reconnect",
                                    target=[{"head": STREAM, "body": "data: x\n\n"}])
                self.assertEqual([request["method"] for request in seen.of("http.request")], ["POST", method], seen)

    def test_credentials_stay_with_their_origin(self):
        seen = self.run_sse([{"head": moved(307, "@OTHER@/target")}], "--bearer", "secret", "--no-reconnect",
                            target=[{"head": STREAM, "body": "data: x\n\n"}])
        self.assertEqual(seen.header_sent("authorization"), ["Bearer secret", None], seen)
        self.assertEqual(len(seen.of("finding")), 1)

    # 4. Reconnection

    def test_N3_to_N6_reconnection_times(self):
        for body, delay, source in (("retry: 40\n\n", 40, "retry"), ("retry:040\n\n", 40, "retry"), ("retry:40\nretry:1000x\n\n", 40, "retry"),
                                    ("retry: 40\nretry:\nretry\n\n", 40, "retry"), ("retry: 40", 20, "user"), ("retry: 40\n", 40, "retry"),
                                    ("retry: -1\n\n", 20, "user"), ("", 20, "user")):
            with self.subTest(body=body):
                seen = self.run_sse([{"head": STREAM, "body": body}])
                wait = seen.one("state", state="waiting")
                self.assertEqual((wait["delay_ms"], wait["delay_source"]), (delay, source), seen)

    def test_N2_the_default_time(self):
        seen = record("--transport", "sse", "--for", "0.5", self.serve([{"head": STREAM, "body": "data: x\n\n"}]))
        wait = seen.one("state", state="waiting")
        self.assertEqual((wait["delay_ms"], wait["delay_source"]), (3000, "default"), seen)

    def test_N7_retry_survives(self):
        answers = [{"head": STREAM, "body": "retry: 40\n\n"}, {"head": STREAM, "body": "data: x\n\n"}]
        waits = self.run_sse(answers).of("state", state="waiting")
        self.assertEqual([(wait["delay_ms"], wait["delay_source"]) for wait in waits], [(40, "retry"), (40, "retry")])

    def test_an_override_beats_the_server(self):
        waits = self.run_sse([{"head": STREAM, "body": "retry: 4000\n\n"}], "--retry-override", "30").of("state", state="waiting")
        self.assertEqual([(wait["delay_ms"], wait["delay_source"]) for wait in waits], [(30, "user")])

    def test_N9_a_failure_on_the_reconnect_is_final(self):
        for head, code in ((status(500), "http.status"), (typed("text/html"), "sse.content-type")):
            with self.subTest(code=code):
                self.assertFinal(self.run_sse([{"head": STREAM, "body": "data: x\n\n"}, {"head": head}]), code, requests=2)

    def test_N10_reconnects_until_204(self):
        seen = self.run_sse([{"head": STREAM, "body": "data: opened\n\n"}, {"head": STREAM, "body": "data: reconnected\n\n"}])
        self.assertEqual(seen.data(), ["opened", "reconnected"])
        self.assertEqual(len(seen.of("http.request")), 3, seen)

    def test_N11_endings_that_are_no_endings(self):
        for head, body, end, verdict in (
                (CHUNKED, "9\r\ndata: x\n\n\r\n", "reset", "reset"),
                (CHUNKED, "9\r\ndata: x\n\n\r\n", "fin", "cut"),
                (STREAM.replace("\r\n\r\n", "\r\nContent-Length: 100\r\n\r\n"), "data: x\n\n", "fin", "cut"),
                (STREAM, "data: x\n\ndata: half", "fin", "cut"),
                (STREAM, "data: x\n\n", "fin", "clean")):
            with self.subTest(body=body, end=end):
                seen = self.run_sse([{"head": head, "body": body, "end": end}])
                self.assertEqual(seen.data(), ["x"], seen)
                self.assertEqual(seen.of("end")[0]["verdict"], verdict, seen)
                self.assertEqual(len(seen.of("http.request")), 2, seen)

    def test_N12_a_malformed_chunk_delivers_nothing(self):
        seen = self.run_sse([{"head": CHUNKED, "body": "9\r\ndata: x\n\n\r\nzz\r\ndata: y\n\n\r\n"}])
        self.assertEqual(seen.data(), ["x"], seen)
        self.assertEqual(len(seen.of("http.request")), 2, seen)

    def test_N13_no_answer_reconnects(self):
        for answer in ({"head": "", "end": "fin"}, {"head": "", "end": "reset"}, {"head": "HTTP/1.1 200 OK\r\nConte", "end": "fin"},
                       {"head": "garbage\r\n\r\n", "end": "fin"}):
            with self.subTest(answer=answer):
                seen = self.run_sse([answer])
                self.assertEqual(len(seen.of("http.request")), 2, seen)
                self.assertEqual(seen.of("end")[0]["verdict"], "never-answered", seen)

    def test_N14_refused_connections_are_retried(self):
        server = Process([NODE, HERE / "peers/scripted-server.mjs"])
        server.process.stdin.write("{}\n")
        server.process.stdin.flush()
        port = server.line()
        server.stop()
        seen = record("--transport", "sse", *QUICK, "--max-reconnects", "2", f"http://127.0.0.1:{port}/")
        self.assertEqual(seen.states(), ["connecting", "waiting:refused", "connecting", "waiting:refused", "connecting", "failed"], seen)
        self.assertEqual(len(seen.errors.splitlines()), 3, seen)
        self.assertEqual(seen.code, 1)

    def test_N17_silence_times_out(self):
        seen = self.run_sse([{"head": STREAM, "body": ": hello\n\n", "end": "keep"}], "--idle-timeout", "0.1")
        self.assertIn("timeout.idle", [error["code"] for error in seen.of("error")], seen)
        self.assertEqual(len(seen.of("http.request")), 2, seen)

    def test_an_answer_that_never_comes_times_out(self):
        seen = self.run_sse([{"head": "", "end": "keep"}], "--first-byte-timeout", "0.1")
        self.assertIn("timeout.first-byte", [error["code"] for error in seen.of("error")], seen)

    # 5. Last-Event-ID

    def test_I1_to_I10_the_id_that_is_sent(self):
        for body, sent in (("id: abc\ndata: x\n\n", "abc"), ("id: abc\ndata: x\n\ndata: y\n\n", "abc"), ("id: abc\ndata: x\n\nid\ndata: y\n\n", None),
                           ("id: abc\ndata: x\n\nid: \ndata: y\n\n", None), ("id: a\0b\ndata: x\n\n", None), ("id: \u2026\ndata: x\n\n", "\u2026"),
                           ("id: abc\ndata: x\n\nid: cut\ndata: y\n", "abc"), ("id: alone\n\n", "alone"), ("id: " + "x" * 255 + "\ndata: y\n\n", "x" * 255),
                           ("id: <\ndata: x\n\n", "<"), ("id:  a b \ndata: x\n\n", "a b")):
            with self.subTest(body=body):
                self.assertEqual(self.run_sse([{"head": STREAM, "body": body}]).header_sent("last-event-id"), [None, sent])

    def test_I6_the_id_lives_on_without_id_fields(self):
        answers = [{"head": STREAM, "body": "id: 1\ndata: x\n\n"}, {"head": STREAM, "body": "data: y\n\n"}]
        seen = self.run_sse(answers)
        self.assertEqual([(event["id"], event["id_set"]) for event in seen.of("sse.event")], [("1", True), ("1", False)], seen)
        self.assertEqual(seen.header_sent("last-event-id"), [None, "1", "1"])

    # The ledger: what came after a resume

    def test_gap_duplicates_and_ignored_ids(self):
        first = {"head": STREAM, "body": "".join(f"id: {i}\ndata: x\n\n" for i in (1, 2, 3))}
        for ids, expected in (((4, 5), {"gap": 0, "duplicates": 0, "ignored": False}), ((7, 8), {"gap": 3, "duplicates": 0, "ignored": False}),
                              ((3, 4), {"gap": 0, "duplicates": 1, "ignored": False}), ((1, 2, 3, 4), {"ignored": True})):
            with self.subTest(ids=ids):
                seen = self.run_sse([first, {"head": STREAM, "body": "".join(f"id: {i}\ndata: x\n\n" for i in ids)}])
                resume = seen.of("resume")[0]
                self.assertEqual(resume["id_kind"], "numeric")
                self.assertEqual(resume | expected, resume, seen)


if __name__ == "__main__":
    unittest.main()
