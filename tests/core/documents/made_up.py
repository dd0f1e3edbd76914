"""Small files of every kind, made here: their first bytes are all that matters."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
TEXT = "Dear Priya,\r\n\r\nWren came without breakfast. Her mother said: “It’s fine”.\n".encode()
EMAIL = b"From: fenn@school.example\r\nTo: priya@fellmere.example\r\nSubject: Wren\r\n\r\nShe is in school today.\r\n"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
PROGRAM = b"MZ" + bytes(200)


def packed(*files: tuple[str, bytes]) -> bytes:
    """An archive of these files, the one called mimetype unpacked as OpenDocument wants it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name) if name == "mimetype" else name, content)
    return made.getvalue()


WORD = packed(("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<R/>"), ("word/document.xml", b"<d/>"))
# A Word document with a macro (.docm): its list of contents says so, and so does the name of a part.
MACRO_KIND = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
MACRO = packed(
    ("[Content_Types].xml", MACRO_KIND), ("_rels/.rels", b"<R/>"), ("word/document.xml", b"<d/>"),
    ("word/vbaProject.bin", b"Sub AutoOpen()"),
)  # fmt: skip
MACRO_BY_CONTENTS = packed(
    ("[Content_Types].xml", MACRO_KIND), ("_rels/.rels", b"<R/>"), ("word/document.xml", b"<d/>"),
    ("word/another.bin", b"Sub AutoOpen()"),
)  # fmt: skip
MACRO_BY_PART = packed(
    ("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<R/>"), ("word/document.xml", b"<d/>"),
    ("word/media/photo.jpeg", bytes(range(256)) * 200), ("word/VBAPROJECT.BIN", b"Sub AutoOpen()"),
)  # fmt: skip
SHEET = packed(("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<R/>"), ("xl/workbook.xml", b"<w/>"))
ODT = packed(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>"))
ODT_MACRO = packed(
    ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>"), ("Basic/script-lc.xml", b"<l/>")
)  # fmt: skip
ARCHIVE = packed(("letter.txt", b"Dear Priya"))
BOMB = packed(
    ("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<R/>"), ("word/document.xml", bytes(30_000_000))
)
