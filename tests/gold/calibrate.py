#!/usr/bin/env python3
"""How often what each rule reads is right, by the gold: the table importers/lexicon/rule_confidence.tsv
and the reliability table of docs/extraction-quality.md.

    calibrate.py --program ketnghia --score score.py --uncalibrated LEXICON --table OUT.tsv DIR…

Each DIR holds documents with their NAME.gold.json beside them; sub-folders count as one set each. The
program runs with a lexicon whose rule_confidence.tsv has a row of the kind "raw", so that every fact carries the raw
confidence that the rule gave by its context (which slots were filled). A fact is right where score.py
matches it with the gold, and left out where the gold calls it optional.

The confidence of a rule at one raw level is (right + w·p) / (all + w): p is the share of right facts of
that kind over all rules, w = 4 pretended facts, so that a rule seen twice is not believed to be sure.
Reliability is told for facts of sets that the table was not made from: each set in turn is left out.
"""
import argparse
import importlib.util
import json
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

WEIGHT = 4
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def facts_of(S, golds, graph):
    """(kind, rule, raw confidence, right) of every fact that is neither right nor optional-neutral."""
    facts = []

    def note(kind, item, right):
        for e in (item.get("evidence") or ())[:1]:
            facts.append((kind, e["rule"], round(e["confidence"], 2), bool(right)))

    for gold in golds:
        name = gold["document"]
        if name not in graph.documents:
            continue
        T, aside = defaultdict(S.Tally), defaultdict(list)
        matched, neutral = {}, set()
        pair = S.pair

        def spy(wanted, found, credit, tally):
            pairs = pair(wanted, found, credit, tally)
            for g, f, value in pairs:
                if isinstance(f, str):
                    matched[f] = value
            if found and isinstance(found[0], str):
                taken = {f for _, f, _ in pairs}
                for f in found:
                    if f not in taken and any(g.get("optional") and credit(g, f)[0] for g in wanted):
                        neutral.add(f)
            return pairs

        S.pair = spy
        try:
            S.score_document(gold, graph, T, aside)
        finally:
            S.pair = pair
        for kind, label in (("event", "Event"), ("agreement", "Agreement")):
            for key in graph.items(name, label):
                if key not in neutral:
                    note(kind, graph.nodes[key], matched.get(key, 0) >= 1)
        book = {e["name"]: S.keys_of(e, e["label"]) for e in gold["entities"]}
        known = lambda n: book.get(n) or (S.fold(n), set())  # noqa: E731
        for edge in graph.items(name, "HOLDS"):
            fits = [g for g in gold["holds"] if S.same_name(known(g["person"]), graph.keys(edge["from"]))
                    and any(S.same_name(known(b), graph.keys(edge["to"])) for b in (g["of"], *g.get("of_alt", ())))
                    and S.head(g["title"]) == S.head(str(edge["properties"].get("title", "")))]
            if not fits or any(not g.get("optional") for g in fits):
                note("hold", edge, fits)
        for key in graph.items(name, "entities"):
            label = graph.label(key)
            if label in S.LABELS and key not in neutral:
                note("entity", graph.nodes[key], key in matched)
        for kind, edge_type, label in (("role", "TOOK_PART", "Event"), ("party", "PARTY_TO", "Agreement")):
            wanted = {}
            for g in gold["events"] if label == "Event" else gold["agreements"]:
                names = [p["name"] for p in g.get("participants", ())] + list(g.get("parties", ())) + \
                        list(g.get("signatories", ()))
                wanted[g["quote"]] = names
            for edge in graph.items(name, edge_type):
                if edge["to"] not in matched:
                    continue
                quotes = [e["quote"] for e in graph.nodes[edge["to"]].get("evidence") or ()]
                names = [n for q, ns in wanted.items() if any(q in e or e in q for e in quotes) for n in ns]
                if names:
                    note(kind, edge, any(S.same_name(known(n), graph.keys(edge["from"])) for n in names))
    return facts


def table_of(facts):
    kinds, rules = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    for kind, rule, raw, right in facts:
        for counts in (kinds[kind], rules[kind, rule, raw]):
            counts[0] += right
            counts[1] += 1
    share = {k: r / n for k, (r, n) in kinds.items()}
    return share, {key: ((r + WEIGHT * share[key[0]]) / (n + WEIGHT), r, n) for key, (r, n) in rules.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--score", required=True)
    parser.add_argument("--uncalibrated", required=True, help="a lexicon folder that turns the table off")
    parser.add_argument("--table", required=True)
    parser.add_argument("folders", nargs="+", help="DIR or DIR=DOCUMENTS where the documents lie elsewhere")
    options = parser.parse_args()
    S = load(options.score)
    sets = {}
    for folder in options.folders:
        gold, *documents = folder.split("=")
        with tempfile.TemporaryDirectory() as work:
            subprocess.run([options.program, "import", *(documents[0].split(",") if documents else []), gold, "--db", work + "/g.kn",
                            "--lexicon", options.uncalibrated], check=False, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            with open(work + "/g.jsonl", "w", encoding="utf-8") as out:
                subprocess.run([options.program, "export", "--db", work + "/g.kn"], check=True, stdout=out)
            sets[gold] = facts_of(S, S.read_gold([gold]), S.Graph(work + "/g.jsonl"))
    share, table = table_of([f for facts in sets.values() for f in facts])
    with open(options.table, "w", encoding="utf-8") as out:
        out.write("kind\trule\ttold\tconfidence\tright\tof\n")
        for kind in sorted(share):
            rows = [(r, n) for (k, _, _), (_, r, n) in table.items() if k == kind]
            out.write("%s\t*\t\t%.2f\t%d\t%d\n" % (kind, share[kind], sum(r for r, _ in rows), sum(n for _, n in rows)))
        for (kind, rule, raw), (confidence, right, of) in sorted(table.items()):
            out.write("%s\t%s\t%.2f\t%.2f\t%d\t%d\n" % (kind, rule, raw, confidence, right, of))
    bins = defaultdict(lambda: [0, 0, 0.0])
    brier = [0.0, 0]
    for left_out, facts in sets.items():
        share, table = table_of([f for name, fs in sets.items() if name != left_out for f in fs])
        for kind, rule, raw, right in facts:
            told = table.get((kind, rule, raw), (share.get(kind, 0.5),))[0]
            place = next(i for i in range(len(BINS) - 1) if BINS[i] <= told < BINS[i + 1])
            bins[place][0] += right
            bins[place][1] += 1
            bins[place][2] += told
            brier[0] += (told - right) ** 2
            brier[1] += 1
    print("| told | facts | told on average | right |\n|---|---:|---:|---:|")
    for place in sorted(bins):
        right, of, told = bins[place]
        print("| %.2f to %.2f | %d | %.2f | %.2f |" % (BINS[place], min(1, BINS[place + 1]), of, told / of, right / of))
    print("\nBrier score %.3f over %d facts" % (brier[0] / brier[1], brier[1]))


if __name__ == "__main__":
    main()
