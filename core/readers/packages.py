"""A zip package is judged by its directory before any of it is unpacked: a small file can unpack to gigabytes."""

import zipfile
from io import BytesIO

from core.readers.directories import BROKEN, any_encrypted, directory
from core.readers.faults import Unreadable
from core.sentences import say

MOST_MEMBERS = 100
MOST_UNPACKED = 20 * 1024 * 1024
MOST_RATIO = 100
"""A table of numbers does not pack to less than a hundredth."""
_SMALL = 64 * 1024
"""A member up to this size may pack as well as it will: it does no harm."""


class Unsafe(Unreadable):
    """The package is broken, or made to exhaust whoever opens it."""


def package(content: bytes) -> zipfile.ZipFile:
    """The package, its directory judged. What a member really unpacks to is bounded again as it is read (`member`)."""
    found = directory(content)
    if not content.startswith(b"PK") or found is None:
        raise Unsafe(say("엑셀 파일(XLSX)이 아니거나 끝이 잘렸습니다."))
    if found.is_64:
        raise Unsafe(say("받지 않는 압축 형식(ZIP64)입니다."))
    if found.entries > MOST_MEMBERS or found.size > MOST_MEMBERS * 1024:
        raise Unsafe(say("압축 안의 파일이 {most}개를 넘습니다.", most=MOST_MEMBERS))
    try:
        opened = zipfile.ZipFile(BytesIO(content))
        _judge(opened.infolist())
    except BROKEN as fault:
        raise fault if isinstance(fault, Unsafe) else Unsafe(say("압축이 깨졌거나 끝이 잘렸습니다.")) from fault
    return opened


def member(opened: zipfile.ZipFile, name: str) -> bytes:
    """What a member unpacks to; never more than its directory says, whatever the packed bytes hold."""
    try:
        with opened.open(name) as packed:
            content = packed.read(MOST_UNPACKED + 1)
    except BROKEN as fault:
        raise Unsafe(say("압축이 깨졌거나 끝이 잘렸습니다: {name}", name=name[:100])) from fault
    if len(content) > MOST_UNPACKED:
        raise Unsafe(say("풀면 20MB를 넘는 파일입니다."))
    return content


def _judge(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise Unsafe(say("압축 안의 파일이 {most}개를 넘습니다.", most=MOST_MEMBERS))
    if sum(each.file_size for each in members) > MOST_UNPACKED:
        raise Unsafe(say("풀면 20MB를 넘는 파일입니다."))
    if any(each.file_size > max(_SMALL, MOST_RATIO * each.compress_size) for each in members):
        raise Unsafe(say("{most}배 넘게 풀리는 압축입니다.", most=MOST_RATIO))
    if any_encrypted(members):
        raise Unsafe(say("암호가 걸린 파일입니다."))
    if len({each.filename for each in members}) < len(members):
        raise Unsafe(say("압축 안에 같은 이름의 파일이 두 번 있습니다."))
