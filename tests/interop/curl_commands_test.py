#!/usr/bin/python3
"""Commands as they are pasted: what curl sends for them, and what `record --from-curl` does, to node's http server."""

import json
import os
import re
import shlex
import subprocess
import tempfile
import unittest
import unittest.mock
from pathlib import Path

from support import PATIENCE, PeerTest, environment, record

# What each program says of itself, and what an event source asks for; curl asks for leave (100) before each -T.
OWN = {"accept", "cache-control", "connection", "content-length", "expect", "host", "user-agent"}

COMMANDS = r"""
curl 'URL/a?b=c&d=e'
curl -X DELETE URL/a
curl URL -d a=1 --data b=2 --data-raw @c --data-binary 'd e'
curl URL -X PUT -d '' 
curl URL -d $'{"a":"it\'s\\n\u00e9\x21\ttab"}' -H 'Content-Type: application/json'
curl URL --json '{"a":' --json '1}'
curl URL --json '{}' -H 'Content-Type: application/vnd.api+json'
curl URL --data-urlencode 'a b&c/é~*' --data-urlencode 'n=x y' --data-urlencode '=z='
curl -G URL --data-urlencode 'q=a b' -d x=1
curl -G 'URL/p?z=1' -d 'a=%C3%A9' -d 'b+c=d'
curl 'URL/p?z=%C3%A9' --url-query 'q=a b&é' --url-query '+raw=%2F' -d body
curl URL -b a=1 -b 'b=2; c=3'
curl URL -b a=1 -H 'Cookie: z=9'
curl URL -A me -e 'http://r.test/;auto'
curl URL -A me -H 'user-agent: you' -H 'X-One: 1' -H 'X-Two;' -H 'X-Gone:' -H 'x-one: 2'
curl URL -u 'me:p:w'
curl URL -u me:pw -H 'Authorization: Token x'
curl URL --oauth2-bearer abc.def
curl URL -F a=hello -F 'b=x;type=text/html' --form-string 'q=@literal;type=x' -F 'n"x=v;filename=z.png'
curl URL -F 'a="q;u\"o"te' -F '=noname' -F 'c= lead ;type=text/plain; charset=utf-8' -F 'x=a;b;type=t/u'
curl URL -F a=1 -H 'Content-Type: multipart/form-data'
curl URL -F 'é=ü
second line'
curl -sSN URL \
  -H 'accept: */*' \
  -H 'x-quote: it'"'"'s "so"' \
  --data-raw '{"prompt":"a\nb","n":"$HOME `x` !"}'
curl -XPOST -HX-A:1 -dx=y URL
curl --request PATCH --data x URL
curl URL -- 
curl http://made.up.test:PORT/x --resolve made.up.test:PORT:127.0.0.1
curl URL --proxy ''
curl URL/a/../b/./c
curl URL/a/../b --path-as-is
curl URL/a --request-target /other?x=1
curl URL -r 0-9
curl URL --range 5
curl URL -H "Authorization: Bearer $API_KEY" -H 'X-Raw: $API_KEY' -d "{\"k\": \"${API_KEY}\"}" $MORE
curl URL -d @DIR/text --data-binary @DIR/text
curl URL --data-urlencode name@DIR/text
curl URL --json @DIR/text
curl URL -F 'file=@DIR/image.png' -F 'text=<DIR/text' -F a=b
curl URL/up/ -T DIR/image.png
curl URL/up -T DIR/text -X POST
curl URL -H @DIR/fields
curl URL --compressed --no-compressed --proto =http --proto-default http --expect100-timeout 1 -o /dev/stdout --create-dirs -# 2>&1
curl URL -D /dev/null -c /dev/null -b DIR/none -w '' --location-trusted -Z 2>/dev/null
"""


def commands():
    """One each, continued where a line does not begin with curl."""
    return re.split(r"\n(?=curl )", COMMANDS.strip())


def without_boundary(said):
    """The boundary is each program's own choice."""
    match = re.search(r"boundary=(\S+)", json.dumps(said["headers"]))
    return json.loads(json.dumps(said).replace(match[1].rstrip('"]},'), "BOUNDARY")) if match else said


def told(said):
    """Method, target, body and the fields that were asked for: in their order for each name."""
    said = without_boundary(said)
    fields = sorted(((name.lower(), value) for name, value in said["headers"]), key=lambda field: field[0])
    asked = [field for field in fields if field[0] not in OWN or field[1] in ("me", "you")]
    return {"method": said["method"], "target": said["target"], "host": said["host"], "headers": asked, "body": said["body"]}


class CurlCommands(PeerTest):
    @classmethod
    def setUpClass(cls):
        cls.port = cls.start_node("request-mirror.mjs")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        (cls.folder / "text").write_bytes(b"one\r\ntwo\n")
        (cls.folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
        (cls.folder / "fields").write_text("X-From: file\nX-Other: too\n")

    def test_both_send_the_same(self):
        variables = {"API_KEY": "k y", "MORE": "-H X-More:1  -HX-And:2"}
        for command in commands():
            command = command.replace("URL", f"http://127.0.0.1:{self.port}").replace("PORT", str(self.port)).replace("DIR", str(self.folder))
            with self.subTest(command=command), unittest.mock.patch.dict(os.environ, variables):
                words = "".join(("set -- ", command[len("curl "):].replace("2>&1", ""), '\nexec curl -q -sS --max-time 20 "$@"'))
                curl = subprocess.run(["bash", "-c", words], capture_output=True, text=True, timeout=PATIENCE, env=environment() | {"LANG": "C.UTF-8"})
                self.assertEqual(curl.returncode, 0, curl.stderr)
                by_curl = json.loads(curl.stdout.removeprefix("data: "))
                seen = record("--no-reconnect", "--from-curl", command)
                self.assertEqual(seen.code, 0, seen)
                self.assertEqual(told(json.loads(seen.one("sse.event")["data"])), told(by_curl))

    def test_the_form_of_windows_says_the_same(self):
        url = f"http://127.0.0.1:{self.port}"
        posix = f"curl {url}/x?a=1 -H {shlex.quote('x-a: 50% ^')} --data-raw {shlex.quote('{&}')}"
        windows = f'curl ^"{url}/x?a=1^" ^\r\n  -H ^"x-a: 50^% ^^^" ^\r\n  --data-raw ^"^{{^&^}}^"'
        said = [told(json.loads(record("--no-reconnect", "--from-curl", command).one("sse.event")["data"])) for command in (posix, windows)]
        self.assertEqual(said[0], said[1])

    def test_what_is_not_to_be_had_is_named(self):
        url = f"http://127.0.0.1:{self.port}"
        for flags, words in (("-d @/no/such/file", "/no/such/file"), ("-d @/dev/zero", "larger than"), ("-K rc", "no configuration"), ("-n", "no .netrc"),
                             ('-H "Authorization: Bearer $NOT_SET"', "$NOT_SET"), ('-H "X: $(id)"', "a command inside the command"),
                             ("-H X:`id`", "a command inside the command"), ("-d @- <<E\nx\nE", "an input by <")):
            with self.subTest(flags=flags):
                seen = record("--from-curl", f"curl {url} {flags}")
                self.assertEqual(seen.code, 3 if flags.startswith("-d @/") else 2, seen)
                self.assertIn(words, seen.errors)

    def test_stdin_is_a_file(self):
        seen = record("--no-reconnect", "--from-curl", f"curl http://127.0.0.1:{self.port} --json @-", stdin='{"a":1}')
        self.assertEqual(json.loads(seen.one("sse.event")["data"])["body"], '{"a":1}')

    def test_files_that_curl_would_write_are_named(self):
        seen = record("--no-reconnect", "--from-curl", f"curl http://127.0.0.1:{self.port} -o out -c jar")
        self.assertEqual(seen.code, 0, seen)
        self.assertIn("-o out: nothing is written there", seen.errors)
        self.assertIn("-c jar: nothing is written there", seen.errors)


if __name__ == "__main__":
    unittest.main()
