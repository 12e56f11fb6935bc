#!/usr/bin/python3
"""How the SSE decoder stands to a memchr line scan of the same bytes: the ratio of their times (the goal is 2), measured in turns, and the decoder's
user instructions a byte, counted by callgrind.

    tests/bench/ssedecoder.py [--build build/release] [--rounds 7]
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import tempfile

MIB = 8  # of each stream, see ssedecoderbench.cpp
PAIRS = {"lf": "lf", "crlf": "lf", "ids": "ids", "greek": "lf", "han": "lf", "emoji": "lf", "mixed": "lf"}  # what is decoded, and which scan it is held against


def seconds(bench, name):
    told = subprocess.run([bench, f"--benchmark_filter=^{name}$", "--benchmark_min_time=0.1", "--benchmark_format=json"], capture_output=True, text=True,
                          check=True)
    return json.loads(told.stdout)["benchmarks"][0]["cpu_time"] / 1e9


def instructions(bench, name):
    """A byte of the stream."""
    with tempfile.NamedTemporaryFile() as out:
        told = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", "--toggle-collect=pushscope::SseDecoder::next*", bench,
                               f"--benchmark_filter=^{name}$", "--benchmark_min_time=0.001"], capture_output=True, text=True, check=True)
        rounds = int(re.search(rf"^{name}\s.*?ns\s.*?ns\s+(\d+)", told.stdout, re.M).group(1))
        total = int(re.search(r"^summary: (\d+)", pathlib.Path(out.name).read_text(), re.M).group(1))
    return total / (rounds * (MIB << 20))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "build/release")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    bench = options.build / "tests/bench/bench-core"
    for stream, scan in PAIRS.items():
        ratios = [seconds(bench, f"decode/{stream}") / seconds(bench, f"scanLines/{scan}") for _ in range(options.rounds)]
        print(f"{stream:6} {statistics.median(ratios):5.2f} x the line scan, {instructions(bench, f'decode/{stream}'):.1f} instructions a byte")


if __name__ == "__main__":
    main()
