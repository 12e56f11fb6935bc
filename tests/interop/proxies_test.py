#!/usr/bin/python3
"""record through tinyproxy (HTTP CONNECT) and microsocks (SOCKS5), and through things that are no proxies."""

import pathlib
import tempfile

import unittest

from certificates import Authority
from support import HERE, PeerTest, free_port, record, wait_for_port


class ProxyTest(PeerTest):
    @classmethod
    def setUpClass(cls):
        authority = Authority()
        cls.addClassCleanup(authority.own.cleanup)
        authority.sign("server", "DNS:localhost")
        cls.ca = authority.certificate("authority")
        cls.sse = cls.start_node("sse-server.mjs")
        cls.ws = cls.start_node("ws-server.mjs")
        cls.https = cls.start_node("https-server.mjs", authority.key("server"), authority.certificate("server"), "-", "TLSv1.3")

    @classmethod
    def start_on_port(cls, *command):
        """A peer that can't choose a port itself and says nothing when it listens; {} in its command is the port."""
        port = free_port()
        cls.start(*[str(word).replace("{}", str(port)) for word in command])
        wait_for_port(port)
        return port

    @classmethod
    def start_tinyproxy(cls, more=""):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        port = free_port()
        configuration = pathlib.Path(folder.name) / "tinyproxy.conf"
        configuration.write_text((HERE / "peers/tinyproxy.conf.in").read_text().replace("@PORT@", str(port)) + more)
        cls.start("tinyproxy", "-d", "-c", configuration)
        wait_for_port(port)
        return port

    def through(self, proxy, url, *arguments):
        return record("--proxy", proxy, "--no-reconnect", "--cacert", self.ca, *arguments, url)

    def assertRefused(self, seen, code, words):
        self.assertEqual(seen.code, 1, seen)
        self.assertEqual(seen.one("error")["code"], code, seen)
        self.assertIn(words, seen.one("error")["text"], seen)
        self.assertEqual(seen.one("end")["verdict"], "never-answered", seen)
        self.assertEqual(len(seen.errors.splitlines()), 1, seen)

    def assertCarriesAll(self, proxy):
        seen = self.through(proxy, f"http://localhost:{self.sse}/feed?count=2")
        self.assertEqual((seen.code, len(seen.of("sse.event"))), (0, 2), seen)
        self.assertEqual(self.through(proxy, f"https://localhost:{self.https}/").data(), ["nobody"])
        seen = self.through(proxy, f"ws://localhost:{self.ws}/echo", "--send", "through", "--count", 2)
        self.assertEqual((seen.code, seen.data("ws.text")), (0, ["through", "through"]), seen)


class Connect(ProxyTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = f"http://127.0.0.1:{cls.start_tinyproxy()}"
        cls.guarded = f"127.0.0.1:{cls.start_tinyproxy('BasicAuth me s3cret')}"

    def test_carries_every_scheme(self):
        self.assertCarriesAll(self.open)

    def test_its_exchange_is_recorded(self):
        seen = self.through(self.open, f"https://localhost:{self.https}/")
        self.assertEqual([(line["method"], line["target"]) for line in seen.of("http.request")],
                         [("CONNECT", f"localhost:{self.https}"), ("GET", "/")], seen)
        self.assertEqual([line["status"] for line in seen.of("http.response")], [200, 200])
        self.assertEqual(seen.one("tcp")["proxy"], self.open)
        self.assertEqual(seen.one("tcp")["peer"], self.open.removeprefix("http://"))

    def test_credentials(self):
        self.assertCarriesAll(f"http://me:s3cret@{self.guarded}")
        url = f"http://localhost:{self.sse}/feed"
        self.assertRefused(self.through(f"http://{self.guarded}", url), "proxy.failed", "answered 407")
        seen = self.through(f"http://me:guess@{self.guarded}", url)
        self.assertRefused(seen, "proxy.failed", "answered 401")  # tinyproxy's own choice
        self.assertNotIn("guess", seen.errors)
        self.assertIn("tinyproxy", seen.one("http.body")["data"])  # its page says why

    def test_servers_that_it_cant_reach(self):
        for url in (f"http://localhost:{free_port()}/", "http://nowhere.invalid/"):
            self.assertRefused(self.through(self.open, url), "proxy.failed", "answered 500")

    def test_no_proxy_there(self):
        url = f"http://localhost:{self.sse}/feed"
        port = free_port()
        self.assertRefused(self.through(f"http://127.0.0.1:{port}", url), "proxy.failed", f"the proxy 127.0.0.1:{port}: Connection refused")
        self.assertRefused(self.through("http://nowhere.invalid:8", url), "dns.notfound", "the proxy 'nowhere.invalid'")

    def test_a_server_that_is_no_proxy(self):
        url = f"http://localhost:{self.sse}/feed"
        self.assertRefused(self.through(f"http://127.0.0.1:{self.sse}", url), "proxy.failed", "the proxy closed")  # node: no CONNECT listener
        self.assertRefused(self.through(f"http://127.0.0.1:{self.ws}", url), "proxy.failed", "the proxy closed")
        nginx = self.start_nginx(self.sse)
        self.assertRefused(self.through(f"http://127.0.0.1:{nginx}", url), "proxy.failed", "answered 40")
        tls = self.through(f"http://127.0.0.1:{self.https}", url)
        self.assertRefused(tls, "proxy.failed", "the proxy")


class Socks(ProxyTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = f"socks5://127.0.0.1:{cls.start_on_port('microsocks', '-i', '127.0.0.1', '-p', '{}')}"
        cls.guarded = f"127.0.0.1:{cls.start_on_port('microsocks', '-i', '127.0.0.1', '-p', '{}', '-u', 'me', '-P', 's3cret')}"

    def test_carries_every_scheme(self):
        self.assertCarriesAll(self.open)

    def test_credentials(self):
        self.assertCarriesAll(f"socks5://me:s3cret@{self.guarded}")
        for who in ("", "me:guess@"):
            self.assertRefused(self.through(f"socks5://{who}{self.guarded}", f"http://localhost:{self.sse}/feed"), "proxy.failed",
                               f"the proxy {self.guarded}: Proxy authentication failed")

    def test_servers_that_it_cant_reach(self):
        seen = self.through(self.open, f"http://localhost:{free_port()}/")
        self.assertRefused(seen, "tcp.refused", "through the proxy")
        self.assertRefused(self.through(self.open, "http://nowhere.invalid/"), "proxy.failed", "through the proxy")

    def test_no_proxy_there(self):
        url = f"http://localhost:{self.sse}/feed"
        self.assertRefused(self.through(f"socks5://127.0.0.1:{free_port()}", url), "proxy.failed", "the proxy 127.0.0.1:")
        self.assertRefused(self.through(f"socks5://127.0.0.1:{self.sse}", url), "proxy.failed", "the proxy 127.0.0.1:")


if __name__ == "__main__":
    unittest.main()
