"""Measures the source beside the tool alone: documents of 5,000 cells, read by a Spark
with two threads, and by two jsonstat2arrow at a time whose output nobody reads.

    python3 bench.py [--documents 1000] [--passes 7] [--warm 4]

JSONSTAT2ARROW says where the tool is, else PATH. The two take turns. The passes to warm
up are not counted: until then Java compiles. Processor seconds are those of all
processes, and steadier than wall time where other programs run. "noop" writes all rows
nowhere, "count" counts them, for which they are read as well. Close other programs first.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "src")
sys.path.insert(0, SOURCE)
os.environ["PYTHONPATH"] = os.pathsep.join([SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])])  # for the workers
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

from pyspark.sql import SparkSession  # noqa: E402

import jsonstat_spark  # noqa: E402

DIMENSIONS = {
    "Region": {f"{i:04}": f"Place number {i}" for i in range(301, 326)},
    "Kjonn": {"1": "Males", "2": "Females"},
    "ContentsCode": {"A": "Persons", "B": "Households", "C": "Births", "D": "Deaths"},
    "Tid": {str(y): str(y) for y in range(2000, 2025)},
}
CELLS = 25 * 2 * 4 * 25


def write(folder, documents):
    chance = random.Random(1)
    for n in range(documents):
        values = [None if chance.random() < 0.05 else chance.randrange(100_000) for _ in range(CELLS)]
        document = {
            "version": "2.0", "class": "dataset", "label": f"Table {n}", "id": list(DIMENSIONS), "size": [len(c) for c in DIMENSIONS.values()],
            "dimension": {d: {"label": d, "category": {"index": {c: i for i, c in enumerate(cs)}, "label": cs}} for d, cs in DIMENSIONS.items()},
            "value": values, "status": {str(i): ".." for i, v in enumerate(values) if v is None},
        }
        with open(os.path.join(folder, f"{n:05}.json"), "w") as f:
            json.dump(document, f, separators=(",", ":"))


def used():
    """Processor seconds of this process and all below it, of those that ended too."""
    parents, ticks = {}, {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as f:
                fields = f.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents[pid], ticks[pid] = fields[1], sum(map(int, fields[11:15]))
    below, total = [str(os.getpid())], 0
    for pid in below:
        total += ticks[pid]
        below += [p for p, parent in parents.items() if parent == pid]
    return total / os.sysconf("SC_CLK_TCK")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--passes", type=int, default=7)
    arguments.add_argument("--warm", type=int, default=4)
    asked = arguments.parse_args()
    tool = os.environ.get("JSONSTAT2ARROW") or "jsonstat2arrow"
    spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
             .config("spark.ui.showConsoleProgress", "false").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    jsonstat_spark.register(spark)
    with tempfile.TemporaryDirectory() as folder:
        write(folder, asked.documents)
        names = "\n".join(sorted(os.path.join(folder, name) for name in os.listdir(folder)))
        df = spark.read.format("jsonstat").option("content", "id").load(folder)

        def alone():
            subprocess.run(["xargs", "-P", "2", "-I{}", tool, "--content=id", "--format=stream", "{}", "-"],
                           input=names, text=True, check=True, stdout=subprocess.DEVNULL)

        def count():
            if df.count() != asked.documents * CELLS:
                sys.exit("rows are missing")

        ways = {"tool": alone, "count": count, "noop": df.write.format("noop").mode("overwrite").save}
        times = {way: [] for way in ways}
        for i in range(asked.warm + asked.passes):
            for way, run in ways.items():
                wall, processor = time.monotonic(), used()
                run()
                took = time.monotonic() - wall, used() - processor
                if i >= asked.warm:
                    times[way].append(took)
    spark.stop()
    print(f"{asked.documents} documents of {CELLS} cells, {asked.passes} passes\n")
    print("| | median s | best s | processor s | speed of the tool, median | best | by processor |\n|---|--:|--:|--:|--:|--:|--:|")
    tool = [sorted(t) for t in zip(*times["tool"])]
    for way, took in times.items():
        walls, processor = (sorted(t) for t in zip(*took))
        print(f"| {way} | {statistics.median(walls):.2f} | {walls[0]:.2f} | {statistics.median(processor):.1f} "
              f"| {statistics.median(tool[0]) / statistics.median(walls):.0%} | {tool[0][0] / walls[0]:.0%} "
              f"| {statistics.median(tool[1]) / statistics.median(processor):.0%} |")


if __name__ == "__main__":
    main()
