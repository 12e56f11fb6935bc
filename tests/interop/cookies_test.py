#!/usr/bin/python3
"""The jar of cookies against node's http: what is set comes back on reconnects and after redirects, where it belongs."""

import json
import unittest
from urllib.parse import quote

from support import HERE, NODE, PeerTest, record


class Cookies(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.port, cls.other = map(int, cls.start(NODE, HERE / "peers/cookie-server.mjs").line().split())

    def origin(self, host="127.0.0.1", port=None):
        return f"http://{host}:{port or self.port}"

    def ask(self, path, *words, options=(), reconnects=1, host="127.0.0.1"):
        """The Cookie field of each attempt, as the server saw it."""
        query = "&".join(quote(word, safe="") for word in words)
        seen = record("--max-reconnects", reconnects, "--retry-override", 1, *options, f"{self.origin(host)}{path}?{query}")
        return [json.loads(data)["cookie"] for data in seen.data()], seen

    def test_reconnects_send_what_was_set(self):
        self.assertEqual(self.ask("/set", "a=1", "b=2; HttpOnly")[0], [None, "a=1; b=2"])

    def test_expired_ones_are_gone(self):
        for field in ("a=1; Max-Age=0", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"):
            with self.subTest(field=field):
                self.assertEqual(self.ask("/set", field)[0], [None, None])
        self.assertEqual(self.ask("/set", "a=1; Max-Age=100; Expires=Thu, 01 Jan 1970 00:00:00 GMT")[0], [None, "a=1"])

    def test_paths(self):
        self.assertEqual(self.ask("/set/here", "a=1", "b=2; Path=/", "c=3; Path=/elsewhere", "d=4; Path=/set")[0], [None, "a=1; d=4; b=2"])

    def test_secure_ones_have_a_place_in_clear_on_this_machine_alone(self):
        for host in ("127.0.0.1", "localhost"):
            with self.subTest(host=host):
                self.assertEqual(self.ask("/set", "a=1; Secure", host=host)[0], [None, "a=1"])
        there = ("--resolve", f"feeds.test:{self.port}:127.0.0.1")
        cookies, seen = self.ask("/set", "a=1; Secure", options=there, host="feeds.test")
        self.assertEqual(cookies, [None, None])
        self.assertEqual(seen.of("finding", rule="http.cookie-refused")[0]["cookie"], 1)

    def test_foreign_domains_are_refused(self):
        self.assertEqual(self.ask("/set", "a=1; Domain=example.com", "b=2; Domain=0.0.1")[0], [None, None])

    def test_another_origin_gets_its_own_alone(self):
        there = f"{self.origin('localhost', self.other)}/set?{quote('there=2', safe='')}"
        cookies, seen = self.ask("/go", there, "here=1; Path=/", options=("--cookie", "typed=0"), reconnects=1)
        self.assertEqual(cookies, [None, "there=2"])
        self.assertEqual(seen.header_sent("cookie"), ["typed=0", None, "there=2"])

    def test_a_redirect_at_home_sends_what_it_set(self):
        cookies, _ = self.ask("/go", "/x", "a=1; Path=/", options=("--cookie", "typed=0; a=mine"), reconnects=0)
        self.assertEqual(cookies, ["typed=0; a=mine"])
        cookies, _ = self.ask("/go", "/x", "a=1; Path=/", "b=2; Path=/", options=("--cookie", "a=mine"), reconnects=0)
        self.assertEqual(cookies, ["a=mine; b=2"])

    def test_without_a_jar(self):
        self.assertEqual(self.ask("/set", "a=1", options=("--no-cookies", "--cookie", "typed=0"))[0], ["typed=0", "typed=0"])


if __name__ == "__main__":
    unittest.main()
