"""Reading a census return from a file that nobody has vouched for.

The file is gone through twice in pieces: first to see that it is whole and harmless, holding nothing
of it, then to read it. A document type declaration is refused at its first word, so that no entity,
inner or outer, is ever declared, let alone fetched or expanded; nothing here opens another file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate, XMLParserType, errors

from cairn.core.returns.census import CensusReturn, Child, FileRefused, Header, Stray
from cairn.core.returns.layout import Node, child_from, header_from

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 200 * MEGABYTE
MOST_ELEMENTS: Final = 4_000_000
# The layout has seven levels.
DEEPEST: Final = 20
# No element of a return comes near this length; a piece without one is an attack or another file.
LONGEST_WITHOUT_ELEMENT: Final = MEGABYTE
PIECE: Final = 64 * 1024
ROOT: Final = "Message"
COLLECTION: Final = "CIN"
ENCODINGS: Final = ("utf-8", "utf-16", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252")
# What a foreign file may call itself in a message: never a long or an unprintable text.
_NAME: Final = re.compile(r"[\w:.-]{1,60}")
# What the parser says of a file that stops in the middle: of the tree, a tag, a character or a CDATA section.
_UNFINISHED: Final = frozenset(
    errors.codes[text]
    for text in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_SAVE_AGAIN: Final = "Make the return again and save it whole."
_OTHER_FORMATS: Final = (
    (b"PK", "a zip file, or a spreadsheet or document that is one"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document"),
)


class _Refused(Exception):
    def __init__(self, refusal: FileRefused) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def read(path: Path) -> CensusReturn | FileRefused:
    """The return in a file, with the line of every value; or why nothing of it is taken.

    Refused: what is not one whole, well-formed `Message` of the collection `CIN` without a document
    type, at most 200 MB, in an encoding it declares truly.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file)
    except OSError as fault:
        return FileRefused("cannot-open", f"The file cannot be read: {fault.strerror}", "Check its name.")


def read_stream(file: BinaryIO) -> CensusReturn | FileRefused:
    """As `read`, from a stream that can be gone through twice."""
    try:
        _check_beginning(file.read(PIECE))
        file.seek(0)
        _Scan().run(file)
        file.seek(0)
        return _Reading().run(file)
    except _Refused as refused:
        return refused.refusal


def each_child(
    path: Path, header: Callable[[Header], None], child: Callable[[Child], None]
) -> FileRefused | None:
    """Hand over the header and then each child as the file is read, holding none of them; None once all were.

    Refused is what `read` refuses, before anything is handed over; and a return whose header does not come first.
    """
    try:
        with path.open("rb") as file:
            _check_beginning(file.read(PIECE))
            file.seek(0)
            _Scan().run(file)
            file.seek(0)
            _Reading(take_header=header, take_child=child).run(file)
    except OSError as fault:
        return FileRefused("cannot-open", f"The file cannot be read: {fault.strerror}", "Check its name.")
    except _Refused as refused:
        return refused.refusal
    return None


def _check_beginning(first: bytes) -> None:
    if not first.strip():
        raise _Refused(FileRefused("empty", "The file is empty", _SAVE_AGAIN))
    for mark, what in _OTHER_FORMATS:
        if first.startswith(mark):
            message = f"The file is {what}, not XML"
            raise _Refused(FileRefused("not-xml", message, "Give the return's XML file itself."))


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file bit by bit, counted: a stream may be longer than it says."""
    size = 0
    while piece := file.read(PIECE):
        size += len(piece)
        if size > LARGEST:
            message = f"The file is larger than {LARGEST // MEGABYTE} MB"
            raise _Refused(FileRefused("too-large", message, "Check that it is the return."))
        yield piece


def _parser() -> XMLParserType:
    """A parser that refuses a document type and an encoding that we do not know."""
    parser = ParserCreate()
    parser.buffer_text = True

    def document_type(*_: object) -> None:
        message = (
            "The file declares a document type, which a return has not, and which can be used for an attack"
        )
        remedy = "Do not open it elsewhere. Ask where it comes from, and make the return again."
        raise _Refused(FileRefused("document-type", message, remedy, parser.CurrentLineNumber))

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            message = f"The file declares the encoding {_shown(encoding)}, which cannot be read"
            raise _Refused(FileRefused("encoding", message, "Save it as UTF-8.", 1))

    parser.StartDoctypeDeclHandler = document_type
    parser.XmlDeclHandler = declaration
    return parser


def _shown(name: str) -> str:
    return name if _NAME.fullmatch(name) else "(a name that cannot be shown)"


@dataclass(slots=True)
class _Scan:
    """The first pass: is the file whole, well-formed, small and shallow enough, and of the right root?"""

    parser: XMLParserType = field(default_factory=_parser)
    depth: int = 0
    elements: int = 0
    children: int = 0
    since_element: int = 0

    def run(self, file: BinaryIO) -> None:
        """Go through the file; _Refused says what is wrong with it."""
        self.parser.StartElementHandler = self._root
        try:
            for piece in _pieces(file):
                self.since_element += len(piece)
                self.parser.Parse(piece, False)
                self._check_gap()
            self.parser.Parse(b"", True)
        except ExpatError as fault:
            raise _Refused(self._refusal(fault)) from None

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name != ROOT:
            message = f"The file begins with {_shown(name)}; a census return begins with {ROOT}"
            remedy = "Give the XML file of the children in need census."
            raise _Refused(FileRefused("wrong-root", message, remedy, self.parser.CurrentLineNumber))
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._start(name, attributes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        self.since_element = 0
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            message = "The file has more elements, or elements deeper in each other, than a return can have"
            line = self.parser.CurrentLineNumber
            raise _Refused(FileRefused("too-many", message, "Check that it is the return.", line))

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.since_element = 0
        self.children += name == "Child"

    def _check_gap(self) -> None:
        if self.since_element > LONGEST_WITHOUT_ELEMENT:
            message = (
                f"The file has a piece of over {LONGEST_WITHOUT_ELEMENT // MEGABYTE} MB without an element"
            )
            line = self.parser.CurrentLineNumber
            raise _Refused(FileRefused("too-long", message, "Check that it is the return.", line))

    def _refusal(self, fault: ExpatError) -> FileRefused:
        if not self.elements:
            return _not_xml(fault)
        if fault.code in _UNFINISHED:
            message = f"The file breaks off after {self.children} whole children: its end is missing"
            return FileRefused("broken-off", message, _SAVE_AGAIN, fault.lineno)
        return _not_well_formed(fault)


def _not_xml(fault: ExpatError) -> FileRefused:
    message = f"The file cannot be read as XML: {ErrorString(fault.code)}"
    remedy = (
        "Give the return's XML file. If this is it, it may not be in the encoding its first line declares: "
        "save it as UTF-8."
    )
    return FileRefused("not-xml", message, remedy, fault.lineno)


def _not_well_formed(fault: ExpatError) -> FileRefused:
    message = f"The file is not well-formed XML: {ErrorString(fault.code)}, character {fault.offset + 1}"
    remedy = (
        f"{_SAVE_AGAIN} If the line has letters with accents, the file may not be in the encoding "
        "it declares: save it as UTF-8."
    )
    return FileRefused("not-well-formed", message, remedy, fault.lineno)


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    line: int
    text: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def node(self) -> Node:
        return Node(self.name, self.line, "".join(self.text), tuple(self.children))


@dataclass(slots=True)
class _Reading:
    """The second pass, over a file known to be whole: child by child, so that no tree of it is held."""

    parser: XMLParserType = field(default_factory=_parser)
    stack: list[_Open] = field(default_factory=list)
    header: Header | None = None
    children: list[Child] = field(default_factory=list)
    has_children: bool = False
    stray: list[Stray] = field(default_factory=list)
    # Where a child goes that is not held; the header then has to come first.
    take_child: Callable[[Child], None] | None = None
    take_header: Callable[[Header], None] = lambda _: None

    def run(self, file: BinaryIO) -> CensusReturn:
        """The return; _Refused where it is another collection's or has no header or children."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        try:
            for piece in _pieces(file):
                self.parser.Parse(piece, False)
            self.parser.Parse(b"", True)
        except ExpatError:
            # The first pass found none: the file changed in between.
            raise _Refused(
                FileRefused("changed", "The file changed while it was read", _SAVE_AGAIN)
            ) from None
        return self._whole()

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self.stack.append(_Open(name, self.parser.CurrentLineNumber))

    def _text(self, text: str) -> None:
        self.stack[-1].text.append(text)

    def _end(self, _name: str) -> None:
        done = self.stack.pop()
        within = tuple(one.name for one in self.stack) if len(self.stack) < len(_HANDLED) else None
        keep = _HANDLED.get((*within, done.name)) if within is not None else None
        if keep is not None:
            keep(self, done.node())
        elif self.stack:
            self.stack[-1].children.append(done.node())

    def keep_header(self, node: Node) -> None:
        header, stray = header_from(node)
        if self.header is None:
            self.header = header
            self.stray += stray
            _refuse_another_collection(header)
            self.take_header(header)
        else:
            self.stray.append(Stray("repeated element", node.name, node.line))

    def keep_child(self, node: Node) -> None:
        if self.take_child is None:
            self.children.append(child_from(node))
            return
        if self.header is None:
            message = "The header does not come before the children"
            raise _Refused(FileRefused("header-late", message, _SAVE_AGAIN, node.line))
        self.take_child(child_from(node))

    def keep_stray(self, node: Node) -> None:
        """What a message or its list of children holds beside what it may hold."""
        self.has_children = self.has_children or node.name == "Children"
        if node.text.strip():
            self.stray.append(Stray("loose text", node.name, node.line, node.text.strip()))
        self.stray += [Stray("unknown element", f"{node.name}/{one.name}", one.line) for one in node.children]

    def _whole(self) -> CensusReturn:
        header = self.header or Header()
        if self.header is None or not self.has_children:
            message = "The file has no Header or no Children: it is not a census return"
            raise _Refused(FileRefused("no-children", message, _SAVE_AGAIN))
        return CensusReturn(header=header, children=tuple(self.children), stray=tuple(self.stray))


def _refuse_another_collection(header: Header) -> None:
    if header.collection is not None and header.collection.text != COLLECTION:
        message = f"The file is a return of the collection {_shown(header.collection.text)}"
        remedy = f"Give the return of the collection {COLLECTION}, the children in need census."
        raise _Refused(FileRefused("wrong-collection", message, remedy, header.collection.line))


_HANDLED: Final[dict[tuple[str, ...], Callable[[_Reading, Node], None]]] = {
    (ROOT,): _Reading.keep_stray,
    (ROOT, "Header"): _Reading.keep_header,
    (ROOT, "Children"): _Reading.keep_stray,
    (ROOT, "Children", "Child"): _Reading.keep_child,
}
