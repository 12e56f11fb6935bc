#!/usr/bin/python3
"""record through a network that hands node's http2 on in crumbs and cuts each connection, wherever that falls in a frame: no event of the feed
is lost or comes twice."""

import socket
import struct
import threading
import unittest

from http2_peers import Http2PeerTest
from support import record


class CuttingProxy:
    """Hands what a port says on in pieces of 7 bytes; each connection is cut `step` bytes of the peer's later than the one before."""

    def __init__(self, port, step, by):
        self.target, self.step, self.by, self.connections = port, step, by, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self.target))
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.send_up, args=[client, server], daemon=True).start()
            self.send_down(server, client, self.connections * self.step)

    @staticmethod
    def send_up(client, server):
        try:
            while data := client.recv(65536):
                server.sendall(data)
        except OSError:
            pass  # cut

    def send_down(self, server, client, budget):
        with server, client:
            try:
                while budget > 0 and (data := server.recv(min(7, budget))):
                    client.sendall(data)
                    budget -= len(data)
                if self.by == "reset":
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    client.shutdown(socket.SHUT_RD)  # wakes who else reads from it, so that it is closed
                else:
                    client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the client went

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Cuts(Http2PeerTest):
    def test_nothing_is_lost(self):
        port = int(self.start_node_http2()["http"].rsplit(":", 1)[1])
        for by in ("fin", "reset"):
            for step in (150, 177, 211):
                with self.subTest(by=by, step=step):
                    proxy = CuttingProxy(port, step, by)
                    self.addCleanup(proxy.stop)
                    # The floor that holds from the tenth reconnect on would take long: more than the feed needs.
                    seen = record("--http", 2, "--retry-override", 1, "--max-reconnects", 9, f"http://127.0.0.1:{proxy.port}/feed?count=20")
                    self.assertEqual([event["id"] for event in seen.of("sse.event")], [str(id) for id in range(1, 21)], seen)
                    self.assertGreater(proxy.connections, 2, seen)
                    self.assertLessEqual({error["code"] for error in seen.of("error")}, {"tcp.closed", "tcp.reset", "http.status"}, seen)


if __name__ == "__main__":
    unittest.main()
