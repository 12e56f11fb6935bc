"""Coded bodies by Python's zlib and Debian's brotli and zstandard, on http.server. Prints its port.

/feed?coding=C&how=H  ten events: H is flushed, held (nothing before the end) or parts (each event a gzip member or zstd frame of its own)
/raw                  deflate without the zlib wrapper; /stacked: gzip, then br
/cut, /broken, /bomb, /double-bomb, /unknown: what their names say, in gzip; /window: zstd with a window of 32 MiB
"""
import gzip
import http.server
import urllib.parse
import zlib

import brotli
import zstandard

EVENTS = [f': heartbeat\nid: {n}\nevent: tick\ndata: {{"id":{n}}}\ndata: zweite Zeile ü\n\n'.encode() for n in range(1, 11)]
ALL = b"".join(EVENTS)


class Brotli:
    def __init__(self):
        self.encoder = brotli.Compressor()

    def compress(self, data):
        return self.encoder.process(data)

    def flush(self):
        return self.encoder.flush()

    def finish(self):
        return self.encoder.finish()


class Zlib:
    def __init__(self, bits):
        self.encoder = zlib.compressobj(wbits=bits)

    def compress(self, data):
        return self.encoder.compress(data)

    def flush(self):
        return self.encoder.flush(zlib.Z_SYNC_FLUSH)

    def finish(self):
        return self.encoder.flush()


class Zstd:
    def __init__(self):
        self.encoder = zstandard.ZstdCompressor().compressobj()

    def compress(self, data):
        return self.encoder.compress(data)

    def flush(self):
        return self.encoder.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def finish(self):
        return self.encoder.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)


ENCODERS = {"gzip": lambda: Zlib(31), "deflate": lambda: Zlib(15), "br": Brotli, "zstd": Zstd}


def whole(coding, data=ALL):
    encoder = ENCODERS[coding]()
    return encoder.compress(data) + encoder.finish()


def feed(coding, how):
    if how == "parts":
        return [whole(coding, event) for event in EVENTS]
    encoder = ENCODERS[coding]()
    pieces = [encoder.compress(event) + (encoder.flush() if how == "flushed" else b"") for event in EVENTS]
    return pieces + [encoder.finish()]


def raw():
    encoder = Zlib(-15)
    return [encoder.compress(ALL) + encoder.finish()]


def flushed_gzip():
    return feed("gzip", "flushed")[:-1]


def wide():
    encoder = zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=25)).compressobj()
    return [encoder.compress(ALL) + encoder.flush()]


BOMB = gzip.compress(b"data: " + bytes(64 * 1024 * 1024))
BODIES = {
    "/raw": ("deflate", raw()),
    "/stacked": ("gzip, br", [whole("br", whole("gzip"))]),
    "/cut": ("gzip", flushed_gzip()),
    "/broken": ("gzip", flushed_gzip() + [b"\xff\xff\xff no gzip at all"]),
    "/bomb": ("gzip", [whole("gzip", EVENTS[0]) + BOMB]),
    "/double-bomb": ("gzip, gzip", [gzip.compress(BOMB)]),
    "/unknown": ("compress", [b"\x1f\x9d\x90 whatever"]),
    "/window": ("zstd", wide()),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        coding, pieces = BODIES.get(url.path) or (query["coding"], feed(query["coding"], query["how"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Encoding", coding)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for piece in filter(None, pieces):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # who was sent a bomb may leave

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
