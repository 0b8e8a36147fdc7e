"""Recomputes a published result from the inputs in this archive, and compares: python3 verify.py [folder or zip].

Needs Python 3.9 or later and nothing else, and shares no code with the system that published the result. Exit 0:
all that follows from the inputs agrees. Exit 1: something does not, or cannot be read, and is named.
"""

import csv
import hashlib
import json
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

COLUMNS = {
    "points": ["team", "criterion", "points"],
    "measurements": ["team", "criterion", "name", "value"],
    "sheets": ["sheet", "team", "criterion", "points"],
    "responses": ["batch", "team", "criterion", "mark"],
    "verdicts": ["team", "gate", "verdict"],
}
ANCHOR = """No digest covers round, number, made_at and criteria_version, nor what else README.txt names.
Compare with what was published: round {round}, snapshot {number}, digest {digest}, inputs_digest {inputs_digest}"""
at = [""]  # what is being read or computed: whatever goes wrong is told with its place


def read(root, name):
    at[0] = name
    return (root / name).read_bytes().decode("utf-8")


def once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError(f"a name stands twice among {[name for name, _ in pairs]}")
    return dict(pairs)


def digest(lines):
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8")).hexdigest()


def half_up(value, places):
    whole, rest = divmod(int((2 * value * 10**places + 1) // 2), 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def aggregate(leaf, texts):
    """The exact aggregate, or None while the values are too few; a median leaves out all but the middle."""
    values, kind = sorted(map(Fraction, texts)), leaf["aggregate"]
    out = {"median": (len(values) - 1) // 2, "trimmed_mean": leaf["trim"]}.get(kind, 0)
    kept = values[out : len(values) - out]
    return None if len(values) < leaf["least"] else sum(kept) / (1 if kind == "sum" else len(kept))


def scaled(leaf, value, team, least, best):
    full, scale = Fraction(leaf["points"]), leaf["scale"]
    if scale["kind"] in {"points", "linear"}:
        return value * Fraction(scale.get("factor", 1))
    if scale["kind"] == "share_of_target":
        return min(full, full * value / Fraction(scale["targets"][team]))
    if scale["kind"] == "share_of_best":
        return full * value / best if best else Fraction(0)
    return full * (value - least) / (best - least) if best != least else full


def leaves_of(rules, code):
    below = [each["code"] for each in rules["criteria"] if each["under"] == code]
    return [leaf for child in below for leaf in leaves_of(rules, child)] if below else [code]


def scores_of(rules, teams, values):
    """team -> criterion or "total" -> score as text, None while values are too few; parents add up their leaves."""
    found = {team: {} for team in teams}
    for code, leaf in {each["code"]: each for each in rules["criteria"] if "source" in each}.items():
        at[0] = f"rules.json or inputs/: criterion {code}"
        given = {team: value for team in teams if (value := aggregate(leaf, values[team, code])) is not None}
        ends = min(given.values(), default=None), max(given.values(), default=None)
        for team, of in found.items():
            of[code] = half_up(scaled(leaf, given[team], team, *ends), leaf["places"]) if team in given else None
    at[0] = "rules.json or inputs/"
    parts = {each["code"]: leaves_of(rules, each["code"]) for each in rules["criteria"]}
    for of in found.values():
        for code, below in [*parts.items(), ("total", leaves_of(rules, None))]:
            known = [of[leaf] for leaf in below]
            of[code] = None if None in known else str(sum(map(Decimal, known)))
    return found


def standings_of(rules, scores, orders, verdicts):
    """team -> rank and outcome: by total, then the criteria that break ties, then the orders that officials gave."""
    sharing, found, first, empty = defaultdict(list), {}, 1, rules["seats"]
    for team, of in scores.items():
        if of["total"] is not None:
            sharing[tuple(Fraction(of[code]) for code in ("total", *rules["ties"]))].append(team)
    for key in sorted(sharing, reverse=True):
        given = [order for order in orders if set(sharing[key]) <= set(order)]
        low = rules["floor"] is not None and key[0] < Fraction(rules["floor"])
        for place, team in enumerate(sorted(sharing[key], key=given[-1].index) if given else sharing[key]):
            rank = first + (place if given else 0)
            failed = any(verdicts.get((team, gate)) == "failed" for gate in rules["gates"])
            outcome = "gate_failed" if failed else "below_floor" if low else "advanced"
            if rank > rules["seats"] and not (outcome == "advanced" and rules["vacancy"] == "promote" and empty > 0):
                outcome = "eliminated"
            found[team] = rank, outcome
            empty -= outcome == "advanced"
        first += len(sharing[key])
    return found


def input_lines(rules_text, inputs):
    yield "rules " + digest([rules_text])
    for table, word in {"points": "points", "measurements": "measurement", "verdicts": "verdict"}.items():
        yield from (" ".join([word, *row.values()]) for row in inputs[table])
    yield from (" ".join(["order", str(number), *order]) for number, order in enumerate(inputs["orders"], start=1))
    yield from (f"withdrawn {team}" for team in inputs["withdrawn"])
    parts = defaultdict(list)
    for row in inputs["sheets"]:
        parts["sheet " + row["team"], row["sheet"]].append("{criterion} {points}".format(**row))
    for row in inputs["responses"]:
        parts["responses {team} {criterion}".format(**row), row["batch"]].append(row["mark"])
    yield from (f"{of} {digest(lines)}" for (of, _), lines in parts.items())


def result_of(rules, inputs):
    """All that follows from rules and inputs: what snapshot.json should say, with its rows by their teams."""
    values, teams, gone = defaultdict(list), inputs["entries"], inputs["withdrawn"]
    for row in (row for table in COLUMNS for row in inputs[table]):
        values[row["team"], row.get("criterion")].append([*row.values()][-1])
    scores = scores_of(rules, [team for team in teams if team not in gone], values)
    verdicts = {(row["team"], row["gate"]): row["verdict"] for row in inputs["verdicts"]}
    found = {**standings_of(rules, scores, inputs["orders"], verdicts), **dict.fromkeys(gone, (None, "withdrawn"))}
    rows, lines, means, codes = {}, [], {}, [each["code"] for each in rules["criteria"]]
    for team in sorted(teams, key=lambda team: found.get(team, (None,))[0] or len(teams) + 1):
        (rank, outcome), of = found.get(team, (None, "undecided")), scores.get(team, {})
        row = {"team": team, "rank": rank, "total": of.get("total"), "outcome": outcome}
        parts = {code: of.get(code) for code in codes}, {gate: verdicts.get((team, gate)) for gate in rules["gates"]}
        shown = [f"{name}={value or '-'}" for part in parts for name, value in part.items()]
        lines.append(" ".join(["row", *(str(value or "-") for value in row.values()), *shown]))
        rows[team] = {**row, "scores": parts[0], "gates": parts[1]}
    for code in (*codes, "total"):
        column = [Fraction(of[code]) for of in scores.values() if of["total"] is not None]
        means[code] = half_up(sum(column) / len(column), rules["mean_places"]) if column else None
        lines.append(f"mean {code} {means[code] or '-'}")
    won = sum(row["outcome"] == "advanced" for row in rows.values())
    left = max(0, rules["seats"] - won)
    return {"advanced": won, "vacancies": left, "means": means, "digest": digest(lines), "rows": rows}


def compared(what, follows, said):
    """Every place below `what` where something else is said than follows; `...` stands for nothing at all."""
    if isinstance(follows, dict) and isinstance(said, dict):
        for name in {**follows, **said}:
            yield from compared(f"{what}: {name}", follows.get(name, ...), said.get(name, ...))
    elif (type(follows), follows) != (type(said), said):
        told = ["nothing" if each is ... else json.dumps(each, ensure_ascii=False) for each in (said, follows)]
        yield "{}: {} is said, {} follows from rules.json and inputs/".format(what, *told)


def differences(root, said):
    """Every way in which snapshot.json is not what follows, or the inputs are not as an export writes them."""
    rules_text = read(root, "rules.json")
    rules = json.loads(rules_text, object_pairs_hook=once)
    inputs = json.loads(read(root, "inputs/decided.json"), object_pairs_hook=once)
    entries, orders, withdrawn = (inputs[name] for name in sorted(inputs))
    if not all(isinstance(each, list) and len("".join(each).split()) <= 1 for each in (entries, withdrawn, *orders)):
        yield "inputs/decided.json: not lists of teams alone"
    for table, columns in COLUMNS.items():
        rows = csv.DictReader(read(root, f"inputs/{table}.csv").split("\n"))
        inputs[table] = list(rows)
        # With a space in a cell a line of the digest could be read in two ways; a measurement's name may have some.
        plain = ("".join(cell for name, cell in row.items() if name != "name").split() for row in inputs[table])
        if rows.fieldnames != columns or any(len(words) > 1 for words in plain):
            yield f"inputs/{table}.csv: its columns are not {columns}, or there is a space in a cell"
    at[0] = "rules.json or inputs/"
    if digest(input_lines(rules_text, inputs)) != said.get("inputs_digest"):
        yield "snapshot.json: inputs_digest: is not that of rules.json and inputs/ as they stand here"
    beside = ("inputs_digest", "round", "number", "made_at", "criteria_version")
    result = {**result_of(rules, inputs), **{name: said.get(name) for name in beside}}
    at[0] = "snapshot.json"
    teams = {place: row["team"] for place, row in enumerate(said["rows"], start=1)}
    yield from compared("snapshot.json", result, {**said, "rows": {row["team"]: row for row in said["rows"]}})
    yield from compared("snapshot.json: row", dict(enumerate(result["rows"], start=1)), teams)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    place, found = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent, 0
    try:
        root = zipfile.Path(place) if zipfile.is_zipfile(place) else place
        said = dict(json.loads(read(root, "snapshot.json"), object_pairs_hook=once))
        for found, each in enumerate(differences(root, said), start=1):  # noqa: B007 - how many decides the exit
            print(f"DIFFERS: {each}", flush=True)
        print(*([] if found else ["Everything agrees."]), ANCHOR.format(**said), sep="\n")
    except Exception as broken:
        print(f"DIFFERS: the archive cannot be read: {at[0]}: {type(broken).__name__} {broken}")
        found = 1
    sys.exit(bool(found))
