#!/usr/bin/env python3
"""Import the documents of a gold set, score the export, and fail under the floors given.

    gold.py PROGRAM SCORE_PY GOLD_DIR [--documents DIR]... [--questions FILE] [--floor MEASURE=F]... [--questions-floor F]

Prints score.py's figures. Measures: entities, holds, events, participants, agreements, leaks (a ceiling).
"""
import argparse
import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("score")
    parser.add_argument("gold")
    parser.add_argument("--documents", action="append", default=[])
    parser.add_argument("--questions")
    parser.add_argument("--floor", action="append", default=[])
    parser.add_argument("--questions-floor", type=float, default=0)
    args = parser.parse_args()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "in").mkdir()
        for source in [args.gold, *args.documents]:
            for path in sorted(pathlib.Path(source).iterdir()):
                if path.suffix in (".txt", ".html"):
                    shutil.copy(path, work / "in")
        db = str(work / "k.kn")
        subprocess.run([args.program, "import", str(work / "in"), "--db", db], check=True, stdout=subprocess.DEVNULL)
        graph = work / "graph.jsonl"
        with graph.open("wb") as out:
            subprocess.run([args.program, "export", "--db", db, "--format", "jsonl"], check=True, stdout=out)
        score = [sys.executable, args.score, "--gold", args.gold, "--graph", str(graph)]
        subprocess.run(score, check=True)
        result = json.loads(subprocess.run(score + ["--json"], check=True, capture_output=True).stdout)
        for floor in args.floor:
            measure, value = floor.split("=")
            if measure == "leaks":
                share = result["shares"].get("traps leaked", {"share": 0})["share"]
                if share > float(value):
                    failures.append("traps leaked %.3f is above %s" % (share, value))
            elif result["rows"][measure]["F1"] < float(value):
                failures.append("%s %.3f is below %s" % (measure, result["rows"][measure]["F1"], value))
        failures += ["evidence defect: %s: %d" % item for item in result["evidence"].items()]
        failures += ["not in the graph: %s" % name for name in result["missing"]]
        if args.questions:
            command = "%s query --db %s --format json" % (shlex.quote(args.program), shlex.quote(db))
            ask = [sys.executable, args.score, "--questions", args.questions, "--command", command]
            subprocess.run(ask, check=True)
            mean = json.loads(subprocess.run(ask + ["--json"], check=True, capture_output=True).stdout)["mean"]
            if mean["exact"] < args.questions_floor:
                failures.append("questions exact %.2f is below %s" % (mean["exact"], args.questions_floor))
    print("\n".join(failures) or "all floors held")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
