"""How long `serve` takes to answer when its data are there, beside what Django's own start costs in the same run.

Run it on a quiet machine: `.venv/bin/python bench/start.py`. The first start loads the demo if there is none.
"""

import re
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7


def served() -> float:
    """Seconds from the command to the first page."""
    begun = time.monotonic()
    command = [sys.executable, "manage.py", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        lines = iter(process.stdout.readline, "")  # type: ignore[union-attr]
        address = next(found[0] for line in lines if (found := re.search(r"http://\S+/admin/", line)))
        urllib.request.urlopen(f"{address}login/").read()
        took = time.monotonic() - begun
        process.terminate()
    return took


def checked() -> float:
    """Seconds of `manage.py check`, which starts Django and no more."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, check=True, capture_output=True)
    return time.monotonic() - begun


served()
starts, checks = [], []
for _ in range(RUNS):
    starts.append(served())
    checks.append(checked())
start, check = statistics.median(starts), statistics.median(checks)
print(f"serve, data kept: {start:.2f} s; manage.py check: {check:.2f} s; ratio {start / check:.2f}; medians of {RUNS}")
