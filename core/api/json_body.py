"""JSON bodies read strictly: every figure as it was written, and nothing that could be read in two ways."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MOST_BYTES = 64 * 1024


class ExactJSONParser(BaseParser):
    """UTF-8 JSON of up to 64 kB. A key that stands twice, NaN and infinity are refused; no number is a binary float.

    So is half a letter, for which an escape may stand: no answer could repeat it, and no database would take it. An
    empty body is nothing (`None`).
    """

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The value that the body is."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ParseError(_("본문이 너무 큽니다(%(most)s바이트까지).") % {"most": MOST_BYTES})
        if not body.strip():
            return None
        try:
            said = json.loads(
                body.decode("utf-8"),
                parse_float=Decimal,
                parse_int=Decimal,
                parse_constant=_refuse,
                object_pairs_hook=_each_once,
            )
            json.dumps(said, ensure_ascii=False, default=str).encode()
        except UnicodeDecodeError as wrong:
            raise ParseError(_("UTF-8로 적은 JSON이어야 합니다(%(at)s번째 바이트).") % {"at": wrong.start}) from wrong
        except json.JSONDecodeError as wrong:
            where = {"line": wrong.lineno, "column": wrong.colno}
            raise ParseError(_("JSON이 아닙니다(%(line)s번째 줄, %(column)s번째 글자).") % where) from wrong
        except (ValueError, RecursionError) as wrong:
            raise ParseError(_("읽을 수 없는 JSON입니다.")) from wrong
        return said


def _refuse(word: str) -> Any:
    raise ParseError(_("숫자가 아닌 값입니다: %(word)s") % {"word": word})


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            shown = key[:80].encode(errors="replace").decode()
            raise ParseError(_("같은 이름이 두 번 나옵니다: %(key)s") % {"key": shown})
        found[key] = value
    return found
