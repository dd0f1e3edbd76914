"""What stands in a letter or a document is printed as it was written: no code, no link, no file, nobody asked (IN-5).

Each payload stands in every text that a letter, a document, for print and for Word, is made of. They name a file that is
there and an address that listens: whatever read the one or asked the other would be seen.
"""

from __future__ import annotations

import contextlib
import io
import re
import socket
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace

import pytest
import typst
from docx import Document
from pypdf import PdfReader

from cairn.adapters.letters import TypstLetters
from cairn.adapters.word import WordLetters
from cairn.application.ports import PrintedDocument, PrintedLetter, PrintedPart

SECRET = "qzsecretoffile"
PAYLOADS = (
    '#read("{file}")', '#eval("7 * 191")', '#import "{file}": *', '#include "{file}"', '#image("{file}")',
    '#json(bytes(sys.inputs.letter))', '#plugin("{file}")', "#panic()", "$ sum_(k=1)^7 k $", "= A heading", "#set page(width: 1pt)",
    '```typ #read("{file}")```', '#link("http://{server}/")[press]', "http://{server}/typed", "https://{server}/", "file://{file}",
    "file:///etc/passwd", "<http://{server}/>", "@label <label>", "*bold* _slanted_ `raw`", "#context counter(page).get()",
    '<a href="http://{server}/">press</a>', '<img src="http://{server}/x.png">', "<script>alert(1)</script>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]>&e;', "&lt;b&gt; &amp; &#x41;", "]]><w:br/>",
    "{{{{ 7|add:7 }}}}", "{{% include 'x' %}}", "{{name}} {{authority}}", "${{7*7}}", 'INCLUDETEXT "{file}"',
    'HYPERLINK "http://{server}/"', '=HYPERLINK("http://{server}/")', "DDEAUTO c:\\\\x.exe", "\\input{{{file}}}", "%PDF-1.7 /URI (x)",
)  # fmt: skip


@pytest.fixture
def listening():
    """An address on this machine, and what asked it."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen():
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, who = server.accept()
                    connection.close()
                    asked.append(who)

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
        over.set()
        thread.join()


@pytest.fixture
def payloads(tmp_path, listening):
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    return tuple(one.format(file=file, server=listening[0]) for one in PAYLOADS)


def letter(said):
    return PrintedLetter(
        authority=said, sender=said, recipient=said, address=(said, said), dated=said, reference=said, subject=said,
        paragraphs=(said, f"- {said}\n- {said}"), signed=said, foot=said,
    )  # fmt: skip


def document(said):
    part = PrintedPart(heading=said, paragraphs=(said, f"- {said}"), under=said)
    return PrintedDocument(authority=said, title=said, head=said, facts=(said,), parts=(part,))


def signs(text):
    """What is there of a text whatever the line breaks and the hyphens of a page did to it."""
    return re.sub(r"[^0-9A-Za-z]", "", text)


def of_pdf(made):
    """The text of a PDF; it has no link, no code and no file in it."""
    reader = PdfReader(io.BytesIO(made))
    does = {key for number in range(1, len(reader.xref[0]) + 1) for key in _keys(reader.get_object(number))}
    assert does, "no object was read"
    assert not does & {
        "/URI",
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFile",
        "/GoToR",
        "/SubmitForm",
        "/AA",
    }
    return "".join(page.extract_text() for page in reader.pages)


def _keys(found):
    """The names of everything that an object of a PDF says, without what it only points to."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield str(key)
            yield from _keys(value)
    elif isinstance(found, list):
        for one in found:
            yield from _keys(one)


def of_word(made):
    """The text of a Word file; it leads nowhere, and its only fields are the number of the page and of the pages."""
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        whole = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
    for name, text in whole.items():
        if name.endswith(".rels"):
            assert 'TargetMode="External"' not in text, name
        assert not re.search(r"<w:(hyperlink|altChunk|object|fldSimple)\b", text), name
    fields = {
        one.strip() for text in whole.values() for one in re.findall(r"<w:instrText[^>]*>([^<]*)<", text)
    }
    assert fields <= {"PAGE", "NUMPAGES"}
    assert not [name for name in whole if "vba" in name.lower() or "embeddings" in name]
    found = Document(io.BytesIO(made))
    return "\n".join(one.text for one in found.paragraphs)


@pytest.mark.parametrize("made_of", [letter, document])
def test_each_is_printed_as_it_was_written(payloads, listening, made_of):
    kind = made_of.__name__
    for payload in payloads:
        for read, printer in ((of_pdf, TypstLetters()), (of_word, WordLetters())):
            text = read(getattr(printer, kind)(made_of(payload)))
            assert signs(payload) in signs(text), (payload, read.__name__)
            assert SECRET not in text
            assert "1337" not in text, "7 * 191 was reckoned"
    assert listening[1] == []


def test_the_check_sees_a_file_that_is_read_and_an_address_that_is_asked(payloads, listening):
    """The twin: as code, and not as what somebody wrote, the first of them does read the file."""
    folder = payloads[0].partition('"')[2].rpartition("/")[0]
    code = b'#set document(title: "x")\n#read("/secret.txt")'
    printed = typst.Compiler(code, root=folder).compile(format="pdf")
    assert SECRET in signs(of_pdf(printed))
    linked = typst.Compiler(b'#link("http://elsewhere.example/")[press]').compile(format="pdf")
    with pytest.raises(AssertionError):
        of_pdf(linked)
    with socket.create_connection(tuple(listening[0].split(":"))):
        pass
    for _ in range(50):
        if listening[1]:
            break
        threading.Event().wait(0.1)
    assert listening[1]


WATCHED = """
import sys
opened, on = [], False
def hear(event, given):
    if on and event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "exec", "os.exec"):
        opened.append((event, str(given[0])[:200]))
sys.addaudithook(hear)
from tests.attacks.test_in_5_letters import PAYLOADS, document, letter
from cairn.adapters.letters import TypstLetters
from cairn.adapters.word import WordLetters
for printer in (TypstLetters(), WordLetters()):
    printer.letter(letter("Words.")), printer.document(document("Words."))
on = True
for said in PAYLOADS:
    said = said.format(file="/etc/passwd", server="127.0.0.1:9")
    for printer in (TypstLetters(), WordLetters()):
        printer.letter(letter(said)), printer.document(document(said))
on = False
print([one for one in opened if not any(own in one[1] for own in ("/docx/", "/typst/", "cairn/adapters/templates"))])
{}
"""


@pytest.mark.attack
def test_the_interpreter_opens_nothing_but_the_libraries_own_templates():
    """In a process of its own, for what listens to an interpreter cannot be taken away."""
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED.replace("{}", "")], capture_output=True, text=True, check=False, timeout=200
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"
    listens = WATCHED.replace("{}", "on = True\nopen('/etc/hostname').close()\non = False\nprint(opened[-1])")
    heard = subprocess.run(
        [sys.executable, "-c", listens], capture_output=True, text=True, check=False, timeout=200
    )
    assert "/etc/hostname" in heard.stdout, "an open file would have been heard"


@pytest.mark.parametrize("made_of", [letter, document])
def test_a_line_break_in_a_heading_starts_no_other_part(made_of):
    """CR LF, form feed and the like in a name: no second heading, no second sheet's head (IN-6)."""
    said = "Wren\r\nSecond\x0bThird\x0cFourth\u2028Fifth\x85Sixth"
    for read, printer in ((of_pdf, TypstLetters()), (of_word, WordLetters())):
        text = read(getattr(printer, made_of.__name__)(made_of(said)))
        assert signs(said) in signs(text)
    plain = replace(letter("Wren"), subject="Wren")
    assert "Wren" in of_pdf(TypstLetters().letter(plain))
