"""What the interoperability tests share: starting peers, running pushscope, reading its lines.

Every peer listens on a port that the system chose and says so in its first line of output; none is waited for by sleeping, and one that is
not installed makes its test fail.
"""

import functools
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("PUSHSCOPE_BUILD", HERE.parent.parent / "build/release")).resolve()
PUSHSCOPE = BUILD / "pushscope"
PATIENCE = 60 if "asan" in BUILD.name else 30

NODE = "node"
PYTHON = "/usr/bin/python3"


def environment():
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    clean.pop("DISPLAY", None)
    return clean


class Process:
    """A process that this test started: ended with it, by its id."""

    def __init__(self, command, **options):
        program = shutil.which(str(command[0]), path=os.environ["PATH"] + ":/usr/sbin")
        if not program:
            raise AssertionError(f"{command[0]} is not installed; tests/install-peers.sh installs it")
        self.patience = options.pop("patience", PATIENCE)
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([program, *map(str, command[1:])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        text=True, env=options.pop("env", environment()), **options)

    def line(self):
        """The next line of its output; AssertionError with its errors when none comes."""
        answer = []
        reader = threading.Thread(target=lambda: answer.append(self.process.stdout.readline()), daemon=True)
        reader.start()
        reader.join(self.patience)
        if not answer or not answer[0]:
            raise AssertionError(f"{self.process.args} said nothing: {self.complaint()}")
        return answer[0].strip()

    def complaint(self):
        self.errors.seek(0)
        return self.errors.read()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()


@functools.cache
def line_schema():
    """Every line that any test sees is checked against it."""
    return jsonschema.Draft202012Validator(json.loads((HERE.parent / "fixtures/jsonlines.schema.json").read_text()))


class Recording:
    """What one run of `pushscope record` said."""

    def __init__(self, code, output, errors, check=True):
        self.code = code
        self.errors = errors
        self.lines = [json.loads(line) for line in output.splitlines()]
        for line in self.lines if check else ():
            for offence in line_schema().iter_errors(line):
                raise AssertionError(f"a line that the schema does not allow: {offence.message}\n{json.dumps(line)}")

    def of(self, kind, **fields):
        return [line for line in self.lines if line["kind"] == kind and all(line.get(name) == value for name, value in fields.items())]

    def one(self, kind, **fields):
        found = self.of(kind, **fields)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} {kind} lines where one was expected\n{self}")
        return found[0]

    def states(self):
        """The states in order, `waiting` with its cause."""
        return [line["state"] + (f":{line['cause']}" if line["state"] == "waiting" else "") for line in self.of("state")]

    def data(self, kind="sse.event"):
        return [line["data"] for line in self.of(kind)]

    def header_sent(self, name):
        """The values of a header on each request in turn, None where it was absent."""
        result = []
        for request in self.of("http.request"):
            values = [value for header, value in request["headers"] if header.lower() == name.lower()]
            result.append(values[0] if values else None)
        return result

    def __str__(self):
        return f"exit {self.code}\n" + "\n".join(json.dumps(line) for line in self.lines) + f"\n{self.errors}"


def record(*arguments, timeout=PATIENCE, stdin=None, check=True):
    """Runs `pushscope record` to its end; it must end by itself."""
    try:
        done = subprocess.run([str(PUSHSCOPE), "record", *map(str, arguments)], capture_output=True, text=True, timeout=timeout, input=stdin,
                              env=environment())
    except subprocess.TimeoutExpired as expired:
        raise AssertionError(f"record {arguments} did not end\n{(expired.stdout or b'').decode()[-6000:]}\n{(expired.stderr or b'').decode()}")
    return Recording(done.returncode, done.stdout, done.stderr, check)


class PeerTest(unittest.TestCase):
    """A test class with peers that live as long as it does."""

    maxDiff = None

    @classmethod
    def start(cls, *command, **options):
        process = Process(command, **options)
        cls.addClassCleanup(process.stop)
        return process

    @classmethod
    def start_node(cls, script, *arguments):
        """A peer of tests/interop/peers run by node; returns its port."""
        return int(cls.start(NODE, HERE / "peers" / script, *arguments).line())

    @classmethod
    def start_demo(cls, *arguments):
        """Our demo server on free ports; returns the object of its first line."""
        home = tempfile.TemporaryDirectory()
        cls.addClassCleanup(home.cleanup)
        env = environment() | {"XDG_DATA_HOME": home.name}
        return json.loads(cls.start(PUSHSCOPE, "demo", "--port", 0, "--tls-port", 0, *arguments, env=env).line())

    @classmethod
    def start_configured(cls, template, *command, **settings):
        """A peer with a configuration made of a template in peers/ in a folder of its own; {} in the command is the file."""
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        text = (HERE / "peers" / template).read_text()
        for name, value in {"FOLDER": folder.name, **settings}.items():
            text = text.replace(f"@{name}@", str(value))
        written = pathlib.Path(folder.name) / template.removesuffix(".in")
        written.write_text(text)
        return cls.start(*[str(word).replace("{}", str(written)) for word in command])

    @classmethod
    def start_nginx(cls, upstream_port=None, buffering="off", configuration="nginx.conf.in", **settings):
        """nginx in front of a port, or with another configuration and its settings; returns the port that it listens on."""
        port = free_port()
        cls.start_configured(configuration, "nginx", "-c", "{}", "-e", "stderr", PORT=port, UPSTREAM=upstream_port, BUFFERING=buffering, **settings)
        wait_for_port(port)
        return port


def free_port():
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port):
    """For peers that say nothing when they are ready: connects until it is answered, bounded."""
    import socket
    import time
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            threading.Event().wait(0.02)
    raise AssertionError(f"nobody listens on port {port}")
