"""Web archives (MHTML): the page among the parts of a mail message.

Sources: RFC 2557 (MHTML), RFC 2046, section 5.1 (multipart), RFC 2045, section 6 (transfer
encodings).
"""

from __future__ import annotations

import binascii
import re
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

_LOOK = 4096  # bytes in which an archive shows that it is one
_LONGEST_HEAD = 65536
_DEEPEST = 4  # multiparts in one another
_MOST_PARTS = 10_000
_HEAD = re.compile(rb"\s*(?:[\w-]+:[^\r\n]*(?:\r\n|\r|\n)(?:[ \t][^\r\n]*(?:\r\n|\r|\n))*)+")
_TYPE = re.compile(rb"(?im)^content-type:\s*multipart/(?:related|mixed|alternative)")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BLANK = re.compile(rb"\r\n\r\n|\n\n|\r\r")


class Part(NamedTuple):
    """A page out of an archive: its bytes, and the encoding that is said beside it.

    `lines` are those of the archive before the page; None where the page is encoded, so
    that its lines are not those of the archive.
    """

    data: bytes
    encoding: str | None
    lines: int | None


def is_archive(data: bytes) -> bool:
    """Whether `data` begins like a message of several parts."""
    head = _HEAD.match(data[:_LOOK])
    return head is not None and _TYPE.search(head[0]) is not None


def page_of(data: bytes) -> Part | None:
    """The first page of HTML in an archive; None where there is none."""
    waiting = [(data, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        head, body = _divided(part)
        kind = head.get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            page = _decoded(head, body)
            lines = len(_LINE_END.findall(data, 0, data.find(body))) if page is body else None
            return Part(page, head.get_content_charset(), lines)
        boundary = head.get_boundary()
        if head.get_content_maintype() == "multipart" and boundary and depth < _DEEPEST:
            parts = body.split(b"--" + boundary.encode("ascii", "replace"), _MOST_PARTS)[1:]
            waiting += [(inner.lstrip(b"\r\n"), depth + 1) for inner in reversed(parts)]
        if seen > _MOST_PARTS:
            return None
    return None


def _divided(part: bytes) -> tuple[Message, bytes]:
    blank = _BLANK.search(part, 0, _LONGEST_HEAD)
    end = blank.start() if blank else 0
    return BytesHeaderParser().parsebytes(part[:end]), part[blank.end() if blank else 0 :]


def _decoded(head: Message, body: bytes) -> bytes:
    encoding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
            return binascii.a2b_base64(kept[: len(kept) // 4 * 4])
    return body
