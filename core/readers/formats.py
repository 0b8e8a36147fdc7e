"""Which formats of cells show a number as a date or a time (ECMA-376, part 1, 18.8.30 and 18.8.31).

A date is kept as the number of days since 1900: without its format it would be taken for a mark of 46,000.
"""

import re
from zipfile import ZipFile

from core.readers.parts import MAIN, require_main, styles, tree

BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of formats that no file describes; those of the second and the last range are dates in Korea."""
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].?', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NO_DATE = re.compile(r"\[[^\]]*\]?|general|g/[^\x00-\x7f]+|e[+-]", re.IGNORECASE)
"""Colours, conditions and languages; the general format, in Korean `G/표준`; and the exponent of a number."""
_DATE = re.compile(r"[ymdhsegb]|aaa", re.IGNORECASE)


def is_date(code: str) -> bool:
    """Whether a format has a letter that stands for a part of a date or a time."""
    bare = _LITERAL.sub("", code)
    return bool(_ELAPSED.search(bare) or _DATE.search(_NO_DATE.sub("", bare)))


def dates(opened: ZipFile) -> frozenset[int]:
    """The styles, by the number that a cell names, that show a date or a time."""
    name = styles(opened)
    if not name:
        return frozenset()
    sheet = tree(opened, name)
    require_main(sheet, "styleSheet")
    described = sheet.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    dated = BUILT_IN | {int(each.get("numFmtId", "0")) for each in described if is_date(each.get("formatCode", ""))}
    used = sheet.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    return frozenset(style for style, each in enumerate(used) if int(each.get("numFmtId", "0")) in dated)
