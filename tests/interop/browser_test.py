#!/usr/bin/python3
"""The demo page in headless Chromium: its EventSource and WebSocket see the demo server's feeds."""

import json
import subprocess
import unittest

from support import HERE, NODE, PATIENCE, PeerTest, environment


class Browser(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.demo = cls.start_demo()

    def evaluate(self, expression, origin="http"):
        done = subprocess.run([NODE, HERE / "peers/browser.mjs", self.demo[origin] + "/"], input=expression, capture_output=True, text=True,
                              timeout=2 * PATIENCE, env=environment())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def test_eventsource_sees_the_feed_and_resumes(self):
        for origin in ("http", "https"):
            with self.subTest(origin=origin):
                ids = self.evaluate("""new Promise((resolve) => {
                    const ids = [];
                    const source = new EventSource('/events?interval=5&count=8&drop=3&retry=50&seed=11');
                    source.addEventListener('tick', (event) => {
                        ids.push(event.lastEventId);
                        if (ids.length === 8) { source.close(); resolve(ids); }
                    });
                })""", origin)
                self.assertEqual(ids, list("12345678"))

    def test_websocket_echoes_and_closes(self):
        for path in ("/ws/echo", "/ws/reference"):
            with self.subTest(path=path):
                seen = self.evaluate("""new Promise((resolve) => {
                    const seen = [];
                    const socket = new WebSocket(location.origin.replace('http', 'ws') + '%s');
                    socket.onopen = () => socket.send('Gr\\u00fc\\u00dfe');
                    socket.onmessage = (event) => { seen.push(event.data); socket.close(4001, 'seen'); };
                    socket.onclose = (event) => resolve([...seen, event.code, event.wasClean]);
                })""" % path)
                self.assertEqual(seen, ["Grüße", 4001, True])

    def test_204_stops_it(self):
        states = self.evaluate("""new Promise((resolve) => {
            const source = new EventSource('/scenario/status-204');
            source.onerror = () => { if (source.readyState === 2) resolve('closed'); };
        })""")
        self.assertEqual(states, "closed")

    def test_the_page_itself_shows_rows(self):
        rows = self.evaluate("""new Promise((resolve) => {
            const started = Date.now();
            const look = () => {
                for (const button of document.querySelectorAll('button')) if (!button.disabled && !button.dataset.pressed) { button.dataset.pressed = 1; button.click(); }
                const text = document.body.innerText;
                if (/"id":\\s*\\d+/.test(text) || Date.now() - started > 8000) resolve(text); else setTimeout(look, 50);
            };
            look();
        })""")
        self.assertRegex(rows, r'"id":\s*\d+')


if __name__ == "__main__":
    unittest.main()
