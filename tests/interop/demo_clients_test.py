#!/usr/bin/python3
"""The demo server against clients that nobody here wrote: curl, npm eventsource, npm ws, QWebSocket, python3-websockets."""

import json
import pathlib
import subprocess
import unittest

from support import BUILD, HERE, NODE, PATIENCE, PYTHON, PeerTest, environment


def output(*command, env=None):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=PATIENCE, env=environment() | (env or {}))
    if done.returncode:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class DemoClients(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.demo = cls.start_demo()

    def curl(self, *arguments):
        return output("curl", "-sS", "--max-time", PATIENCE, *arguments)

    def test_curl_reads_the_feed_in_clear_and_over_tls(self):
        for origin, trust in ((self.demo["http"], []), (self.demo["https"], ["--cacert", self.demo["ca"]])):
            with self.subTest(origin=origin):
                text = self.curl("-N", *trust, f"{origin}/events?interval=5&count=3")
                self.assertIn("retry: 3000\n", text)
                ids = [line for line in text.splitlines() if line.startswith("id: ")]
                self.assertEqual(ids, ["id: 1", "id: 2", "id: 3"], text)

    def test_curl_resumes(self):
        url = f"{self.demo['http']}/events?interval=5&count=6&seed=7"
        self.curl("-N", url)
        text = self.curl("-N", "-H", "Last-Event-ID: 4", url)
        self.assertEqual([line for line in text.splitlines() if line.startswith("id: ")], ["id: 5", "id: 6"], text)

    def test_curl_is_told_what_a_wrong_value_may_be(self):
        text = self.curl("-w", "\n%{http_code}", f"{self.demo['http']}/events?interval=nonsense")
        self.assertIn("interval", text)
        self.assertTrue(text.endswith("\n400"), text)

    def test_a_foreign_host_and_origin_are_refused(self):
        url = f"{self.demo['http']}/events?count=1"
        for header in ("Host: example.test", "Origin: https://example.test", "Origin: null", "Sec-Fetch-Site: cross-site"):
            with self.subTest(header=header):
                code = self.curl("-o", "/dev/null", "-w", "%{http_code}", "-H", header, url)
                self.assertIn(code, ("403", "421"))

    def test_published_bodies_reach_readers(self):
        reader = self.start("curl", "-sSN", "--max-time", PATIENCE, f"{self.demo['http']}/events?topic=interop")
        self.assertEqual(reader.line(), "retry: 3000")
        self.curl("-X", "POST", "-d", "hello readers", f"{self.demo['http']}/publish?topic=interop")
        lines = []
        while "data: hello readers" not in lines:
            lines.append(reader.line() if not lines or lines[-1] else reader.process.stdout.readline().strip())

    def test_scenarios_are_listed(self):
        listed = json.loads(self.curl(f"{self.demo['http']}/scenarios"))
        self.assertGreater(len(listed), 40)
        for scenario in listed:
            self.assertTrue(scenario["id"] and scenario["title"] and scenario["watch"], scenario)

    def test_npm_eventsource_sees_every_event(self):
        lines = output(NODE, HERE / "peers/eventsource-client.mjs", f"{self.demo['http']}/events?interval=2&count=5&seed=3", 5).splitlines()
        events = [json.loads(line) for line in lines]
        self.assertEqual([event["lastEventId"] for event in events], list("12345"))
        self.assertEqual({event["type"] for event in events}, {"tick"})

    def test_npm_eventsource_resumes_after_a_drop(self):
        url = f"{self.demo['http']}/events?interval=2&count=8&drop=3&retry=20&seed=4"
        events = [json.loads(line) for line in output(NODE, HERE / "peers/eventsource-client.mjs", url, 8).splitlines()]
        self.assertEqual([event["lastEventId"] for event in events], list("12345678"))

    def test_websocket_clients_echo(self):
        clients = {
            "npm ws": [NODE, HERE / "peers/ws-client.mjs"],
            "QWebSocket": [BUILD / "tests/interop/qwebsocketclient"],
            "python3-websockets": [PYTHON, HERE / "peers/websockets-client.py"],
        }
        for name, command in clients.items():
            for path in ("/ws/echo", "/ws/reference"):
                with self.subTest(client=name, path=path):
                    self.assertEqual(output(*command, self.demo["ws"] + path, "one", "zwei ü").splitlines(), ["one", "zwei ü", "1000"])

    def test_npm_ws_over_tls(self):
        trust = {"NODE_EXTRA_CA_CERTS": self.demo["ca"]}
        lines = output(NODE, HERE / "peers/ws-client.mjs", self.demo["wss"] + "/ws/echo", "one", env=trust).splitlines()
        self.assertEqual(lines, ["one", "1000"])

    def test_ticks_reach_websocket_clients(self):
        for command in ([NODE, HERE / "peers/ws-client.mjs"], [BUILD / "tests/interop/qwebsocketclient"]):
            lines = output(*command, self.demo["ws"] + "/ws/ticks?interval=2&count=4").splitlines()
            self.assertEqual([json.loads(line)["id"] for line in lines[:-1]], [1, 2, 3, 4])
            self.assertEqual(lines[-1], "1000")

    def test_the_authority_is_limited_to_this_machine(self):
        text = output("openssl", "x509", "-in", self.demo["ca"], "-noout", "-text")
        self.assertIn("Name Constraints: critical", text)
        self.assertIn("pathlen:0", text)
        for key in pathlib.Path(self.demo["ca"]).parent.rglob("*key*"):
            self.assertEqual(key.stat().st_mode & 0o077, 0, key)


if __name__ == "__main__":
    unittest.main()
