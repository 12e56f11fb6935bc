#!/usr/bin/env python3
"""Times `pushscope record` as a whole process against its peers, in turn, in one run.

    tests/bench/compare.py [--build build/release] [--count 1000000] [--size 120] [--pairs 7] [--only ws|sse|chunked|http2|http2-delay]
                           [--tls] [--instructions]

Each pair is product, peer, product, peer, ... behind a warm-up of both that does not count; what is printed is the median of the paired
ratios of wall time (product / peer), with the smallest and the largest. http2 is the SSE feed with one event in each DATA frame; it also
says how fairly 100 streams on one connection are served: the events of the slowest over those of the fastest while all of them run.
http2-delay is the same feed against chunked HTTP/1.1 behind a line that delays every byte and has no limit of its own: what the windows
that HTTP/2 gives cost a far client, connecting left out. Only when asked for.
--instructions adds the user instructions an event under callgrind, without --stats and with it: the difference of a long and a short stream,
so that starting up does not count.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODES = ("ws", "sse", "chunked", "http2")
DELAYS = (10, 20, 50, 100)  # milliseconds in each direction


class Peer:
    """A running server; its port is on its first line, and it ends with its standard input."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def blaster(build, count, size, tls=False):
    return Peer([build / "tests/bench/peers/peer-blaster", str(count), str(size)] + (["--tls"] if tls else []))


def delay_line(build, port, milliseconds):
    return Peer([build / "tests/bench/peers/peer-delay", port, str(milliseconds)])


def product(build, port, mode, tls=False):
    scheme = ("wss" if tls else "ws") if mode == "ws" else ("https" if tls else "http")
    command = [str(build / "pushscope"), "record", "--out", "none", "--stats", "--no-reconnect"]
    if tls:
        command.append("--insecure")
    if mode == "http2":
        command += ["--http", "2"]
    return command + [f"{scheme}://127.0.0.1:{port}/{mode}"]


def peers(build, port, mode):
    if mode == "http2":
        return {
            "ourselves, chunked HTTP/1.1": product(build, port, "chunked"),
            "bare nghttp2 loop, keeping": [str(build / "tests/bench/peers/peer-nghttp2"), port],
            "node http2, keeping": ["node", str(HERE / "peers/http2-keep.mjs"), port],
        }
    result = {"recv-parse-keep loop": [str(build / "tests/bench/peers/peer-recvloop"), port, mode]}
    if mode == "ws":
        result["QWebSocket, keeping"] = [str(build / "tests/bench/peers/peer-qwebsocket"), port]
        result["node ws, keeping"] = ["node", str(HERE / "peers/ws-keep.mjs"), port]
    else:
        result["eventsource-parser, keeping"] = ["node", str(HERE / "peers/eventsource-parser-keep.mjs"), port, mode]
    return result


def environment():
    clean = dict(os.environ)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        clean.pop(name, None)
    return clean


def timed(command, count):
    """Wall seconds, CPU seconds and peak resident KiB of one run; a run that lost messages is an error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=300)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seen = re.search(r'"messages":(\d+)', done.stderr) or re.search(r"^(\d+)$", done.stdout, re.M)
    if not seen or int(seen.group(1)) < count:
        sys.exit(f"{' '.join(command)}\n  exit {done.returncode}, saw {seen and seen.group(1)} of {count}\n{done.stderr[-2000:]}")
    return wall, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime), done.stderr


def spread(values):
    return f"{statistics.median(values):6.2f}  ({min(values):.2f} to {max(values):.2f})"


def compare(build, mode, count, size, pairs, tls):
    with blaster(build, count, size, tls) as sender, blaster(build, count, size) as plain:
        ours = product(build, sender.port, mode, tls)
        others = peers(build, plain.port, mode)
        if tls:
            others = {"ourselves over cleartext": product(build, plain.port, mode)}
        print(f"\n{mode}{' over TLS' if tls else ''}: {count} messages of {size} bytes, {pairs} pairs; wall time, product / peer")
        for name, command in others.items():
            timed(ours, count)
            timed(command, count)
            walls, peer_walls, ratios = [], [], []
            for _ in range(pairs):
                wall, cpu, stats = timed(ours, count)
                peer_wall, _, _ = timed(command, count)
                walls.append(wall)
                peer_walls.append(peer_wall)
                ratios.append(wall / peer_wall)
            print(f"  {name:28} ratio {spread(ratios)}   product {statistics.median(walls):.3f} s, peer {statistics.median(peer_walls):.3f} s")
        rss = json.loads(stats.strip().splitlines()[-1])["peak_rss_kib"]
        print(f"  product: {count / statistics.median(walls):,.0f} messages/s, {cpu / count * 1e6:.2f} us CPU and {rss * 1024 / count:.0f} bytes resident a message")


def feeding(command, count):
    """Seconds from the answer's head to the end."""
    stats = json.loads(timed(command, count)[2].strip().splitlines()[-1])
    return stats["seconds"] - stats["connect_seconds"]


def delayed(build, count, size, pairs):
    with blaster(build, count, size) as sender:
        print(f"\nhttp2 over a delay: {count} messages of {size} bytes, {pairs} pairs; time of the feed, HTTP/2 / chunked HTTP/1.1")
        for milliseconds in DELAYS:
            with delay_line(build, sender.port, milliseconds) as line:
                commands = [product(build, line.port, mode) for mode in ("http2", "chunked")]
                for command in commands:
                    feeding(command, count)
                times = [[feeding(command, count) for command in commands] for _ in range(pairs)]
            ratios = [http2 / chunked for http2, chunked in times]
            http2 = statistics.median(pair[0] for pair in times)
            print(f"  {milliseconds:4} ms each way: ratio {spread(ratios)}   HTTP/2 {count / http2:,.0f} events/s")


def fairness(build, count, size, streams=100):
    """Counts the events in the JSON output, each stream's, from when all have had one until the first of them ends: the first stream begins
    before the peer's SETTINGS are known, and may even be over when the others begin."""
    with blaster(build, count // streams, size) as sender:
        command = [str(build / "pushscope"), "record", "--http", "2", "--streams", str(streams), "--layers", "messages,connection",
                   "--no-reconnect", f"http://127.0.0.1:{sender.port}/http2"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment())
        seen, connections, events, is_over = set(), set(), {}, False
        for line in process.stdout:
            connection, stream = re.search(rb'"connection":(\d+),"stream":(\d+)', line).groups()
            if b'"kind":"sse.event"' in line:
                connections.add(connection)
                seen.add(stream)
                if len(seen) == streams and not is_over:
                    events[stream] = events.get(stream, 0) + 1
            elif b'"kind":"end"' in line and stream in events:
                is_over = True
        process.wait(timeout=60)
    if len(connections) != 1 or len(events) < streams - 1:
        sys.exit(f"{len(events)} streams ran together on {len(connections)} connections, where {streams} on one were expected")
    print(f"  {len(events)} streams, {count // streams} events each: slowest / fastest {min(events.values()) / max(events.values()):.2f}"
          f" over {sum(events.values())} events")


def instructions(build, mode, size):
    def run(count, statistics):
        with blaster(build, count, size) as sender, tempfile.NamedTemporaryFile() as out:
            command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}"] + product(build, sender.port, mode)
            if not statistics:
                command.remove("--stats")
            done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=600)
            return int(re.search(r"Collected\s*:\s*(\d+)", done.stderr).group(1))

    short, long = 20_000, 120_000
    bare, counting = ((run(long, statistics) - run(short, statistics)) / (long - short) for statistics in (False, True))
    print(f"  {mode}: {bare:.0f} user instructions a message, {counting:.0f} with --stats (callgrind)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--size", type=int, default=120)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--only", choices=MODES + ("http2-delay",))
    parser.add_argument("--tls", action="store_true", help="TLS against cleartext instead of the peers")
    parser.add_argument("--instructions", action="store_true")
    options = parser.parse_args()
    build = options.build.resolve()
    if options.only == "http2-delay":
        return delayed(build, options.count, options.size, options.pairs)
    for mode in (options.only,) if options.only else MODES:
        if options.pairs:
            compare(build, mode, options.count, options.size, options.pairs, options.tls)
        if mode == "http2" and not options.tls:
            fairness(build, options.count, options.size)
        if options.instructions:
            instructions(build, mode, options.size)


if __name__ == "__main__":
    main()
