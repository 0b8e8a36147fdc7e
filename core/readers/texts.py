"""Bytes become text: UTF-8, with or without a byte order mark, and nothing else.

Korean files also come as CP949. Almost any bytes are some CP949 text, so that taking it on a guess would turn a damaged
UTF-8 file into other names; it is refused, and the sentence says how to save the file instead.
"""

import codecs

from core.readers.faults import Unreadable
from core.sentences import Sentence, say

BOM = codecs.BOM_UTF8
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NotText(Unreadable):
    """The bytes are no text that is taken."""


def decoded(raw: bytes, *, first: bool = True) -> str:
    """The text; `first` where the bytes begin a file, at which a byte order mark may stand."""
    if first:
        if raw.startswith(_WIDE):
            raise NotText(say("UTF-16으로 저장된 파일입니다. UTF-8로 저장해 주십시오."))
        raw = raw.removeprefix(BOM)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotText(_why(raw)) from None
    if "\0" in text:
        raise NotText(say("글자가 아닌 내용(NUL)이 있습니다."))
    return text


def _why(raw: bytes) -> Sentence:
    try:
        raw.decode("cp949")
    except UnicodeDecodeError:
        return say("UTF-8 글자가 아닙니다. UTF-8로 저장해 주십시오.")
    return say("UTF-8이 아니라 CP949(EUC-KR)로 저장된 것으로 보입니다. UTF-8로 저장해 주십시오.")
