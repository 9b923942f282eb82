#!/usr/bin/env python3
"""queries.py KETNGHIA QUERIES.json DATABASE... [--runs N] [--floor BENCH_FLOOR] [--sqlite FILE]

Times the statements of a file ([{"name", "query", "sqlite"?}, …]) on one or more databases, beside the
steps of the cursor that each takes, what so many steps cost in bare LMDB (with --floor), and SQLite on the
same graph (with --sqlite, one database; a statement's own "sqlite"), whose rows must be the same. Then the
cold start: from the beginning of a process to its first answer."""
import argparse, json, os, re, sqlite3, statistics, subprocess, sys, time

parser = argparse.ArgumentParser()
parser.add_argument("ketnghia"), parser.add_argument("queries"), parser.add_argument("databases", nargs="+")
parser.add_argument("--runs", type=int, default=15), parser.add_argument("--floor"), parser.add_argument("--sqlite")
arguments = parser.parse_args()


def run(*command):
    return subprocess.run([arguments.ketnghia, *command], capture_output=True, text=True)


def steps_of(database, query):
    """Steps of the cursor, by the profile."""
    return sum(int(n) for n in re.findall(r"(\d+) steps of the cursor", run("profile", query, "--db", database).stdout))


def sqlite_rows(connection, query, runs):
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        rows = connection.execute(query).fetchall()
        times.append((time.perf_counter() - begun) * 1e6)
    return rows, statistics.median(times)


def text(row):
    return "\x1f".join("" if value is None else str(value) for value in row)


def cold(database, query):
    """Milliseconds of a process."""
    times = []
    for _ in range(9):
        begun = time.perf_counter()
        run("query", query, "--db", database, "--format", "json")
        times.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(times)


queries = json.load(open(arguments.queries, encoding="utf-8"))
peer = None
if arguments.sqlite:
    peer = sqlite3.connect(arguments.sqlite, isolation_level=None)
    peer.execute("PRAGMA cache_size=-524288"), peer.execute("PRAGMA mmap_size=8589934592")
for database in arguments.databases:
    floor = json.loads(subprocess.run([arguments.floor, database], capture_output=True, text=True).stdout) if arguments.floor else None
    bench = run("bench", "--db", database, "--queries", arguments.queries, "--runs", str(arguments.runs), "--format", "json")
    timed = {one["name"]: one for one in json.loads(bench.stdout)}
    print(f"{database}: {os.path.getsize(database + '/data.mdb') / 1e6:.0f} MB", f"floor {floor}" if floor else "")
    for query in queries:
        one = timed[query["name"]]
        if "median_us" not in one:
            print(f"  {query['name']:42} {one}")
            continue
        steps = steps_of(database, query["query"])
        line = f"  {query['name']:42} {one['rows']:6} rows {one['median_us']:10.1f} µs {one['text_median_us']:10.1f} from text {steps:8} steps"
        if floor:
            line += f" floor {steps * floor['adjacency']['ascending_ns'] / 1e3:8.1f} to {steps * floor['adjacency']['scattered_ns'] / 1e3:8.1f} µs"
        if peer and query.get("sqlite"):
            rows, median = sqlite_rows(peer, query["sqlite"], max(3, arguments.runs // 3))
            answer = json.loads(run("query", query["query"], "--db", database, "--format", "json").stdout)["rows"]
            same = sorted(map(text, rows)) == sorted(map(text, answer))
            line += f"  SQLite {median:10.1f} µs ({median / one['median_us']:.1f} times) rows {'the same' if same else 'DIFFER'}"
        print(line, flush=True)
    for query in queries[:4]:
        print(f"  cold {query['name']:37} {cold(database, query['query']):.1f} ms")
