#!/usr/bin/python3
"""Streams that are no event streams, and one that is not called so, from the demo server through record."""

import json
import subprocess
import unittest
import urllib.request

from support import PeerTest, record


class OtherStreams(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.origin = cls.start_demo()["http"]

    def test_lines_of_json_each_with_its_time(self):
        seen = record(f"{self.origin}/ndjson?interval=30&count=4")
        lines = seen.of("stream.line")
        self.assertEqual([json.loads(line["data"])["id"] for line in lines], [1, 2, 3, 4], seen)
        self.assertEqual(len({line["t"] for line in lines}), 4)
        self.assertEqual((seen.states(), seen.code), (["connecting", "open", "closed"], 0), seen)

    def test_over_http2_too(self):
        for target, kind, count in (("ndjson?interval=5&count=3", "stream.line", 3), ("scenario/mixed-replace?interval=5&frames=2", "stream.part", 3)):
            with self.subTest(target=target):
                self.assertEqual(len(record("--http", "2", f"{self.origin}/{target}").of(kind)), count)

    def test_a_json_text_sequence(self):
        seen = record(f"{self.origin}/scenario/json-sequence?interval=5")
        texts = seen.of("stream.line")
        self.assertEqual([json.loads(text["data"])["id"] for text in texts if text is not texts[2]], [1, 2, 4], seen)
        cut = seen.one("finding")
        self.assertEqual((cut["rule"], cut["of"]), ("jsonseq.cut", texts[2]["seq"]))
        self.assertEqual(seen.code, 0)

    def test_parts_with_their_heads(self):
        seen = record(f"{self.origin}/scenario/mixed-replace?interval=5&frames=3")
        text, *pictures = seen.of("stream.part")
        self.assertEqual((text["headers"], text["data"]), ([["Content-Type", "text/plain"]], "the next part's delimiter ends this one"), seen)
        self.assertEqual({dict(picture["headers"])["Content-Type"] for picture in pictures}, {"image/bmp"})
        self.assertEqual(len({picture["data_base64"] for picture in pictures}), 3, "each frame differs")
        self.assertEqual(seen.of("finding"), [])

    def test_a_picture_does_not_wait_for_the_next_one(self):
        # Ten seconds lie before and behind it: the delimiter in front of the next one has not come yet.
        seen = record("--count", 2, "--for", 20, f"{self.origin}/scenario/mixed-replace?interval=10000&frames=2")
        self.assertEqual([dict(part["headers"])["Content-Type"] for part in seen.of("stream.part")], ["text/plain", "image/bmp"], seen)

    def test_text_as_it_arrives(self):
        seen = record(f"{self.origin}/scenario/text-chunks?interval=50")
        self.assertEqual("".join(seen.data("stream.chunk")), "compiling\ncompiling a longer one\ndone\n", seen)
        self.assertGreater(len(seen.of("stream.chunk")), 1)

    def test_events_under_another_type(self):
        seen = record(f"{self.origin}/scenario/plainly-events?interval=5")
        self.assertEqual(seen.data(), ["but its type says otherwise", "so a browser refuses it"], seen)
        finding = seen.one("finding")
        self.assertEqual((finding["rule"], finding["of"]), ("sse.content-type-refused", seen.one("http.response")["seq"]))
        self.assertEqual((seen.one("error")["code"], seen.states(), seen.code), ("sse.content-type", ["connecting", "open", "failed"], 1), seen)

    def test_they_count_as_failed_however_it_ends(self):
        seen = record("--count", 1, f"{self.origin}/scenario/plainly-events?interval=100")
        self.assertEqual((seen.states()[-1], seen.code), ("failed", 1), seen)

    def test_as_an_event_source_they_are_refused(self):
        seen = record("--transport", "sse", f"{self.origin}/scenario/plainly-events?interval=5")
        self.assertEqual((seen.of("sse.event"), seen.one("error")["code"], seen.code), ([], "sse.content-type", 1), seen)

    def test_a_page_is_none(self):
        seen = record(f"{self.origin}/scenario/wrong-content-type")
        self.assertEqual((seen.of("sse.event"), seen.one("error")["code"], seen.states()), ([], "sse.content-type", ["connecting", "failed"]), seen)

    def test_what_is_posted_later_comes_first(self):
        reader = self.start("curl", "-sSN", "--max-time", 20, f"{self.origin}/events?topic=order")
        self.assertEqual(reader.line(), "retry: 3000")
        late = subprocess.Popen(["curl", "-sS", "-d", "first", f"{self.origin}/publish?topic=order&delay=300"], stdout=subprocess.PIPE, text=True)
        urllib.request.urlopen(f"{self.origin}/publish?topic=order", b"second").close()
        self.assertIn("id", json.loads(late.communicate(timeout=20)[0]))
        lines = [reader.process.stdout.readline().strip() for _ in range(7)]
        self.assertEqual([line for line in lines if line.startswith("data")], ["data: second", "data: first"], lines)


if __name__ == "__main__":
    unittest.main()
