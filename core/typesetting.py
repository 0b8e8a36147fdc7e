"""Papers for people as accessible PDF (PDF/UA-1), set by typst from a template and plain values.

The same values give the same bytes: the date is the paper's own, fonts come from the project alone, and nothing is read
from the machine. The fonts hold every Hangul syllable and the Hanja that names are written with.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

_PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = _PROJECT / "templates"
FONTS = _PROJECT / "fonts"


def pdf(template: str, values: Mapping[str, Any], dated: datetime) -> bytes:
    """The paper that a template under `templates/` makes of these values, dated as it says.

    typst.TypstError where the paper would not be accessible, or holds a character that no font has.
    """
    # Values go in as one JSON text, so that nothing in them is ever read as markup.
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values, ensure_ascii=False, sort_keys=True)},
        timestamp=dated.replace(microsecond=0),  # typst knows no parts of a second, and what really happened has them
        format="pdf",
        pdf_standards=["ua-1"],
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
