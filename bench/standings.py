"""Standings against plain SQL, as ratios within one run: `.venv/bin/python bench/standings.py [S M L XL]`.

DATABASE_URL names a PostgreSQL whose user may create databases; fsync must be on. Medians of 7, on a quiet machine.
With --statements what is asked for one score is printed.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.filling import SIZES, own_database, start


def main() -> None:
    start(own_database(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")))
    from bench.measuring import Bench  # Django must be set up before its models can be read

    print("| size | what | ours ms | plain ms | ratio | bar |\n|---|---|---|---|---|---|")
    for name in [each for each in sys.argv[1:] if each in SIZES] or ["M", "L", "XL"]:
        bench = Bench(SIZES[name])
        bench.whole()
        bench.board()
        bench.one()


main()
