#!/usr/bin/python3
"""Certificates of both sides: node's https and nginx demand one of the client, or show one that nobody can trust."""

import unittest

from certificates import Authority
from support import PeerTest, record


class TlsTest(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.authority = Authority()
        cls.addClassCleanup(cls.authority.own.cleanup)
        cls.authority.sign("server", "DNS:localhost,IP:127.0.0.1")

    @classmethod
    def start_https(cls, name="server", authority="-", version="TLSv1.3"):
        return cls.start_node("https-server.mjs", cls.authority.key(name), cls.authority.certificate(name), authority, version)

    def ask(self, port, *arguments, host="localhost"):
        return record("--cacert", self.authority.certificate("authority"), "--no-reconnect", *arguments, f"https://{host}:{port}/")

    def assertFails(self, seen, code, words):
        self.assertEqual(seen.code, 1, seen)
        self.assertEqual(seen.one("error")["code"], code, seen)
        self.assertIn(words, seen.one("error")["text"])
        self.assertIn(words, seen.errors)
        self.assertEqual(seen.one("end")["verdict"], "never-answered", seen)
        self.assertEqual(seen.states()[-1], "failed", seen)


class ClientCertificates(TlsTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority.sign("client")
        stranger = Authority("stranger", cls.authority.folder)
        stranger.sign("wrong")
        cls.certificate, cls.key = cls.authority.certificate("client"), cls.authority.key("client")
        cls.ports = {version: cls.start_https("server", cls.authority.certificate("authority"), version) for version in ("TLSv1.2", "TLSv1.3")}
        cls.nginx = cls.start_nginx(configuration="nginx-tls.conf.in", CERTIFICATE=cls.authority.certificate("server"),
                                    KEY=cls.authority.key("server"), AUTHORITY=cls.authority.certificate("authority"))

    def write(self, name, text):
        file = self.authority.folder / name
        file.write_text(text)
        return file

    def assertKnown(self, *arguments, port=None):
        seen = self.ask(port or self.ports["TLSv1.3"], *arguments)
        self.assertEqual(seen.code, 0, seen)
        self.assertIn("client", seen.one("sse.event")["data"])

    def test_pem_in_two_files_and_in_one(self):
        both = self.write("both.pem", self.key.read_text() + self.certificate.read_text())
        for port in (*self.ports.values(), self.nginx):
            self.assertKnown("--cert", self.certificate, "--key", self.key, port=port)
            self.assertKnown("--cert", both, port=port)

    def test_encrypted_keys(self):
        key = self.authority.encrypted_key("client", "word")
        self.assertKnown("--cert", self.certificate, "--key", key, "--pass", "pass:word")
        port = self.ports["TLSv1.3"]
        self.assertFails(self.ask(port, "--cert", self.certificate, "--key", key), "tls.config", "no passphrase was given")
        self.assertFails(self.ask(port, "--cert", self.certificate, "--key", key, "--pass", "pass:bad"), "tls.config", "wrong passphrase")

    def test_pkcs12(self):
        file = self.authority.pkcs12("client", "word")
        secret = self.write("secret", "word\n")
        self.assertKnown("--cert", file, "--pass", f"file:{secret}")
        port = self.ports["TLSv1.3"]
        self.assertFails(self.ask(port, "--cert", file), "tls.config", "no passphrase was given")
        self.assertFails(self.ask(port, "--cert", file, "--pass", "pass:bad"), "tls.config", "wrong passphrase")
        self.assertKnown("--cert", self.authority.pkcs12("client", ""))

    def test_none(self):
        self.assertFails(self.ask(self.ports["TLSv1.3"]), "tls.handshake", 'the alert "certificate required"')
        self.assertFails(self.ask(self.ports["TLSv1.2"]), "tls.handshake", "the peer sent the alert")
        seen = self.ask(self.nginx)
        self.assertEqual((seen.code, seen.one("http.response")["status"]), (1, 400), seen)
        self.assertIn("No required SSL certificate was sent", seen.one("http.body")["data"])

    def test_another_authoritys(self):
        wrong = ["--cert", self.authority.certificate("wrong"), "--key", self.authority.key("wrong")]
        for port in self.ports.values():
            seen = self.ask(port, *wrong)  # node closes the connection without an alert; whether that is a reset is TCP's chance
            self.assertIn(seen.one("error")["code"], ("tcp.closed", "tcp.reset"), seen)
            self.assertEqual((seen.code, seen.one("end")["verdict"], seen.one("end")["by"]), (1, "never-answered", "peer"), seen)
        seen = self.ask(self.nginx, *wrong)
        self.assertEqual((seen.code, seen.one("http.response")["status"]), (1, 400), seen)

    def test_files_that_are_something_else(self):
        text, empty = self.write("text", "hello\n"), self.write("empty", "")
        for arguments, words in ((["--cert", self.certificate], "private key is missing"), (["--cert", self.certificate, "--key", text], "private key is missing"),
                                 (["--cert", text], "neither PEM nor PKCS #12"), (["--cert", empty], "is empty"),
                                 (["--cert", self.certificate, "--key", self.authority.key("wrong")], "does not belong"),
                                 (["--cert", self.key, "--key", self.key], "holds no PEM certificate")):
            with self.subTest(arguments=arguments):
                self.assertFails(self.ask(self.ports["TLSv1.3"], *arguments), "tls.config", words)

    def test_files_that_are_not_there(self):
        seen = self.ask(self.nginx, "--cert", self.authority.folder / "nowhere")
        self.assertEqual((seen.code, seen.lines), (3, []), seen)
        self.assertIn("--cert: ", seen.errors)
        seen = self.ask(self.nginx, "--key", self.key)
        self.assertEqual((seen.code, seen.lines), (2, []), seen)


class ServersThatNobodyCanTrust(TlsTest):
    def test_another_name(self):
        self.authority.sign("elsewhere", "DNS:elsewhere.test")
        port = self.start_https("elsewhere")
        self.assertFails(self.ask(port), "tls.verify", "hostname mismatch")
        seen = self.ask(port, "--insecure")
        self.assertEqual(seen.code, 0, seen)
        self.assertEqual((seen.one("tls")["verified"], seen.of("finding")[0]["rule"]), (False, "tls.unverified"), seen)

    def test_another_address(self):
        self.authority.sign("named", "DNS:localhost")
        self.assertFails(self.ask(self.start_https("named"), host="127.0.0.1"), "tls.verify", "IP address mismatch")

    def test_expired(self):
        self.authority.sign("old", "DNS:localhost", days=-1)
        self.assertFails(self.ask(self.start_https("old")), "tls.verify", "expired")

    def test_an_unknown_authority(self):
        port = self.start_https()
        seen = record("--no-reconnect", f"https://localhost:{port}/")
        self.assertFails(seen, "tls.verify", "unable to get local issuer certificate")
        self.assertEqual(seen.one("tls")["subject"], "CN=server", seen)

    def test_signed_by_itself(self):
        seen = record("--no-reconnect", f"https://localhost:{self.start_https('authority')}/")
        self.assertFails(seen, "tls.verify", "self-signed certificate")

    def test_a_version_that_is_too_old(self):
        port = self.start_https(version="TLSv1.2")
        self.assertFails(self.ask(port, "--tls-min", "1.3"), "tls.handshake", "protocol version")
        self.assertEqual(self.ask(port, "--tls-min", "1.2").code, 0)
        self.assertFails(self.ask(self.start_https(version="TLSv1.1")), "tls.handshake", "version")

    def test_cleartext_where_tls_was_expected(self):
        self.assertFails(self.ask(self.start_node("sse-server.mjs")), "tls.handshake", "answered in cleartext HTTP")


if __name__ == "__main__":
    unittest.main()
