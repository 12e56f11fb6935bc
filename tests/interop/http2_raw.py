"""HTTP/2 as bytes: frames made by hand, and a server that sends exactly the ones that a test wants (RFC 9113 section 4)."""

import socket
import struct
import threading

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS, PADDED = 1, 1, 4, 8
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def frame(type, flags=0, stream=0, payload=b""):
    return len(payload).to_bytes(3, "big") + struct.pack(">BBI", type, flags, stream) + payload


def settings(*pairs):
    return frame(SETTINGS, payload=b"".join(struct.pack(">HI", *pair) for pair in pairs))


def literal(name, value):
    """A field without indexing, with a new name (RFC 7541 section 6.2.2); both shorter than 127 bytes."""
    return bytes([0, len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


STATUS_200 = b"\x88"
TYPE = literal("content-type", "text/event-stream")
ANSWER = frame(HEADERS, END_HEADERS, 1, STATUS_200 + TYPE)
EVENT = frame(DATA, 0, 1, b"id: 1\ndata: x\n\n")


class RawServer:
    """Takes one connection after the other: sends `first` at once and `then` when the client's HEADERS have come, in pieces of `piece` bytes;
    then it ends by "fin" or "reset", or keeps the connection ("keep") until the client goes. `sent` is what each client sent."""

    def __init__(self, then=b"", first=settings(), end="keep", piece=None):
        self.first, self.then, self.end, self.piece = first, then, end, piece
        self.sent = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.settimeout(20)
                try:
                    self.converse(connection)
                except OSError:
                    pass  # the client went

    def converse(self, connection):
        self.sent.append(b"")
        self.send(connection, self.first)
        while not any(kind == HEADERS for kind, *_ in frames(self.sent[-1])):
            if not self.receive(connection):
                return
        self.send(connection, self.then)
        if self.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        if self.end == "fin":
            connection.shutdown(socket.SHUT_WR)
        while self.receive(connection):
            pass

    def send(self, connection, data):
        for at in range(0, len(data), self.piece or max(len(data), 1)):
            connection.sendall(data[at:at + self.piece] if self.piece else data)
            if self.piece:
                threading.Event().wait(0.001)  # so that the pieces are read apart

    def receive(self, connection):
        data = connection.recv(65536)
        self.sent[-1] += data
        return data

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(30)


def frames(sent):
    """(type, flags, stream, payload) of each whole frame behind a client's preface."""
    at = len(PREFACE)
    while len(sent) - at >= 9:
        length, (type, flags, stream) = int.from_bytes(sent[at:at + 3], "big"), struct.unpack(">BBI", sent[at + 3:at + 9])
        if len(sent) - at < 9 + length:
            return
        yield type, flags, stream, sent[at + 9:at + 9 + length]
        at += 9 + length


def goaway_codes(sent):
    return [struct.unpack(">I", payload[4:8])[0] for type, _, _, payload in frames(sent) if type == GOAWAY]


def reset_codes(sent):
    return [struct.unpack(">I", payload)[0] for type, _, _, payload in frames(sent) if type == RST_STREAM]
