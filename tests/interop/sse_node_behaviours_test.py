#!/usr/bin/python3
"""More of tests/fixtures/sse-http-behaviours.md and of what public contract tests for SSE clients ask, over a server written with node's http: what
the server saw of each request counts, and what the recording says. The rows of sse_http_behaviours_test.py need exact bytes instead."""

import base64
import gzip
import json
import signal
import subprocess
import unittest

from support import HERE, NODE, PATIENCE, PUSHSCOPE, PeerTest, Process, environment, record

TYPE = [["Content-Type", "text/event-stream"]]


def stream(*pieces, **more):
    return {"pieces": pieces} | more


def moved(status, location):
    return {"status": status, "headers": [["Location", location]] if location is not None else []}


def typed(*types):
    return stream("data: x\n\n", headers=[["Content-Type", one] for one in types])


class NodeBehaviours(PeerTest):
    def serve(self, answers, **others):
        server = Process([NODE, HERE / "peers/scripted-http-server.mjs"])
        self.addCleanup(server.stop)
        self.server = server
        self.say(json.dumps({"/": answers} | {f"/{name}": value for name, value in others.items()}))
        return f"http://127.0.0.1:{server.line()}/"

    def say(self, line):
        self.server.process.stdin.write(line + "\n")
        self.server.process.stdin.flush()

    def requests(self):
        self.say("")
        return json.loads(self.server.line())

    def run_sse(self, answers, *arguments, **others):
        seen = record("--transport", "sse", "--retry", 20, *arguments, self.serve(answers, **others))
        return seen, self.requests()

    def assertFinal(self, answers, code, requests=1, **others):
        seen, asked = self.run_sse(answers, **others)
        self.assertEqual(([error["code"] for error in seen.of("error")], len(asked)), ([code], requests), seen)
        self.assertEqual((seen.states()[-1], seen.code), ("failed", 1), seen)
        return seen

    # The request

    def test_R2_R3_R4_R6_the_same_on_every_request(self):
        _, requests = self.run_sse([stream("data: x\n\n"), stream("data: y\n\n")], "-H", "X-One: 1", "-H", "X-Two: 2")
        self.assertEqual(len(requests), 3)
        for request in requests:
            headers = request["headers"]
            self.assertEqual((headers["accept"], headers["cache-control"]), ("text/event-stream", "no-cache"))
            self.assertEqual((headers["x-one"], headers["x-two"]), ("1", "2"))
            self.assertNotIn("last-event-id", headers)

    def test_R1_any_method_is_repeated_with_its_body(self):
        for method in ("POST", "REPORT", "PUT"):
            with self.subTest(method=method):
                _, requests = self.run_sse([stream("id: 1\ndata: x\n\n", end="cut"), stream("data: y\n\n")], "-X", method, "-d", '{"a":1}',
                                           "-H", "Content-Type: application/json; charset=utf-8")
                self.assertEqual([(one["method"], one["body"], one["headers"]["content-type"]) for one in requests],
                                 [(method, '{"a":1}', "application/json; charset=utf-8")] * 3)
                self.assertEqual([one["headers"].get("last-event-id") for one in requests], [None, "1", "1"])

    def test_R5_an_initial_id_is_sent_and_then_like_any_other(self):
        seen, requests = self.run_sse([stream("data: x\n\n")], "--last-event-id", "abc")
        self.assertEqual([one["headers"].get("last-event-id") for one in requests], ["abc", "abc"])
        self.assertEqual((seen.one("sse.event")["id"], seen.one("sse.event")["id_set"]), ("abc", False), seen)

    def test_R7_a_coding_is_offered_and_undone(self):
        coded = base64.b64encode(gzip.compress(b"id: 1\ndata: x\n\n")).decode()
        answer = stream(coded, encoding="base64", headers=TYPE + [["Content-Encoding", "gzip"]])
        seen, requests = self.run_sse([answer], "--compressed")
        self.assertEqual([one["headers"]["accept-encoding"] for one in requests], ["gzip, deflate, br, zstd"] * 2)
        self.assertEqual((seen.data(), requests[1]["headers"]["last-event-id"]), (["x"], "1"), seen)

    # The answer

    def test_A2_A3_accepted_types(self):
        for content_type, findings in (("text/event-stream;", []), ("text/event-stream;charset=utf-8", []), ("text/event-stream;foo=bar", []),
                                       ("text/event-stream ; x=y", []), ("TEXT/Event-Stream", []),
                                       ("text/event-stream;charset=windows-1252", ["sse.content-type-charset"])):
            with self.subTest(content_type=content_type):
                seen, _ = self.run_sse([typed(content_type)], "--no-reconnect")
                self.assertEqual((seen.data(), [finding["rule"] for finding in seen.of("finding")]), (["x"], findings), seen)

    def test_A4_refused_types(self):
        for types in (["x bogus"], ["text/x-bogus"], ["text/plain"], ["text/event-streamx"], ["application/json"], [""], []):
            with self.subTest(types=types):
                seen = self.assertFinal([typed(*types)], "sse.content-type")
                self.assertEqual((seen.of("sse.event"), seen.states()), ([], ["connecting", "failed"]), seen)

    def test_A8_204_asks_once(self):
        self.assertFinal([], "http.status")

    def test_A9_an_empty_200_opens_and_reconnects(self):
        seen, requests = self.run_sse([stream()])
        self.assertEqual((seen.states(), len(requests)), (["connecting", "open", "waiting:clean", "connecting", "failed"], 2), seen)

    def test_A10_an_interim_answer_before_it(self):
        seen, _ = self.run_sse([stream("data: x\n\n", hints=True)], "--no-reconnect")
        self.assertEqual(([one["status"] for one in seen.of("http.response")], seen.data()), ([103, 200], ["x"]), seen)

    def test_A1_open_comes_before_the_first_message(self):
        seen, _ = self.run_sse([stream("data: x\n\n")], "--no-reconnect")
        self.assertLess(seen.one("state", state="open")["seq"], seen.one("sse.event")["seq"])

    def test_A5_of_two_types_the_last_counts(self):
        for types, opens in ((["text/html", "text/event-stream"], True), (["text/event-stream", "text/html"], False)):
            with self.subTest(types=types):
                seen, _ = self.run_sse([stream("data: x\n\n", headers=[["Content-Type", one] for one in types])], "--no-reconnect")
                self.assertEqual(seen.data(), ["x"] if opens else [], seen)

    def test_A6_A7_A11_other_statuses_are_errors_and_final(self):
        for status in (201, 202, 205, 206, 210, 226, 299, 400, 401, 403, 404, 410, 429, 500, 503, 599):
            with self.subTest(status=status):
                seen, requests = self.run_sse([stream("data: x\n\n", status=status, headers=TYPE)])
                self.assertEqual(len(requests), 1, seen)
                self.assertEqual((seen.of("sse.event"), seen.one("error")["code"], seen.states()), ([], "http.status", ["connecting", "failed"]), seen)

    # Redirects

    def test_D1_D6_each_kind_and_where_it_comes_back_to(self):
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status=status):
                seen, requests = self.run_sse([moved(status, "/target")], target=[stream("id: 7\ndata: x\n\n"), stream("data: y\n\n")])
                self.assertEqual([one["path"] for one in requests], ["/", "/target", "/target", "/target"], seen)
                self.assertEqual([one["headers"].get("last-event-id") for one in requests], [None, None, "7", "7"])
                self.assertEqual(seen.data(), ["x", "y"])

    def test_D2_D3_no_redirect(self):
        for status, location, code in ((300, "/target", "http.status"), (304, "/target", "http.status"), (305, "/target", "http.status"),
                                       (301, None, "http.redirect"), (307, "", "http.redirect"), (301, "", "http.redirect"), (307, None, "http.redirect")):
            with self.subTest(status=status, location=location):
                self.assertFinal([moved(status, location)], code, target=[stream("data: x\n\n")])

    def test_D4_a_loop_ends_within_the_attempt(self):
        seen, requests = self.run_sse([moved(302, "/")] * 50, "--max-reconnects", 1)
        self.assertEqual((len(requests), [error["code"] for error in seen.of("error")]), (42, ["http.redirect"] * 2), seen)
        self.assertEqual(seen.states().count("waiting:redirect"), 1, seen)

    def test_D5_a_redirect_to_an_error_fails(self):
        self.assertFinal([moved(302, "/target")], "http.status", requests=2, target=[stream("data: x\n\n", status=500)])

    def test_redirects_and_the_body(self):
        for status, method, body in ((301, "GET", ""), (302, "GET", ""), (303, "GET", ""), (307, "POST", "b=1"), (308, "POST", "b=1")):
            with self.subTest(status=status):
                _, requests = self.run_sse([moved(status, "/target")], "-X", "POST", "-d", "b=1", "-H", "Content-Type: text/x-own", "--no-reconnect",
                                           target=[stream("data: x\n\n")])
                target = requests[1]
                self.assertEqual((target["method"], target["body"]), (method, body))
                self.assertEqual(target["headers"].get("content-type"), "text/x-own" if body else None)  # Fetch 4.4: body headers go with it

    def test_D7_D8_another_origin_gets_no_credentials(self):
        seen, requests = self.run_sse([moved(307, "@OTHER@/target")], "-u", "me:secret", "-H", "X-Own: kept", "--no-reconnect",
                                      target=[stream("data: x\n\n")])
        own, other = requests
        self.assertTrue(other["host"].startswith("localhost:"))
        self.assertIn("authorization", own["headers"])
        self.assertNotIn("authorization", other["headers"])
        self.assertEqual(other["headers"]["x-own"], "kept")
        self.assertEqual(seen.data(), ["x"], seen)  # no CORS for a native client
        self.assertEqual([finding["rule"] for finding in seen.of("finding")], ["session.credentials-dropped"], seen)

    def test_cookies_of_ones_own_stay_with_their_origin(self):
        _, requests = self.run_sse([moved(307, "@OTHER@/target")], "--cookie", "a=b", "--no-reconnect", target=[stream("data: x\n\n")])
        self.assertEqual([one["headers"].get("cookie") for one in requests], ["a=b", None])

    # Reconnection

    def test_N1_N2_a_clean_end_waits_for_the_default_time(self):
        seen = record("--for", 0.4, self.serve([stream("data: x\n\n")]))
        wait = seen.one("state", state="waiting")
        self.assertEqual((wait["cause"], wait["delay_ms"], wait["delay_source"]), ("clean", 3000, "default"), seen)

    def test_N3_to_N7_which_retry_counts_and_how_long(self):
        for text, wait in (("retry: 40\n\n", (40, "retry")), ("retry:040\n\n", (40, "retry")), ("retry:40\n\nretry:1000x\n\n", (40, "retry")),
                           ("retry: 40\n\nretry:\n\nretry\n\n", (40, "retry")), ("retry: 40", (20, "user"))):
            with self.subTest(text=text):
                seen, requests = self.run_sse([stream(text), stream("data: data\n\n")])
                self.assertEqual([(one["delay_ms"], one["delay_source"]) for one in seen.of("state", state="waiting")], [wait, wait], seen)
                self.assertEqual((seen.data(), len(requests)), (["data"], 3))

    def test_N9_a_failure_on_the_reconnect_is_final(self):
        for answer, code in ((stream("data: y\n\n", status=500), "http.status"), (typed("text/html"), "sse.content-type")):
            with self.subTest(code=code):
                seen = self.assertFinal([stream("data: x\n\n"), answer], code, requests=2)
                self.assertEqual((seen.data(), seen.states()), (["x"], ["connecting", "open", "waiting:clean", "connecting", "failed"]), seen)

    def test_N10_reconnects_until_204(self):
        seen = self.assertFinal([stream("data: opened\n\n"), stream("data: reconnected\n\n")], "http.status", requests=3)
        self.assertEqual(seen.states(), ["connecting", "open", "waiting:clean"] * 2 + ["connecting", "failed"], seen)
        self.assertEqual(seen.data(), ["opened", "reconnected"])

    def test_N13_no_answer_reconnects(self):
        seen, requests = self.run_sse([{"end": "nothing"}, stream("data: x\n\n")])
        self.assertEqual((len(requests), seen.of("end")[0]["verdict"], seen.data()), (3, "never-answered", ["x"]), seen)

    def test_N14_refused_connections_are_retried(self):
        url = self.serve([])
        self.server.process.stdin.close()  # it ends with its input
        self.server.process.wait(timeout=PATIENCE)
        seen = record("--retry", 20, "--max-reconnects", 1, url)
        self.assertEqual((seen.states(), seen.code), (["connecting", "waiting:refused", "connecting", "failed"], 1), seen)

    def test_N8_a_retry_counts_with_its_line(self):
        seen, _ = self.run_sse([stream("data: half a block\nretry: 33\n")])
        self.assertEqual(seen.one("state", state="waiting")["delay_ms"], 33, seen)
        self.assertEqual(seen.of("sse.event"), [])

    def test_N11_a_cut_keeps_what_was_whole(self):
        seen, requests = self.run_sse([stream("id: 1\ndata: x\n\n", "id: 2\ndata: half", end="cut")])
        self.assertEqual((seen.data(), seen.one("sse.incomplete")["data"]), (["x"], "id: 2\ndata: half"), seen)
        self.assertEqual([one["headers"].get("last-event-id") for one in requests], [None, "1"])

    def test_a_second_drop_before_any_new_id(self):
        _, requests = self.run_sse([stream("id: 5\ndata: x\n\n", end="cut"), stream(": nothing\n\n", end="cut"), stream("data: y\n\n"), stream()])
        self.assertEqual([one["headers"].get("last-event-id") for one in requests], [None, "5", "5", "5", "5"])

    def test_an_id_lives_across_blocks_and_connections(self):
        seen, _ = self.run_sse([stream("id: 5\n\n", "data: x\n\n"), stream("data: y\n\n", "id\ndata: z\n\n"), stream("data: last\n\n")])
        self.assertEqual([(event["data"], event["id"], event["id_set"]) for event in seen.of("sse.event")],
                         [("x", "5", False), ("y", "5", False), ("z", "", True), ("last", "", False)], seen)

    def test_N15_closed_means_no_more_requests(self):
        url = self.serve([stream("data: x\n\n", end="keep")])
        recording = subprocess.Popen([str(PUSHSCOPE), "record", "--retry", "20", "--layers", "messages", url], stdout=subprocess.PIPE,
                                     stderr=subprocess.DEVNULL, text=True, env=environment())
        self.assertEqual(json.loads(recording.stdout.readline())["data"], "x")
        recording.send_signal(signal.SIGINT)
        self.assertEqual((recording.stdout.read(), recording.wait()), ("", 130))
        recording.stdout.close()
        self.assertEqual(len(self.requests()), 1)

    def test_N16_given_up_while_the_answer_is_pending(self):
        server = Process([NODE, "-e", "const n = require('net').createServer((s) => s.on('error', () => {}));"
                                      "n.listen(0, '127.0.0.1', () => console.log(n.address().port))"])
        self.addCleanup(server.stop)
        seen = record("--transport", "sse", "--for", 0.3, f"http://127.0.0.1:{server.line()}/")
        self.assertEqual((len(seen.of("http.request")), seen.of("sse.event"), "open" in seen.states()), (1, [], False), seen)

    def test_N17_any_byte_puts_the_idle_time_out_off(self):
        # 8 comments, each well within the time-out, are longer than it all together.
        seen, requests = self.run_sse([stream(*[":\n"] * 8, every=60)], "--idle-timeout", 0.4)
        self.assertEqual((len(requests), seen.of("error", code="timeout.idle")), (2, []), seen)

    def test_N18_a_drop_of_ones_own_comes_back_with_all_it_had(self):
        seen, requests = self.run_sse([stream("id: 1\ndata: x\n\n", "id: 2\ndata: y\n\n", end="keep"), stream("data: z\n\n")], "--drop-after", 2,
                                      "-H", "X-Own: 1")
        self.assertEqual([(one["path"], one["headers"]["x-own"], one["headers"].get("last-event-id")) for one in requests],
                         [("/", "1", None), ("/", "1", "2"), ("/", "1", "2")], seen)

    def test_I1_to_I10_the_id_that_is_sent(self):
        for text, ids, sent in (("id: abc\ndata: x\n\n", ["abc"], "abc"), ("id: abc\ndata: x\n\ndata: y\n\n", ["abc", "abc"], "abc"),
                                ("id: abc\ndata: x\n\nid\ndata: y\n\n", ["abc", ""], None), ("id: abc\ndata: x\n\nid: \ndata: y\n\n", ["abc", ""], None),
                                ("id: abc\ndata: x\n\nid:\ndata: y\n\n", ["abc", ""], None), ("id: a\0b\ndata: x\n\n", [""], None),
                                ("id: \u2026\ndata: x\n\n", ["\u2026"], "\u2026"), ("id: abc\ndata: x\n\nid: cut\ndata: y\n", ["abc"], "abc"),
                                ("id: alone\n\n", [], "alone"), (f"id: {'x' * 255}\ndata: x\n\n", ["x" * 255], "x" * 255),
                                ("id: <\ndata: x\n\n", ["<"], "<"), ("id:  a b \ndata: x\n\n", [" a b "], "a b")):
            with self.subTest(text=text):
                seen, requests = self.run_sse([stream(text), stream("data: later\n\n")])
                first, later = seen.of("sse.event")[:-1], seen.of("sse.event")[-1]
                self.assertEqual(([event["id"] for event in first], later["id"]), (ids, ids[-1] if ids else sent), seen)
                # node gives a field's bytes as Latin-1.
                self.assertEqual([value and value.encode("latin-1").decode() for value in (one["headers"].get("last-event-id") for one in requests)],
                                 [None, sent, sent], seen)

    # What is said

    def test_payloads_of_every_size(self):
        sizes = [1, 127, 1023, 1024, 1025, 4095, 4096, 4097, 8191, 8192, 8193, 16384, 65535, 65536, 65537, 262144, 1048576]
        seen, _ = self.run_sse([stream(*[f"data: {'x' * size}\n\n" for size in sizes])], "--no-reconnect", "--layers", "messages")
        self.assertEqual([len(data) for data in seen.data()], sizes)

    def test_many_in_one_piece_and_one_in_many(self):
        seen, _ = self.run_sse([stream("".join(f"data: message {n}\n\n" for n in range(300)), *"data: letters one by one\n\n")], "--no-reconnect")
        self.assertEqual(seen.data(), [f"message {n}" for n in range(300)] + ["letters one by one"])

    def test_fields_in_any_order_and_with_any_space(self):
        seen, _ = self.run_sse([stream("data: a\nid: 1\nevent: t\n\n", "event:t\ndata:b\nid:2\n\n", "event:  t\ndata:  c\n\n", "data\n\n", "data\ndata\n\n",
                                       "event: t\ncolor: blue\n: comment\ndata: d\n\n", "event: t\n\ndata: e\n\n")], "--no-reconnect")
        self.assertEqual([(event["type"], event["data"], event["id"]) for event in seen.of("sse.event")],
                         [("t", "a", "1"), ("t", "b", "2"), (" t", " c", "2"), ("message", "", "2"), ("message", "\n", "2"), ("t", "d", "2"),
                          ("message", "e", "2")], seen)

    def test_every_cut_of_every_line_ending(self):
        text = "id: 1\r\ndata: a\r\n\r\ndata: b\r\rdata: c\n\ndata: d\r\n\n"
        answers = [stream(text[:cut], text[cut:]) for cut in range(1, len(text))]
        seen = record("--transport", "sse", "--no-reconnect", "--layers", "messages", "--streams", len(answers), self.serve(answers))
        self.assertEqual(seen.data().count("a"), len(answers), seen.errors)
        for session in {event["session"] for event in seen.of("sse.event")}:
            self.assertEqual([event["data"] for event in seen.of("sse.event", session=session)], list("abcd"))


if __name__ == "__main__":
    unittest.main()
