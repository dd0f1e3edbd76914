"""Which documents may be filed: their kinds, how large and how many at once, and what is wrong with any other."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 25 * 1024 * 1024
MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `value` as it is stored, `title` for people, and the endings a name of it may have.

    `media_type` is how it is handed out again; the first ending is given to a name that has none.
    """

    value: str
    title: str
    media_type: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file is not taken, and what to do about it: whole sentences for whoever chose it."""

    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"


KINDS = {
    kind.value: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", ("pdf",)),
        Kind(
            "docx",
            "Word document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx",),
        ),
        Kind("odt", "OpenDocument text", "application/vnd.oasis.opendocument.text", ("odt",)),
        Kind("jpeg", "Photo (JPEG)", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
        Kind("png", "Picture (PNG)", "image/png", ("png",)),
        Kind("text", "Plain text", "text/plain", ("txt", "text", "log")),
        Kind("email", "E-mail", "message/rfc822", ("eml",)),
    )
}
TAKEN = "PDF, Word (.docx), OpenDocument (.odt), JPEG, PNG, plain text and e-mail (.eml)"
# What is often chosen and not taken, with the way out; by the media type that its first bytes show.
WAYS_OUT = {
    "image/heic": "Save the photo as JPEG, then choose it again.",
    "image/heif": "Save the photo as JPEG, then choose it again.",
    "image/gif": "Save the picture as PNG or JPEG, then choose it again.",
    "image/webp": "Save the picture as PNG or JPEG, then choose it again.",
    "image/tiff": "Save the picture as PDF or JPEG, then choose it again.",
    "application/rtf": "Save it as PDF or Word (.docx), then choose it again.",
    "application/zip": "Take the documents out of the archive and choose them one by one.",
}
OLD_OFFICE = "Save it as Word (.docx) or PDF without a password, an e-mail as .eml, then choose it again."
MACRO = "Save it as PDF, or as Word (.docx) without its macros, then choose it again."
MARKUP = "Print the page to PDF, then choose that."
OTHERWISE = f"Only {TAKEN} can be filed. Save it as one of these, then choose it again."


def kind_in_words(value: object) -> str:
    """The kind of a document for people; '' where it is none of ours."""
    kind = KINDS.get(str(value))
    return kind.title if kind else ""


def size_in_words(size: object) -> str:
    """How large a document is: "under 1 KB", "340 KB", "2.4 MB"; '' where it is no number."""
    if not isinstance(size, int) or isinstance(size, bool):
        return ""
    kilobytes, megabytes = size / 1024, size / 1024 / 1024
    if kilobytes < 1:
        return "under 1 KB"
    return f"{megabytes:.1f} MB" if megabytes >= 1 else f"{kilobytes:.0f} KB"
