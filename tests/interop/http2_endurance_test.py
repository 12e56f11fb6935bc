#!/usr/bin/python3
"""Tens of thousands of short streams on few connections: neither memory nor descriptors are left behind by those that ended."""

import pathlib
import signal
import subprocess
import unittest

from http2_peers import Http2PeerTest
from support import PUSHSCOPE, environment

STREAMS = 2000  # at a time; each ends after one event and comes again


class ShortStreams(Http2PeerTest):
    def test_nothing_is_left_behind(self):
        origin = self.start_node_http2()["http"]
        recording = subprocess.Popen([str(PUSHSCOPE), "record", "--http", "2", "--streams", str(STREAMS), "--retry-override", "0", "--layers", "connection",
                                      f"{origin}/trailers"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())
        try:
            seen = [self.after(recording, streams) for streams in (30_000, 30_000)]
        finally:
            recording.send_signal(signal.SIGINT)
            while recording.stdout.read(1 << 20):
                pass
            recording.stdout.close()
        self.assertEqual(recording.wait(), 130)
        (memory, descriptors), (memory_later, descriptors_later) = seen
        self.assertLess(memory_later - memory, 2048, f"KiB more after 30,000 further streams than the {memory} before")
        self.assertLessEqual(descriptors_later, descriptors)

    @staticmethod
    def after(recording, streams):
        """Its own memory in KiB, without the capture's files, and its descriptors, once so many more streams have been opened."""
        while streams > 0:
            streams -= recording.stdout.readline().count(b'"kind":"http.request"')
        process = pathlib.Path(f"/proc/{recording.pid}")
        memory = next(int(line.split()[1]) for line in (process / "status").read_text().splitlines() if line.startswith("RssAnon"))
        return memory, len(list((process / "fd").iterdir()))


if __name__ == "__main__":
    unittest.main()
