#!/usr/bin/python3
"""What reaches node's http server of the URL that was typed."""

import base64
import json
import unittest

from support import PeerTest, record


class Requests(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.port = cls.start_node("request-mirror.mjs")

    def ask(self, url, *arguments):
        seen = record("--no-reconnect", *arguments, url)
        self.assertEqual(seen.code, 0, seen)
        said = json.loads(seen.one("sse.event")["data"])
        self.assertEqual(seen.one("http.request")["target"], said["target"], seen)
        return said

    def test_the_target_is_sent_as_typed(self):
        for target in ("/a%2Fb?x=%7E~&y=a+b%20c", "/%zz", "/100%", "/%41%c3%a9", "/a/./b/../c", "//x//", "/?", '/a"<>\\^`{|}[]b', "/x?a=b?c=d&e=/../f"):
            with self.subTest(target=target):
                self.assertEqual(self.ask(f"http://127.0.0.1:{self.port}{target}#fragment")["target"], target)

    def test_what_cant_be_sent_is_encoded(self):
        for typed, sent in (("", "/"), ("?q", "/?q"), ("/a b?c d", "/a%20b?c%20d"), ("/é?ü", "/%C3%A9?%C3%BC")):
            with self.subTest(typed=typed):
                self.assertEqual(self.ask(f"http://127.0.0.1:{self.port}{typed}")["target"], sent)

    def test_hosts(self):
        for typed, sent in (("LOCALHOST", "localhost"), ("localhost.", "localhost."), ("münchen.localhost", "xn--mnchen-3ya.localhost"),
                            ("[0:0::1]", "[::1]"), ("[::1%25lo]", "[::1]"), ("127.0.0.1", "127.0.0.1")):
            with self.subTest(typed=typed):
                self.assertEqual(self.ask(f"HTTP://{typed}:{self.port}/")["host"], f"{sent}:{self.port}")

    def test_resolve_names_the_address_of_a_host_or_of_any(self):
        for entry in ("made.up.test", "MADE.UP.TEST", "*"):
            with self.subTest(entry=entry):
                said = self.ask(f"http://made.up.test:{self.port}/", "--resolve", f"{entry}:{self.port}:127.0.0.1")
                self.assertEqual(said["host"], f"made.up.test:{self.port}")

    def test_userinfo_becomes_authorization(self):
        for typed, meant in (("me:secret", "me:secret"), ("us%40er:p%3Aw", "us@er:p:w"), ("me:p@ss", "me:p@ss"), ("token", "token:")):
            with self.subTest(typed=typed):
                self.assertEqual(self.ask(f"http://{typed}@127.0.0.1:{self.port}/")["authorization"],
                                 "Basic " + base64.b64encode(meant.encode()).decode())

    def test_the_peak_of_memory_is_our_own(self):
        ours = bytearray(b"x") * (400 << 20)  # what the system counts begins with the memory of whoever started the program
        seen = record("--no-reconnect", "--stats", f"http://127.0.0.1:{self.port}/")
        peak = json.loads(seen.errors.splitlines()[-1])["peak_rss_kib"]
        self.assertTrue(4 << 10 < peak < len(ours) >> 11, peak)


if __name__ == "__main__":
    unittest.main()
