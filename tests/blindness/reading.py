"""What an answer says, whatever it is made of."""

import zipfile
from html import unescape
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError


def words_of(answer: Any) -> str:
    """The text of a page, a PDF, a packed document or an attachment, with the headers that came with it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join([*map(str, answer.headers.values()), *_text(content)])


def _text(content: bytes) -> list[str]:
    raw = content.decode("utf-8", errors="ignore")
    if content.startswith(b"%PDF"):
        try:
            made = PdfReader(BytesIO(content))
            return [raw, *(page.extract_text() for page in made.pages), str(made.metadata), str(made.xmp_metadata)]
        except PyPdfError:
            return [raw]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return [unescape(packed.read(name).decode("utf-8", errors="ignore")) for name in packed.namelist()]
    return [unescape(raw)]
