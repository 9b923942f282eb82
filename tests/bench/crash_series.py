#!/usr/bin/env python3
"""crash_series.py KETNGHIA GRAPH.jsonl FOLDER_OF_DOCUMENTS [KILLS] [SEED]

Kills imports and loads at random points. After each kill `check` must find the database clean, and what an import or a
load that had ended acknowledged must all be there. Prints one line of figures; says where it went wrong."""
import glob, os, random, re, shutil, signal, subprocess, sys, tempfile, time

program, graph, documents = sys.argv[1:4]
kills = int(sys.argv[4]) if len(sys.argv) > 4 else 500
seed = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(1 << 30)
random.seed(seed)
files = sorted(file for file in glob.glob(documents + "/*") if file.endswith((".txt", ".html")))


def run(*command):
    return subprocess.run([program, *command], capture_output=True, text=True)


def sizes(database):
    found = re.search(r"([\d,]+) nodes?, ([\d,]+) edges?", run("check", "--db", database).stdout)
    return tuple(int(n.replace(",", "")) for n in found.groups())


def killed(command, longest):
    """Whether it was still running."""
    child = subprocess.Popen([program, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.uniform(0, longest))
    running = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    return running


def fail(what, done=None):
    print(f"seed {seed}: {what}", done.stdout + done.stderr if done else "")
    sys.exit(1)


with tempfile.TemporaryDirectory() as folder:
    loaded = os.path.join(folder, "loaded")
    begun = time.time()
    run("load", graph, "--db", loaded).check_returncode()
    load_time, whole = time.time() - begun, sizes(loaded)
    begun = time.time()
    run("import", *files, "--db", os.path.join(folder, "imported")).check_returncode()
    import_time = time.time() - begun
    counts = {"load": 0, "import": 0}
    database, rounds = os.path.join(folder, "k"), 0
    acknowledged = (0, 0)
    while sum(counts.values()) < kills:
        rounds += 1
        kind = random.choice(("load", "import"))
        if kind == "load":
            interrupted = killed(["load", graph, "--db", database], load_time * 1.1)
        else:
            interrupted = killed(["import", *random.sample(files, len(files)), "--db", database], import_time * 1.1)
        counts[kind] += interrupted
        if os.path.exists(database + "/data.mdb"):
            done = run("check", "--db", database)
            # Killed before its first transaction it is none yet.
            none = "there is no database" in done.stderr and acknowledged == (0, 0)
            if done.returncode != 0 and not none:
                fail(f"round {rounds} ({kind}) left it damaged:", done)
            if done.returncode == 0:
                now = sizes(database)
                if now[0] < acknowledged[0] or now[1] < acknowledged[1]:
                    fail(f"round {rounds} ({kind}): {acknowledged} were acknowledged, {now} are there")
                if kind == "load" and not interrupted and (now[0] < whole[0] or now[1] < whole[1]):
                    fail(f"round {rounds}: a load of {whole} ended, {now} are there")
                acknowledged = now
        if random.random() < 0.15:
            shutil.rmtree(database, ignore_errors=True)
            acknowledged = (0, 0)
    print(f"seed {seed}: {kills} kills in {rounds} rounds ({counts['load']} loads, {counts['import']} imports), the check clean after each, "
          f"nothing acknowledged lost")
