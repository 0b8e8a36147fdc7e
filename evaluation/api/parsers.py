"""Bodies that hold figures reach the reader as they came: REST framework's own parser makes binary floats of them."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MOST_BYTES = 2 * 1024 * 1024


class RawJSONParser(BaseParser):
    """The bytes of a JSON body as `content`, of which a reader makes exact decimals."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, bytes]:
        content: bytes = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ParseError(
                _("본문이 {most}MB를 넘습니다. 나누어 보내 주십시오.").format(most=MOST_BYTES // 1024 // 1024)
            )
        return {"content": content}
