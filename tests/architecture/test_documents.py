"""What the documents say of each other."""

import re

from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"


def test_the_index_names_every_decision_by_its_title():
    written = [
        (f"adr/{path.name}", path.read_text(encoding="utf-8").partition("\n")[0])
        for path in sorted((DOCS / "adr").glob("*.md"))
    ]
    rows = re.findall(r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$", (DOCS / "README.md").read_text(encoding="utf-8"), re.M)
    assert [(address, f"# {number} {title}") for number, address, title in rows] == written
