#!/usr/bin/env python3
"""readers.py KETNGHIA FOLDER_OF_DOCUMENTS [READERS] [SECONDS]

Readers query a database for as long as a writer imports documents into it, some at a time, and forgets them
again. Each reader counts errors, and answers that show half an import: an event without the document that told it. Prints
how many queries were answered, how long they took, and how many went wrong."""
import glob, json, multiprocessing, os, random, statistics, subprocess, sys, tempfile, time

program, documents = sys.argv[1:3]
readers = int(sys.argv[3]) if len(sys.argv) > 3 else 8
seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 60
# Every event of an import has evidence in a document of it: a graph with one and not the other is half a one.
QUESTION = ("OPTIONAL MATCH (e:Event) WITH count(e) AS events, sum(CASE WHEN size(evidence(e)) = 0 THEN 1 ELSE 0 END) AS bare "
            "OPTIONAL MATCH (e:Event)-[:MENTIONED_IN]->(d) RETURN events, bare, count(DISTINCT e) AS told")


def read(database, until, answers):
    times, wrong = [], []
    while time.time() < until:
        begun = time.perf_counter()
        done = subprocess.run([program, "query", QUESTION, "--db", database, "--format", "json"], capture_output=True, text=True)
        times.append((time.perf_counter() - begun) * 1e3)
        if done.returncode != 0:
            wrong.append(done.stderr)
            continue
        events, bare, told = json.loads(done.stdout)["rows"][0]
        if bare != 0:
            wrong.append(f"half an import: of {events} events {bare} without evidence, {told} mentioned")
    answers.put((times, wrong))


with tempfile.TemporaryDirectory() as folder:
    database = os.path.join(folder, "db")
    files = sorted(file for file in glob.glob(documents + "/*") if file.endswith((".txt", ".html")))
    subprocess.run([program, "import", files[0], "--db", database], check=True, capture_output=True)
    until, answers = time.time() + seconds, multiprocessing.Queue()
    crowd = [multiprocessing.Process(target=read, args=(database, until, answers)) for _ in range(readers)]
    for one in crowd:
        one.start()
    imports, failed = 0, []
    while time.time() < until:
        some = random.sample(files, min(len(files), 3))
        for command in (["import", *some], ["forget", os.path.basename(some[0])]):
            done = subprocess.run([program, *command, "--db", database], capture_output=True, text=True)
            imports += 1
            if done.returncode != 0 and command[0] == "import":
                failed.append(done.stderr)
    gathered = [answers.get() for _ in crowd]
    for one in crowd:
        one.join()
    times = sorted(t for some, _ in gathered for t in some)
    wrong = [w for _, some in gathered for w in some]
    print(f"{readers} readers, {seconds:.0f} s: {len(times)} queries answered, median {statistics.median(times):.0f} ms, "
          f"p95 {times[int(len(times) * .95)]:.0f} ms; {imports} writes; wrong {len(wrong)}, writes failed {len(failed)}")
    for line in (wrong + failed)[:5]:
        print(line)
    sys.exit(1 if wrong or failed else 0)
