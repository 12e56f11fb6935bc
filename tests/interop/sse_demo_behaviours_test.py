#!/usr/bin/python3
"""tests/fixtures/sse-http-behaviours.md row by row over the demo server, with what everybody can try there, and whether each row is tested in both
halves: here, and over servers written with node's http (sse_node_behaviours_test.py) or, where exact bytes count, its net
(sse_http_behaviours_test.py)."""

import json
import re
import signal
import subprocess
import tempfile
import unittest
from urllib.parse import quote, urlencode

import sse_http_behaviours_test
import sse_node_behaviours_test
from support import HERE, PUSHSCOPE, PeerTest, Process, environment, record

NOT_FOR_US = {
    "R8": "CORS credentials are a browser's; cookies_test.py and requests across origins show what a native client does",
    "R9": "nothing is sent: it needs no server, and is tested once",
}


def rows_of(*classes):
    """The rows that the names of tests begin with: test_N3_to_N6_..., test_D7_D8_..."""
    rows = set()
    for name in (name for one in classes for name in vars(one) if name.startswith("test_")):
        words = name.split("_")[1:]
        for at, word in enumerate(words):
            if not re.fullmatch(r"[A-Z]\d+", word):
                if word != "to":
                    break
                letter, first, last = words[at - 1][0], int(words[at - 1][1:]), int(words[at + 1][1:])
                rows |= {f"{letter}{number}" for number in range(first, last)}
            else:
                rows.add(word)
    return rows


class DemoBehaviours(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = cls.start_demo()["http"]

    def ask(self, path, *arguments, **parameters):
        query = urlencode(parameters, quote_via=quote)
        return record("--transport", "sse", "--retry", 20, *arguments, f"{self.origin}{path}?{query}")

    def ask_scenario(self, name, *arguments, **parameters):
        return self.ask(f"/scenario/{name}", *arguments, **parameters)

    def requests(self, *arguments, **parameters):
        """The requests as the server saw them, in turn."""
        seen = self.ask_scenario("request", "--retry-override", 5, *arguments, **parameters)
        told = [json.loads(data) for data in seen.data()]
        return [one | {"headers": {name.lower(): value for name, value in one["headers"]}} for one in told]

    def answer(self, *arguments, **parameters):
        return self.ask_scenario("answer", *arguments, **parameters)

    def assertFinal(self, seen, code, requests=1):
        self.assertEqual([error["code"] for error in seen.of("error")], [code], seen)
        self.assertEqual((len(seen.of("http.request")), seen.states()[-1], seen.code), (requests, "failed", 1), seen)

    def test_every_row_is_tested_in_both_halves(self):
        rows = set(re.findall(r"^\| ([A-Z]\d+) \|", (HERE.parent / "fixtures/sse-http-behaviours.md").read_text(), re.MULTILINE))
        self.assertEqual(len(rows), 56)
        self.assertEqual(rows - rows_of(DemoBehaviours) - set(NOT_FOR_US), set())
        node = rows_of(sse_http_behaviours_test.Behaviours, sse_node_behaviours_test.NodeBehaviours)
        self.assertEqual(rows - node - {"R8"}, set())

    # 1. Request

    def test_R1_any_method_is_repeated_with_its_body(self):
        for method in ("POST", "REPORT"):
            with self.subTest(method=method):
                requests = self.requests("-X", method, "-d", '{"a":1}')
                self.assertEqual([(one["method"], one["body"]) for one in requests], [(method, '{"a":1}')] * 3)

    def test_R2_R3_R4_R6_the_fields_of_every_request(self):
        requests = self.requests("-H", "X-Own: 1")
        self.assertEqual([one["method"] for one in requests], ["GET"] * 3)
        self.assertEqual([(one["headers"]["accept"], one["headers"]["cache-control"], one["headers"]["x-own"]) for one in requests],
                         [("text/event-stream", "no-cache", "1")] * 3)
        self.assertEqual([one["headers"].get("last-event-id") for one in requests], [None, "1", "2"])

    def test_R5_an_initial_id_is_sent_and_then_like_any_other(self):
        seen = self.ask_scenario("last-event-id", "--retry-override", 5, "--last-event-id", "mine", form="nul")
        self.assertEqual(seen.header_sent("last-event-id"), ["mine"] * 3, seen)
        self.assertEqual([(event["data"], event["id"]) for event in seen.of("sse.event")],
                         [("an id with NUL", "mine"), ("Last-Event-ID: mine", "mine")], seen)

    def test_R7_codings_are_offered_and_undone(self):
        self.assertEqual([one["headers"].get("accept-encoding") for one in self.requests("--compressed", count=1)], ["gzip, deflate, br, zstd"])
        self.assertEqual([one["headers"].get("accept-encoding") for one in self.requests(count=1)], [None])
        for name, coding in (("gzip", "gzip"), ("deflate", "deflate"), ("brotli", "br"), ("zstd", "zstd")):
            with self.subTest(coding=coding):
                seen = self.ask_scenario(name, "--compressed", "--no-reconnect", coding=coding, interval=1)
                self.assertEqual(seen.data()[0], "made 0 ms after the first", seen)
                self.assertEqual(len(seen.data()), 20)

    # 2. Answer

    def test_A1_open_comes_before_the_first_message(self):
        seen = self.answer("--no-reconnect")
        self.assertEqual(seen.states()[:2], ["connecting", "open"])
        self.assertLess(seen.one("state", state="open")["seq"], seen.one("sse.event")["seq"])

    def test_A2_parameters_of_the_type_are_accepted(self):
        for content_type in ("text/event-stream", "text/event-stream;", "text/event-stream;charset=utf-8", "text/event-stream;foo=bar",
                             "text/event-stream ; x=y", "TEXT/Event-Stream"):
            with self.subTest(content_type=content_type):
                seen = self.answer("--no-reconnect", type=content_type)
                self.assertEqual((seen.data(), seen.of("finding"), seen.of("error")), (["the content of 200"], [], []), seen)

    def test_A3_another_charset_is_utf_8_all_the_same(self):
        seen = self.answer("--no-reconnect", type="text/event-stream;charset=windows-1252")
        self.assertEqual((seen.data(), seen.one("finding")["rule"]), (["the content of 200"], "sse.content-type-charset"), seen)

    def test_A4_other_types_fail(self):
        for content_type in ("x bogus", "text/x-bogus", "text/plain", "text/event-streamx", "application/json", ""):
            with self.subTest(content_type=content_type):
                seen = self.answer(type=content_type)
                self.assertFinal(seen, "sse.content-type")
                self.assertEqual((seen.states(), seen.of("sse.event")), (["connecting", "failed"], []), seen)

    def test_A5_of_two_types_the_last_counts(self):
        self.assertEqual(self.answer("--no-reconnect", earlier="text/html").data(), ["the content of 200"])
        self.assertFinal(self.answer(earlier="text/event-stream", type="text/html"), "sse.content-type")

    def test_A6_A7_A11_other_statuses_are_errors_and_final(self):
        for status in (201, 202, 203, 204, 205, 206, 210, 299, 300, 304, 400, 401, 403, 404, 407, 408, 410, 429, 500, 501, 502, 503, 504):
            with self.subTest(status=status):
                seen = self.answer(status=status)
                self.assertFinal(seen, "http.status")
                self.assertEqual((seen.states(), seen.of("sse.event")), (["connecting", "failed"], []), seen)

    def test_A8_204_asks_once(self):
        self.assertFinal(self.answer("--for", 1, status=204), "http.status")

    def test_A9_an_empty_200_opens_and_reconnects(self):
        seen = self.ask_scenario("empty-200", "--max-reconnects", 1)
        self.assertEqual(seen.states(), ["connecting", "open", "waiting:clean", "connecting", "open", "closed"], seen)
        self.assertEqual([wait["delay_ms"] for wait in seen.of("state", state="waiting")], [20])

    def test_A10_unusual_but_legal_heads(self):
        for line in ("no-reason", "http-1.0"):
            with self.subTest(line=line):
                self.assertEqual(self.answer("--no-reconnect", line=line).data(), ["the content of 200"])
        seen = self.ask_scenario("early-hints", "--no-reconnect", interval=5)
        self.assertEqual(([one["status"] for one in seen.of("http.response")], seen.data()), ([103, 200], ["behind an interim answer"]), seen)

    # 3. Redirects

    def test_D1_D6_each_kind_and_where_it_comes_back_to(self):
        target = "/scenario/resume-after-drop?count=2&drop=1&retry=500"
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status=status):
                seen = self.ask_scenario("redirect", "--retry-override", 5, status=status, to="drops")
                self.assertEqual([one["target"] for one in seen.of("http.request")][1:], [target] * 3, seen)
                self.assertEqual(seen.header_sent("last-event-id"), [None, None, "1", "2"])
                self.assertEqual((seen.data(), seen.one("error")["text"]), (["event 1", "event 2"], "the server asked to stop (204 No Content)"), seen)

    def test_D2_these_are_no_redirects(self):
        for status in (300, 304, 305):
            with self.subTest(status=status):
                self.assertFinal(self.ask_scenario("redirect", status=status), "http.status")

    def test_D3_nowhere_to_go(self):
        for status in (301, 307):
            for where in ("nowhere", "empty"):
                with self.subTest(status=status, to=where):
                    self.assertFinal(self.ask_scenario("redirect", status=status, to=where), "http.redirect")

    def test_D4_a_loop_ends(self):
        seen = self.ask_scenario("redirect-loop", "--max-reconnects", 1)
        self.assertEqual((len(seen.of("http.request")), [error["code"] for error in seen.of("error")]), (42, ["http.redirect"] * 2), seen)

    def test_D5_a_redirect_to_an_error_fails(self):
        self.assertFinal(self.ask_scenario("redirect", to="error"), "http.status", requests=2)

    def test_D7_D8_messages_come_from_where_it_led(self):
        seen = self.ask_scenario("redirect", "--count", 2, "-u", "me:secret", status=307, to="origin")
        here, there = seen.of("http.request")
        self.assertEqual([dict(one["headers"])["Host"].split(":")[0] for one in (here, there)], ["127.0.0.1", "localhost"])
        self.assertEqual({event["connection"] for event in seen.of("sse.event")}, {there["connection"]}, seen)
        self.assertEqual(seen.header_sent("authorization")[1], None)
        self.assertEqual([finding["rule"] for finding in seen.of("finding")], ["session.credentials-dropped"])

    # 4. Reconnection

    def test_N1_a_clean_end_reconnects(self):
        seen = self.ask_scenario("status-204", interval=5, retry=20)
        self.assertEqual(seen.states(), ["connecting", "open", "waiting:clean", "connecting", "failed"], seen)

    def test_N2_the_default_time(self):
        seen = record("--for", 0.4, f"{self.origin}/scenario/empty-200")
        wait = seen.one("state", state="waiting")
        self.assertEqual((wait["delay_ms"], wait["delay_source"]), (3000, "default"), seen)

    def test_N3_to_N8_which_retry_counts(self):
        for form, wait in (("plain", (40, "retry")), ("padded", (40, "retry")), ("bogus-behind", (40, "retry")), ("empty-behind", (40, "retry")),
                           ("unfinished-block", (40, "retry")), ("unfinished-line", (20, "user")), ("negative", (20, "user")), ("huge", (20, "user"))):
            with self.subTest(form=form):
                seen = self.ask_scenario("reconnection-time", form=form, retry=40)
                self.assertEqual(seen.data(), ["back, and with nothing to say about the time"], seen)
                self.assertEqual([(one["delay_ms"], one["delay_source"]) for one in seen.of("state", state="waiting")], [wait, wait], seen)

    def test_N5_a_retry_alone_is_quick(self):
        seen = self.ask_scenario("reconnection-time", retry=2)
        opened = [state["t"] for state in seen.of("state", state="open")]
        self.assertEqual((len(opened), seen.one("sse.retry")["ms"], seen.data()), (2, 2, ["back, and with nothing to say about the time"]), seen)

    def test_N9_a_failure_on_the_reconnect_is_final(self):
        for kind, code in (("status", "http.status"), ("type", "sse.content-type")):
            with self.subTest(kind=kind):
                seen = self.ask_scenario("fails-later", "--retry-override", 5, **{"with": kind})
                self.assertEqual((seen.states(), seen.data()), (["connecting", "open", "waiting:clean", "connecting", "failed"], ["it opened"]), seen)
                self.assertFinal(seen, code, requests=2)

    def test_N10_reconnects_until_204(self):
        seen = self.ask_scenario("resume-after-drop", count=2, drop=1, interval=5, retry=20)
        self.assertEqual(seen.states(), ["connecting", "open", "waiting:cut", "connecting", "open", "waiting:clean", "connecting", "failed"], seen)
        self.assertEqual(seen.data(), ["event 1", "event 2"])

    def test_N11_a_cut_keeps_what_was_whole(self):
        for name, verdict, parameters in (("reset", "reset", {"interval": 50}), ("cut-mid-event", "cut", {}), ("short-content", "cut", {})):
            with self.subTest(name=name):
                seen = self.ask_scenario(name, "--retry-override", 5, "--max-reconnects", 1, **parameters)
                self.assertEqual((seen.of("end")[0]["verdict"], seen.header_sent("last-event-id")), (verdict, [None, "1"]), seen)
                self.assertEqual([event["id"] for event in seen.of("sse.event")], ["1"] if name == "short-content" else ["1", "2"], seen)

    def test_N12_a_malformed_chunk_delivers_nothing(self):
        seen = self.ask_scenario("bad-chunk", "--retry-override", 5)
        self.assertEqual((seen.data(), seen.header_sent("last-event-id")), (["in a good chunk"], [None, "1"]), seen)
        self.assertEqual(seen.states()[2].split(":")[0], "waiting", seen)

    def test_N13_no_answer_reconnects(self):
        for ending in ("fin", "reset", "garbage", "half-a-head"):
            with self.subTest(ending=ending):
                seen = self.ask_scenario("never-answered", "--max-reconnects", 1, interval=5, **{"with": ending})
                self.assertEqual(len(seen.of("http.request")), 2, seen)
                self.assertEqual({end["verdict"] for end in seen.of("end")}, {"never-answered"}, seen)

    def test_N14_refused_connections_are_retried(self):
        with tempfile.TemporaryDirectory() as home:
            demo = Process([PUSHSCOPE, "demo", "--port", 0, "--tls-port", 0], env=environment() | {"XDG_DATA_HOME": home})
            origin = json.loads(demo.line())["http"]
            demo.stop()
        seen = record("--retry", 20, "--max-reconnects", 2, f"{origin}/events")
        self.assertEqual(seen.states(), ["connecting", "waiting:refused", "connecting", "waiting:refused", "connecting", "failed"], seen)
        self.assertEqual((len(seen.errors.splitlines()), seen.code), (3, 1), seen)

    def test_N15_closed_means_no_more_events_and_requests(self):
        recording = subprocess.Popen([str(PUSHSCOPE), "record", "--layers", "messages,connection", f"{self.origin}/events?interval=20"],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment())
        lines = []
        while not lines or lines[-1]["kind"] != "sse.event":
            lines.append(json.loads(recording.stdout.readline()))
        recording.send_signal(signal.SIGINT)
        lines += [json.loads(line) for line in recording.stdout]
        recording.stdout.close()
        self.assertEqual(recording.wait(), 130)
        kinds = [line["kind"] for line in lines]
        self.assertEqual((kinds.count("http.request"), kinds[-2:]), (1, ["end", "state"]), lines)
        self.assertEqual((lines[-2]["verdict"], lines[-1]["state"]), ("by-us", "closed"))

    def test_N16_given_up_while_the_answer_is_pending(self):
        seen = self.ask_scenario("never-answered", "--for", 0.3, interval=20000)
        self.assertEqual((len(seen.of("http.request")), seen.of("sse.event"), seen.states()), (1, [], ["connecting", "closed"]), seen)

    def test_N17_silence_times_out_and_comments_put_it_off(self):
        seen = self.ask_scenario("silent", "--idle-timeout", 0.1, "--max-reconnects", 1)
        self.assertEqual([error["code"] for error in seen.of("error")], ["timeout.idle"] * 2, seen)
        seen = self.ask_scenario("heartbeat-only", "--idle-timeout", 0.6, "--for", 1.5, interval=50)
        self.assertEqual((len(seen.of("http.request")), seen.of("error")), (1, []), seen)

    def test_N18_a_drop_of_ones_own_comes_back_with_all_it_had(self):
        seen = self.ask("/events", "--retry-override", 5, "--drop-after", 2, "-H", "X-Own: 1", interval=5, count=3, seed=81)
        self.assertEqual(len({one["target"] for one in seen.of("http.request")}), 1)
        self.assertEqual((seen.header_sent("x-own"), seen.header_sent("last-event-id")), (["1"] * 3, [None, "2", "3"]), seen)

    # 5. Last-Event-ID

    def test_I1_to_I10_the_id_that_is_sent(self):
        for form, ids, sent in (("plain", ["abc"], "abc"), ("earlier", ["abc", "abc"], "abc"), ("emptied", ["abc", ""], None), ("bare", ["abc", ""], None),
                                ("nul", [""], None), ("non-ascii", ["\u2026"], "\u2026"), ("cut", [""], None), ("no-data", [], "abc"),
                                ("long", ["x" * 255], "x" * 255), ("less-than", ["<"], "<"), ("spaces", [" a b "], "a b")):
            with self.subTest(form=form):
                seen = self.ask_scenario("last-event-id", "--retry-override", 5, form=form)
                *first, second = seen.of("sse.event")
                self.assertEqual([event["id"] for event in first], ids, seen)
                self.assertEqual(second["data"], f"Last-Event-ID: {sent}" if sent else "no Last-Event-ID", seen)
                # I6: the id lives on over a connection that sets none.
                self.assertEqual((second["id"], second["id_set"]), (ids[-1] if ids else sent, False), seen)


if __name__ == "__main__":
    unittest.main()
