#!/usr/bin/python3
"""The Model Context Protocol's own SDK: its server through record, its client against the demo server."""

import json
import unittest

from support import HERE, NODE, PeerTest, record

INITIALIZE = {"jsonrpc": "2.0", "id": 0, "method": "initialize",
              "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "record", "version": "1"}}}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "steps", "_meta": {"progressToken": "t"}}}


class SdkServer(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = f"http://127.0.0.1:{cls.start_node('mcp-server.mjs')}"

    def post(self, message, *fields):
        headers = [word for field in ("Accept: application/json, text/event-stream", "Content-Type: application/json", *fields)
                   for word in ("-H", field)]
        return record("--no-reconnect", "-X", "POST", "-d", json.dumps(message), *headers, f"{self.origin}/mcp")

    def test_a_session_over_streamable_http(self):
        begun = self.post(INITIALIZE)
        reply = json.loads(begun.one("sse.event")["data"])
        self.assertEqual((reply["id"], reply["result"]["serverInfo"]), (0, {"name": "sdk", "version": "7"}), begun)
        head = {name.lower(): value for name, value in begun.one("http.response")["headers"]}
        fields = (f"Mcp-Session-Id: {head['mcp-session-id']}", f"MCP-Protocol-Version: {reply['result']['protocolVersion']}")

        noted = self.post({"jsonrpc": "2.0", "method": "notifications/initialized"}, *fields)
        self.assertEqual(noted.one("http.response")["status"], 202, noted)

        called = self.post(CALL, *fields)
        messages = [json.loads(data) for data in called.data()]
        self.assertEqual([message["params"]["progress"] for message in messages[:-1]], [1, 2, 3], called)
        self.assertEqual((messages[-1]["id"], messages[-1]["result"]["content"][0]["text"]), (1, "three steps"))

    def test_a_request_without_its_session(self):
        refused = self.post(CALL)
        self.assertEqual(refused.one("http.response")["status"], 400, refused)

    def test_the_endpoint_of_the_older_transport(self):
        seen = record("--no-reconnect", "--count", 1, f"{self.origin}/sse")
        event = seen.one("sse.event")
        self.assertEqual(event["type"], "endpoint", seen)
        self.assertRegex(event["data"], "^/messages[?]sessionId=")


class SdkClient(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = cls.start_demo()["http"]

    def found(self, kind, path):
        return json.loads(self.start(NODE, HERE / "peers/mcp-client.mjs", kind, self.origin + path).line())

    def test_both_transports(self):
        for kind, path in (("streamable", "/mcp"), ("sse", "/mcp/sse")):
            with self.subTest(kind=kind):
                self.assertEqual(self.found(kind, path), {
                    "server": {"name": "pushscope-demo", "version": "1"},
                    "session": kind == "streamable",
                    "tools": ["echo", "count"],
                    "progress": [1, 2, 3],
                    "counted": [{"type": "text", "text": "Counted to 3"}],
                    "refusal": -32602,
                    "pong": {"jsonrpc": "2.0", "id": "demo-1", "result": {}},
                })


if __name__ == "__main__":
    unittest.main()
