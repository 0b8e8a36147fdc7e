"""Recomputes a published result from the inputs in this archive, and compares: python3 verify.py [folder or zip].

Needs Python 3.9 or later and nothing else, and shares no code with the system that published the result. Exit 0:
digests, scores, totals, ranks, outcomes and means agree. Exit 1: something does not, and is named.
"""

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path


def read(place, name):
    """The text of one file of the archive."""
    if zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            return archive.read(name).decode("utf-8")
    return (Path(place) / name).read_text(encoding="utf-8")


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest(lines):
    """SHA-256 of lines in the order of their characters."""
    return sha256("\n".join(sorted(lines)))


def half_up(value, places):
    """A fraction, rounded once, as text with its places."""
    whole, rest = divmod(int((2 * value * 10**places + 1) // 2), 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def aggregate(leaf, texts):
    """The exact aggregate, or None while the values are too few."""
    if len(texts) < leaf["least"]:
        return None
    values = sorted(Fraction(text) for text in texts)
    if leaf["aggregate"] == "sum":
        return sum(values, Fraction(0))
    if leaf["aggregate"] == "median":
        middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
        return sum(middle, Fraction(0)) / len(middle)
    trim = leaf["trim"] if leaf["aggregate"] == "trimmed_mean" else 0
    kept = values[trim : len(values) - trim]
    return sum(kept, Fraction(0)) / len(kept)


def scaled(leaf, value, team, everybody):
    """The exact points for an aggregate."""
    full, scale = Fraction(leaf["points"]), leaf["scale"]
    if scale["kind"] == "points":
        return value
    if scale["kind"] == "linear":
        return value * Fraction(scale["factor"])
    if scale["kind"] == "share_of_target":
        return min(full, full * value / Fraction(scale["targets"][team]))
    least, best = everybody
    if scale["kind"] == "share_of_best":
        return full * value / best if best else Fraction(0)
    return full * (value - least) / (best - least) if best != least else full


def scores_of(rules, teams, gone, values):
    """team -> criterion -> score as text or None; parents add up their leaves."""
    found, leaves = {team: {} for team in teams}, [each for each in rules["criteria"] if "source" in each]
    for leaf in leaves:
        known = {team: aggregate(leaf, values[team, leaf["code"]]) for team in teams if team not in gone}
        given = {team: value for team, value in known.items() if value is not None}
        ends = (min(given.values()), max(given.values())) if given else None
        for team in teams:
            exact = scaled(leaf, given[team], team, ends) if team in given else None
            found[team][leaf["code"]] = None if exact is None else half_up(exact, leaf["places"])
    for team in teams:
        leaf_scores = dict(found[team])
        found[team] = {each["code"]: added(under(rules, each["code"]), leaf_scores) for each in rules["criteria"]}
        found[team]["total"] = added([leaf["code"] for leaf in leaves], leaf_scores)
    return found


def under(rules, code):
    """The leaves that make up a criterion."""
    below = [each["code"] for each in rules["criteria"] if each["under"] == code]
    return [leaf for child in below for leaf in under(rules, child)] if below else [code]


def added(leaves, scores):
    known = [scores[leaf] for leaf in leaves]
    return None if None in known else str(sum(map(Decimal, known), Decimal(0)))


def ranks_of(rules, scores, orders):
    """team -> rank, by total, then the criteria that break ties, then the orders that officials gave."""
    sharing, found, first = defaultdict(list), {}, 1
    for team, of in scores.items():
        if of["total"] is not None:
            sharing[tuple(Fraction(of[code]) for code in ("total", *rules["ties"]))].append(team)
    for key in sorted(sharing, reverse=True):
        given = [order for order in orders if set(sharing[key]) <= set(order)]
        ordered = sorted(sharing[key], key=given[-1].index) if given else sharing[key]
        for place, team in enumerate(ordered):
            found[team] = first + (place if given else 0)
        first += len(ordered)
    return found


def outcomes_of(rules, scores, ranks, verdicts, gone):
    """team -> outcome; a published result has one for everybody."""
    floor = rules["floor"]

    def hindered(team):
        if any(verdicts.get((team, gate)) == "failed" for gate in rules["gates"]):
            return "gate_failed"
        return "below_floor" if floor is not None and Decimal(scores[team]["total"]) < Decimal(floor) else ""

    found, empty = dict.fromkeys(gone, "withdrawn"), rules["seats"]
    for team in sorted(ranks, key=ranks.get):  # those within the seats come first
        if ranks[team] <= rules["seats"]:
            found[team] = hindered(team) or "advanced"
        else:
            moves_up = rules["vacancy"] == "promote" and empty > 0 and not hindered(team)
            found[team] = "advanced" if moves_up else "eliminated"
        empty -= found[team] == "advanced"
    return found


def input_lines(rules_text, inputs):
    """The lines of which the digest of the inputs is taken."""
    yield "rules " + sha256(rules_text)
    for row in inputs["points"]:
        yield "points {team} {criterion} {points}".format(**row)
    for row in inputs["measurements"]:
        yield "measurement {team} {criterion} {name} {value}".format(**row)
    for row in inputs["verdicts"]:
        yield "verdict {team} {gate} {verdict}".format(**row)
    for number, order in enumerate(inputs["orders"], start=1):
        yield " ".join(["order", str(number), *order])
    yield from (f"withdrawn {team}" for team in inputs["withdrawn"])
    sheets, batches = defaultdict(list), defaultdict(list)
    for row in inputs["sheets"]:
        sheets[row["sheet"], row["team"]].append("{criterion} {points}".format(**row))
    for row in inputs["responses"]:
        batches[row["batch"], row["team"], row["criterion"]].append(row["mark"])
    yield from (f"sheet {team} {digest(lines)}" for (_, team), lines in sheets.items())
    yield from (f"responses {team} {code} {digest(lines)}" for (_, team, code), lines in batches.items())


def differences(place):
    """Every way in which the published result differs from what follows from the inputs."""
    rules_text, published = read(place, "rules.json"), json.loads(read(place, "snapshot.json"))
    rules, inputs = json.loads(rules_text), json.loads(read(place, "inputs/decided.json"))
    names = ("points", "measurements", "sheets", "responses", "verdicts")
    for name in names:
        inputs[name] = list(csv.DictReader(io.StringIO(read(place, f"inputs/{name}.csv"), newline="")))
    if digest(input_lines(rules_text, inputs)) != published["inputs_digest"]:
        yield "the digest of the inputs"
    values = defaultdict(list)  # (team, criterion) -> values
    columns = {"points": "points", "sheets": "points", "measurements": "value", "responses": "mark"}
    for name, column in columns.items():
        for row in inputs[name]:
            values[row["team"], row["criterion"]].append(row[column])
    rows, gone = {row["team"]: row for row in published["rows"]}, set(inputs["withdrawn"])
    scores = scores_of(rules, list(rows), gone, values)
    ranks = ranks_of(rules, scores, inputs["orders"])
    verdicts = {(row["team"], row["gate"]): row["verdict"] for row in inputs["verdicts"]}
    outcomes = outcomes_of(rules, scores, ranks, verdicts, gone)
    lines, codes = [], [each["code"] for each in rules["criteria"]]
    for team, row in rows.items():
        mine = {"total": scores[team]["total"], "rank": ranks.get(team), "outcome": outcomes[team]}
        mine["scores"] = {code: scores[team][code] for code in codes}
        mine["gates"] = {gate: verdicts.get((team, gate)) for gate in rules["gates"]}
        yield from (f"{team}: {what}" for what, value in mine.items() if row[what] != value)
        shown = ["row", team, mine["rank"] or "-", mine["total"] or "-", mine["outcome"]]
        shown += [f"{name}={value or '-'}" for part in ("scores", "gates") for name, value in mine[part].items()]
        lines.append(" ".join(map(str, shown)))
    for code in (*codes, "total"):
        column = [Fraction(scores[team][code]) for team in rows if scores[team]["total"] is not None]
        mean = half_up(sum(column, Fraction(0)) / len(column), rules["mean_places"]) if column else None
        if mean != published["means"][code]:
            yield f"the mean of {code}"
        lines.append(f"mean {code} {mean or '-'}")
    if digest(lines) != published["digest"]:
        yield "the digest of the result"


if __name__ == "__main__":
    found = list(differences(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent))
    print("\n".join(f"DIFFERS: {each}" for each in found) or "Everything agrees.")
    sys.exit(1 if found else 0)
