#!/usr/bin/python3
"""record against event streams over HTTP/2 by servers that nobody here wrote: node's http2, hypercorn, and nginx, nghttpx, haproxy, apache
and lighttpd before node's http; over TLS by ALPN and in clear by prior knowledge."""

import contextlib
import json
import socket
import ssl
import threading
import unittest

from http2_peers import Http2PeerTest
from support import HERE, PYTHON, record

END_STREAM = 1


class Http2Test(Http2PeerTest):
    def ask(self, url, *arguments, **options):
        return record("--http", 2, "--cacert", self.ca, *arguments, url, **options)

    def assertSpokeHttp2(self, seen):
        """Every exchange was HTTP/2, and the connection began with both sides' SETTINGS."""
        self.assertEqual({line["version"] for line in seen.of("http.request") + seen.of("http.response")}, {"2"}, seen)
        for connection in {line["connection"] for line in seen.of("http.request")}:
            for direction in ("in", "out"):
                first = seen.of("h2.settings", connection=connection, dir=direction)[0]
                self.assertEqual(first["stream"], 0, seen)

    def assertCarried(self, seen):
        """Each event came in DATA frames of its own stream."""
        lines = {line["seq"]: line for line in seen.lines}
        for event in seen.of("sse.event"):
            for carrier in event["carried_by"]:
                self.assertEqual((lines[carrier]["kind"], lines[carrier]["stream"]), ("h2.data", event["stream"]), seen)


class FeedTests:
    """What record must see of any of them; the class beside it starts the server."""

    clear_answers_http1 = True
    cut_is_seen = True  # whether a backend that was reset shows as RST_STREAM

    def test_reads_a_whole_feed(self):
        for scheme, origin in self.origins.items():
            with self.subTest(scheme=scheme):
                seen = self.ask(f"{origin}/feed?count=5", "--no-reconnect")
                self.assertEqual([event["id"] for event in seen.of("sse.event")], list("12345"), seen)
                self.assertEqual({event["type"] for event in seen.of("sse.event")}, {"tick"})
                self.assertEqual(len(seen.of("sse.comment", text=" heartbeat")), 5)
                self.assertEqual((seen.one("end", stream=1)["verdict"], seen.code), ("clean", 0), seen)
                self.assertSpokeHttp2(seen)
                self.assertCarried(seen)

    def test_names_of_the_request_are_http2s(self):
        seen = self.ask(f"{self.origins['https']}/feed?count=1", "--no-reconnect", "-H", "X-Own: 1")
        fields = [tuple(field) for field in seen.one("http.request")["headers"]]
        pseudo = dict(fields[:4])
        self.assertEqual({name: pseudo.get(name) for name in (":method", ":scheme", ":path")},
                         {":method": "GET", ":scheme": "https", ":path": "/feed?count=1"}, seen)
        self.assertEqual(f"https://{pseudo[':authority']}", self.origins["https"])
        self.assertIn(("x-own", "1"), fields)
        self.assertTrue(all(name == name.lower() and name not in ("host", "connection") for name, _ in fields), seen)

    def test_auto_takes_what_alpn_chose_and_http1_in_clear(self):
        seen = record("--cacert", self.ca, "--no-reconnect", f"{self.origins['https']}/feed?count=2")
        self.assertEqual((seen.one("tls")["alpn"], len(seen.of("sse.event")), seen.code), ("h2", 2, 0), seen)
        self.assertSpokeHttp2(seen)
        seen = record("--no-reconnect", f"{self.origins['http']}/feed?count=2")
        if self.clear_answers_http1:
            self.assertEqual((seen.one("http.response")["version"], len(seen.of("sse.event")), seen.code), ("1.1", 2, 0), seen)
        else:
            self.assertEqual((seen.code, len(seen.of("error"))), (1, 1), seen)

    def test_resumes_after_resets_until_204(self):
        seen = self.ask(f"{self.origins['https']}/feed?count=10&cut=4&by=reset")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], [str(id) for id in range(1, 11)], seen)
        self.assertEqual(seen.header_sent("last-event-id"), [None, "4", "8", "10"])
        self.assertEqual([(wait["delay_ms"], wait["delay_source"]) for wait in seen.of("state", state="waiting")], [(30, "retry")] * 3, seen)
        verdicts = [line["verdict"] for line in seen.of("end") if line["stream"]][:3]
        self.assertEqual(verdicts, ["reset", "reset", "clean"] if self.cut_is_seen else ["clean"] * 3, seen)
        self.assertTrue(all(not resume["ignored"] and resume["gap"] == 0 and resume["duplicates"] == 0 for resume in seen.of("resume")), seen)

    def test_streams_share_a_connection(self):
        seen = self.ask(f"{self.origins['https']}/feed?count=3", "--no-reconnect", "--streams", 5)
        self.assertEqual((len(seen.of("session")), len(seen.of("tcp")), len(seen.of("tls"))), (5, 1, 1), seen)
        self.assertEqual(sorted(line["stream"] for line in seen.of("http.request")), [1, 3, 5, 7, 9], seen)
        for session in {line["session"] for line in seen.of("session")}:
            self.assertEqual([event["id"] for event in seen.of("sse.event", session=session)], list("123"), seen)
            self.assertEqual(len({event["stream"] for event in seen.of("sse.event", session=session)}), 1)
        self.assertCarried(seen)
        self.assertEqual(seen.code, 0, seen)

    def test_a_connection_of_its_own(self):
        seen = self.ask(f"{self.origins['http']}/feed?count=1", "--no-reconnect", "--streams", 2, "--own-connection")
        self.assertEqual((len(seen.of("tcp")), len({line["connection"] for line in seen.of("sse.event")}), seen.code), (2, 2, 0), seen)


class Hypercorn(FeedTests, Http2Test):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_hypercorn()

    test_resumes_after_resets_until_204 = None  # an ASGI application can't reset a stream


class ProxyTest(Http2Test):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = cls.start_node("sse-server.mjs")


class Nginx(FeedTests, ProxyTest):
    clear_answers_http1 = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_nginx_http2(cls.backend)


class Nghttpx(FeedTests, ProxyTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_nghttpx(cls.backend)


class Haproxy(FeedTests, ProxyTest):
    clear_answers_http1 = False
    cut_is_seen = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = {scheme: origin for scheme, origin in cls.start_haproxy(cls.backend).items() if scheme != "http1"}


class Apache(FeedTests, ProxyTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_apache(cls.backend)


class Lighttpd(FeedTests, ProxyTest):
    """It allows eight streams at a time on a connection."""

    cut_is_seen = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_lighttpd(cls.backend)

    def test_twelve_streams_need_two_connections(self):
        seen = self.ask(f"{self.origins['https']}/live", "--streams", 12, "--for", 1.5, "--when-full", "connect")
        self.assertEqual(self.most_at_once(seen), [4, 8], seen)
        self.assertEqual(len({line["session"] for line in seen.of("sse.event")}), 12, seen)
        self.assertEqual((len(seen.of("tcp")), seen.of("error"), seen.code), (2, [], 0), seen)
        moved = [line for line in seen.of("state") if line["reason"] == "connection 1 has as many streams as the peer allows (8): another connection"]
        self.assertEqual({line["connection"] for line in moved}, {2}, seen)

    def test_or_wait_for_each_other(self):
        seen = self.ask(f"{self.origins['https']}/feed?count=3", "--streams", 12, "--no-reconnect", "--when-full", "queue")
        self.assertEqual(len(seen.of("sse.event")), 36, seen)
        self.assertEqual((len(seen.of("tcp")), seen.of("error"), seen.code), (1, [], 0), seen)
        self.assertLessEqual(self.most_at_once(seen)[0], 8, seen)

    @staticmethod
    def most_at_once(seen):
        """The largest number of open streams of each connection."""
        most, now = {}, {}
        for line in seen.lines:
            connection = line["connection"]
            if line["kind"] == "http.request":
                now[connection] = now.get(connection, 0) + 1
                most[connection] = max(most.get(connection, 0), now[connection])
            elif line["kind"] in ("h2.data", "h2.headers") and line["dir"] == "in" and line["flags"] & END_STREAM:
                now[connection] -= 1
        return sorted(most.values())


class NodeHttp2(FeedTests, Http2Test):
    clear_answers_http1 = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.origins = cls.start_node_http2()

    def connections(self, seen):
        """By which connection of the server's each event came."""
        return [json.loads(event["data"])["connection"] for event in seen.of("sse.event")]

    def test_the_server_sees_one_connection(self):
        seen = self.ask(f"{self.origins['https']}/live", "--streams", 12, "--count", 120)
        self.assertEqual(len(set(self.connections(seen))), 1, seen)
        self.assertEqual((len({line["stream"] for line in seen.of("sse.event")}), seen.code), (12, 0))

    def test_a_goaway_moves_the_stream_without_a_gap(self):
        seen = self.ask(f"{self.origins['https']}/feed?count=6&cut=3&by=goaway")
        self.assertEqual([event["id"] for event in seen.of("sse.event")], list("123456"), seen)
        self.assertEqual(len(set(self.connections(seen))), 2, seen)
        goaway = seen.of("h2.goaway", dir="in")[0]
        self.assertEqual((goaway["last_stream"], goaway["error_code"], goaway["stream"]), (1, 0, 0), seen)
        self.assertEqual(seen.header_sent("last-event-id")[1], "3")

    def test_a_stream_that_a_goaway_left_out_moves_at_once(self):
        seen = self.ask(f"{self.origins['https']}/overlook", "--streams", 2, "--count", 2)
        events = seen.of("sse.event")
        self.assertEqual((len(events), len({event["session"] for event in events}), len({event["connection"] for event in events})), (2, 2, 2), seen)
        self.assertEqual(seen.code, 0, seen)

    def test_a_connection_that_is_lost_is_made_anew(self):
        for scheme in ("https", "http"):
            with self.subTest(scheme=scheme):
                seen = self.ask(f"{self.origins[scheme]}/feed?count=6&cut=3&by=socket")
                self.assertEqual([event["id"] for event in seen.of("sse.event")], list("123456"), seen)
                self.assertEqual((len(set(self.connections(seen))), seen.header_sent("last-event-id")[1]), (2, "3"), seen)
                self.assertEqual([tls["resumed"] for tls in seen.of("tls")], [False, True] if scheme == "https" else [], seen)

    def test_every_error_code_has_its_words(self):
        names = ("NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
                 "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED")
        for code, name in enumerate(names):
            if code == 0:
                continue  # node ends such a stream with END_STREAM
            with self.subTest(name=name):
                seen = self.ask(f"{self.origins['http']}/reset?code={code}", "--no-reconnect")
                self.assertEqual((seen.code, seen.data()), (1, ["x"]), seen)
                self.assertEqual(seen.one("h2.rst_stream", dir="in")["error_code"], code, seen)
                self.assertEqual(seen.one("end", stream=1)["verdict"], "reset", seen)
                self.assertIn(name, seen.one("error")["text"], seen)

    def test_a_refused_stream_is_tried_again(self):
        seen = self.ask(f"{self.origins['https']}/refuse?times=2", "--retry", 20, "--count", 1)
        self.assertEqual((seen.code, len(seen.of("sse.event"))), (0, 1), seen)
        self.assertEqual([error["code"] for error in seen.of("error")], ["http2.refused-stream"] * 2, seen)
        self.assertEqual(len(seen.of("tcp")), 1, seen)

    def test_trailers(self):
        seen = self.ask(f"{self.origins['https']}/trailers", "--no-reconnect")
        self.assertEqual((seen.one("http.trailers")["headers"], seen.data(), seen.code), ([["x-events", "1"]], ["x"], 0), seen)

    def test_early_hints_come_before_the_answer(self):
        seen = self.ask(f"{self.origins['https']}/hints", "--no-reconnect")
        self.assertEqual([line["status"] for line in seen.of("http.response")], [103, 200], seen)
        self.assertIn(["link", "</style.css>; rel=preload"], seen.of("http.response")[0]["headers"])
        self.assertEqual((seen.data(), seen.code), (["x"], 0), seen)

    def test_push_is_off_until_it_is_asked_for(self):
        seen = self.ask(f"{self.origins['https']}/push", "--no-reconnect")
        self.assertEqual((seen.data(), seen.of("h2.push_promise"), seen.code), (["push is off"], [], 0), seen)
        self.assertIn([2, "ENABLE_PUSH", 0], self.settings_sent(seen))

    def test_a_push_delivers_bytes_but_no_event(self):
        seen = self.ask(f"{self.origins['https']}/push", "--no-reconnect", "--enable-push")
        self.assertEqual((seen.data(), seen.code), (["pushed it"], 0), seen)
        push = seen.one("http.push")
        self.assertIn([":path", "/pushed"], push["headers"], seen)
        self.assertEqual(sum(data["length"] for data in seen.of("h2.data", stream=push["promised_stream"])), len("data: pushed\n\n"), seen)
        self.assertIn("http2.push-delivers-no-event", [finding["rule"] for finding in seen.of("finding")], seen)
        self.assertEqual([value for id, _, value in self.settings_sent(seen) if id == 2], [1], seen)

    @staticmethod
    def settings_sent(seen):
        return seen.of("h2.settings", dir="out")[0]["settings"]


class ServersWithoutHttp2(Http2Test):
    def assertNotOffered(self, seen, words):
        self.assertEqual((seen.code, [error["code"] for error in seen.of("error")]), (1, ["http2.not-offered"]), seen)
        self.assertIn(words, seen.one("error")["text"], seen)
        self.assertEqual((seen.states()[-1], len(seen.errors.splitlines())), ("failed", 1), seen)

    @staticmethod
    def shake_hands(listener):
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)

    def test_no_alpn_at_all(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.addCleanup(listener.close)
        threading.Thread(target=self.shake_hands, args=[listener], daemon=True).start()
        self.assertNotOffered(self.ask(f"https://localhost:{listener.getsockname()[1]}/"), "ALPN")

    def test_cleartext_servers_of_http1(self):
        for name, port in (("node", self.start_node("sse-server.mjs")), ("nginx", self.start_nginx(1)),
                           ("websockets", int(self.start(PYTHON, HERE / "peers/websockets-server.py").line()))):
            with self.subTest(name):
                self.assertNotOffered(self.ask(f"http://127.0.0.1:{port}/feed"), "HTTP/1.1")


if __name__ == "__main__":
    unittest.main()
