#!/usr/bin/python3
"""record at a port that speaks something else than it was told: HTTP/1.1 where HTTP/2 alone is spoken, cleartext where TLS is, TLS where it is
not, a protocol by ALPN that nobody offered. Real servers; each has one error, in words, and what it sent is kept."""

import unittest

from http2_peers import Http2PeerTest
from support import HERE, PYTHON, record


class WrongPorts(Http2PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        backend = cls.start_node("sse-server.mjs")
        cls.peers = {"node": cls.start_node_http2(), "nginx": cls.start_nginx_http2(backend), "haproxy": cls.start_haproxy(backend),
                     "hypercorn": cls.start_hypercorn(), "nghttpx": cls.start_nghttpx(backend), "apache": cls.start_apache(backend),
                     "lighttpd": cls.start_lighttpd(backend)}

    def ask(self, url, *arguments):
        seen = record("--cacert", self.ca, "--no-reconnect", "--layers", "connection,frames,messages,findings,reads", *arguments, url)
        self.assertEqual((seen.code, len(seen.of("error")), len(seen.errors.splitlines())), (1, 1, 1), seen)
        self.assertEqual((seen.states()[-1], len(seen.of("tcp"))), ("failed", 1), seen)
        self.assertIn(seen.one("error")["text"], seen.errors, seen)
        return seen, seen.one("error")

    def test_http1_where_http2_alone_is_spoken(self):
        for name in ("node", "nginx"):  # haproxy hangs up
            for arguments in (["--http", "1.1"], [], ["--http", "1.1", "--transport", "websocket"]):
                with self.subTest(name, arguments=arguments):
                    seen, error = self.ask(f"{self.peers[name]['http']}/feed", *arguments)
                    self.assertEqual(error["code"], "http.malformed", seen)
                    self.assertIn("not HTTP but HTTP/2", error["text"], seen)
                    self.assertEqual([finding["rule"] for finding in seen.of("finding")], ["http.not-http"], seen)
                    self.assertTrue(seen.of("tcp.read"), seen)

    def test_cleartext_where_tls_is_spoken(self):
        """Most of them hang up without a word."""
        for name, origins in self.peers.items():
            for version in ("2", "1.1"):
                with self.subTest(name, version=version):
                    seen, error = self.ask(origins["https"].replace("https", "http"), "--http", version)
                    spoken = seen.of("tcp.read") != []
                    words = ("http2.not-offered", "http2.protocol", "http.malformed", "http.status") if spoken else ("tcp.closed", "tcp.reset")
                    self.assertIn(error["code"], words, seen)

    def test_tls_where_cleartext_is_spoken(self):
        for name in ("node", "nginx", "hypercorn", "apache"):
            with self.subTest(name):
                seen, error = self.ask(self.peers[name]["http"].replace("http://127.0.0.1", "https://localhost"), "--http", 2)
                self.assertIn(error["code"], ("tls.handshake", "tcp.closed", "tcp.reset"), seen)
                self.assertEqual(seen.of("http.request"), [], seen)

    def test_a_protocol_that_was_not_offered(self):
        port = int(self.start(PYTHON, HERE / "peers/alpn-forger.py", self.key, self.certificate).line())
        for scheme in ("https", "wss"):
            with self.subTest(scheme=scheme):
                seen, error = self.ask(f"{scheme}://localhost:{port}/", *(["--http", "1.1"] if scheme == "https" else []))
                self.assertEqual((error["code"], seen.of("http.request"), seen.of("h2.settings")), ("tls.handshake", [], []), seen)


if __name__ == "__main__":
    unittest.main()
