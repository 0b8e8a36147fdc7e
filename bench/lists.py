"""Database time of the panel's lists over large tables: `.venv/bin/python bench/lists.py`.

DATABASE_URL names a PostgreSQL whose user may create databases. Each page is asked for once to warm up and then seven
times; the median of what its statements took together is printed, beside the bar of 200 ms.
"""

import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.filling import own_database, start

RUNS, BAR = 7, 200
PAGES = (
    ("evaluation/entry", "?round__id__exact={round}", "?q=team-77", "?q=team", "?p=1900"),
    ("evaluation/document", "?late__exact=1", "?q=report-77", "?q=report", "?p=1900"),
    ("evaluation/enquiry", "?round__id__exact={round}", "?q=enquiry-77", "?q=enquiry", "?p=1900"),
    ("evaluation/conflictdeclaration", "?kind__exact=kinship", "?q=team-77", "?q=team", "?p=1900"),
    ("evaluation/sheet", "?entry__round__id__exact={round}", "?q=team-77", "?q=team", "?p=1900"),
    ("evaluation/finding", "?entry__round__id__exact={round}", "?q=team-77", "?q=team", "?p=1900"),
    ("evaluation/responsebatch", "?entry__round__id__exact={round}", "?q=batch-77", "?q=batch", "?p=1900"),
    ("appeals/appeal", "?state__exact=admitted", "?q=appeal-77", "?q=appeal", "?p=1900"),
    ("consortia/team", "?programme__id__exact={programme}", "?q=team-77", "?q=team", "?p=1900"),
    ("consortia/organisation", "?programme__id__exact={programme}", "?q=org-77", "?q=org", "?p=1900"),
    ("consortia/application", "?state__exact=submitted", "?q=team-77", "?q=team", "?p=1900"),
    ("consortia/grant", "?line__id__exact={line}", "?q=team-77", "?q=team", "?p=1900"),
    ("core/account", "?grants__role__exact=evaluator", "?q=lists.expert-77", "?q=lists", "?p=1900"),
    ("core/decision", "?state__exact=prepared", "?q=subject-77", "?q=subject", "?p=1900"),
    ("core/event", "?verb=open_round", "?q=subject-77", "?q=subject", "?p=1900"),
    ("core/ledgeritem", "?relation=evaluation_document", "?q=lists.expert-77", "?q=lists", "?p=1900"),
    ("core/ledgerblock", "?o=1", "?o=-1", "", "?p=1900"),
)
"""A list; a page of it that is filtered, one that is searched, one whose search finds every row, and one far back."""


def main() -> None:
    start(own_database(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")))
    from bench.listed import Reader, filled  # Django must be set up before its models can be read

    facts = filled()
    reader = Reader()
    heads = ("list", "first page ms", "filtered ms", "search ms", "search that finds all ms", "deep ms", f"under {BAR}")
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for name, *queries in PAGES:
        took = []
        for query in ("", *queries):
            address = f"/admin/{name}/{query.format(**facts)}"
            reader.database_ms(address)
            took.append(statistics.median(reader.database_ms(address) for _ in range(RUNS)))
        shown = " | ".join(f"{each:.1f}" for each in took)
        print(f"| {name} | {shown} | {'yes' if max(took) < BAR else 'NO'} |", flush=True)


main()
