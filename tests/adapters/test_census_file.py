"""Files that nobody has vouched for: read whole, or refused at once with the reason and nothing taken."""

import subprocess
import sys
import time
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.returns.made_up_returns import TODAY, assessment, child, episode, message, protection_plan

from cairn.adapters import census_file, code_sets
from cairn.adapters.census_file import read, read_stream
from cairn.core.returns.census import CensusReturn, FileRefused
from cairn.core.returns.report import as_csv, as_text, report
from cairn.core.returns.take_over import take_over

WHOLE = message(
    child(episode(assessment("2025-06-03", "2025-07-10", ("3B",)), protection_plan("2025-10-01"))),
    child(episode(closed="2025-09-30", reason="RC7"), number="MADEUP2"),
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY a0 "xxxxxxxxxx">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><Message>&a11;</Message>"
)
QUADRATIC = f'<!DOCTYPE Message [<!ENTITY a "{"x" * 50_000}">]><Message>{"&a;" * 50_000}</Message>'
OUTER = '<!DOCTYPE Message [<!ENTITY secret SYSTEM "file:///etc/passwd">]><Message>&secret;</Message>'
OUTER_DTD = '<!DOCTYPE Message SYSTEM "http://203.0.113.1/made-up.dtd"><Message/>'
PARAMETER = '<!DOCTYPE Message [<!ENTITY % p SYSTEM "http://203.0.113.1/made-up.dtd"> %p;]><Message/>'


def of(data: str | bytes) -> CensusReturn | FileRefused:
    return read_stream(BytesIO(data.encode() if isinstance(data, str) else data))


def refusal(data: str | bytes) -> FileRefused:
    found = of(data)
    assert isinstance(found, FileRefused), found
    return found


def test_a_whole_file_is_read_with_the_line_of_every_value(tmp_path):
    path = tmp_path / "return.xml"
    path.write_text(WHOLE, encoding="utf-8")
    found = read(path)
    assert isinstance(found, CensusReturn)
    assert [one.authority_number.text for one in found.children] == ["MADEUP1", "MADEUP2"]
    born = found.children[0].born
    assert "PersonBirthDate" in WHOLE.splitlines()[born.line - 1]
    closed = found.children[1].episodes[0].closed
    assert "CINclosureDate" in WHOLE.splitlines()[closed.line - 1]
    assert closed.path == "CINdetails/CINclosureDate"


@pytest.mark.parametrize("data", [BOMB, QUADRATIC, OUTER, OUTER_DTD, PARAMETER], ids=lambda data: data[:60])
def test_a_document_type_is_refused_at_its_first_word_whatever_it_holds(data):
    began = time.perf_counter()
    found = refusal(data)
    assert time.perf_counter() - began < 1
    assert found.code == "document-type"
    assert "root:" not in str(found)


def test_an_entity_that_nobody_declared_is_refused():
    assert refusal(WHOLE.replace("WBRI", "&bomb;")).code == "not-well-formed"


ATTACKS = {
    "deep": b"<Message>" + b"<a>" * 3_000_000,
    "long text": b"<Message><Header>" + b"x" * 30_000_000,
    "long comment": b"<Message><!--" + b"x" * 30_000_000,
    "long attribute": b"<Message a='" + b"x" * 30_000_000,
    "bomb": BOMB.encode(),
    "quadratic": QUADRATIC.encode(),
}
MEASURE = """
import sys, time
from pathlib import Path
from cairn.adapters import census_file

def peak():
    # Of this process alone: what resource.getrusage gives begins with the parent's.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

before, began = peak(), time.process_time()
found = census_file.read(Path(sys.argv[1]))
print(found.code, (peak() - before) // 1024, time.process_time() - began)
"""


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_costs_under_a_second_and_under_50_megabytes(name, tmp_path):
    path = tmp_path / "attack.xml"
    path.write_bytes(ATTACKS[name])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    code, megabytes, seconds = done.stdout.split()[-3:]
    assert code in {"document-type", "too-many", "too-long"}
    assert int(megabytes) < 50
    assert float(seconds) < 1


def test_more_than_the_largest_size_is_refused_however_the_stream_describes_itself(monkeypatch):
    monkeypatch.setattr(census_file, "LARGEST", 1000)
    assert refusal(WHOLE).code == "too-large"


def test_more_elements_than_a_return_can_have_are_refused(monkeypatch):
    monkeypatch.setattr(census_file, "MOST_ELEMENTS", 50)
    assert refusal(WHOLE).code == "too-many"


@pytest.mark.parametrize("root", ["html", "message", "SSDA903", "x:Message"])
def test_a_wrong_root_is_refused_and_the_right_one_named(root):
    found = refusal(f"<{root}><Header/></{root}>")
    assert found.code == "wrong-root"
    assert found.message == f"The file begins with {root}; a census return begins with Message"


def test_a_long_or_odd_name_is_not_quoted():
    assert "aaaa" not in refusal(f"<{'a' * 500}/>").message


def test_a_return_of_another_collection_is_refused():
    found = refusal(WHOLE.replace(">CIN<", ">SchoolCensus<"))
    assert (found.code, found.line) == ("wrong-collection", 2)
    assert "SchoolCensus" in found.message


@pytest.mark.parametrize(
    "data", ["<Message/>", "<Message><Header/></Message>", "<Message><Children/></Message>"]
)
def test_a_message_without_header_or_children_is_not_a_return(data):
    assert refusal(data).code == "no-children"


def test_a_return_without_any_child_is_a_return():
    found = of(message())
    assert isinstance(found, CensusReturn)
    assert found.children == ()


@pytest.mark.parametrize("lost", [len("</Message>\n"), 3, 20, 200])
def test_half_a_file_is_refused_with_where_it_breaks_off(lost):
    data = WHOLE[:-lost]
    found = refusal(data)
    assert found.code == "broken-off"
    assert found.line == data.count("\n") + 1
    assert f"after {data.count('</Child>')} whole children" in found.message


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE.rstrip()) - 1))
def test_every_beginning_of_a_file_is_refused_whole(length):
    assert refusal(WHOLE[:length]).code in {"empty", "not-xml", "broken-off"}


def test_half_a_large_file_is_refused_within_a_second():
    many = "\n".join(child(episode(assessment("2025-06-03")), number=f"A{n}") for n in range(12_000))
    half = message(many)[: -len("</Children>\n</Message>\n") - 5].encode()
    began = time.process_time()
    assert refusal(half).code == "broken-off"
    assert time.process_time() - began < 1


@pytest.mark.parametrize("data", [b"", b"   \n\t", b"\n" * 100])
def test_an_empty_file_is_refused(data):
    assert refusal(data).code == "empty"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"child,referral\n1,2\n", "XML"),
        (b"\x00\x01\x02\x03", "XML"),
    ],
)
def test_what_is_not_xml_is_refused_and_named(data, word):
    found = refusal(data)
    assert found.code == "not-xml"
    assert word in found.message


def declared(encoding: str, body: str = WHOLE) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{body}'


ACCENT = WHOLE.replace("MADEUP1", "MADÉUP1")


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("ISO-8859-1", "latin-1"),
        ("Windows-1252", "cp1252"),
    ],
)
def test_an_encoding_that_is_declared_truly_is_read(name, codec):
    found = of(declared(name, ACCENT).encode(codec))
    assert isinstance(found, CensusReturn)
    assert found.children[0].authority_number.text == "MADÉUP1"


@pytest.mark.parametrize(
    ("name", "codec"),
    [("UTF-8", "cp1252"), ("UTF-16", "utf-8"), ("UTF-8", "utf-16-le"), ("us-ascii", "utf-8")],
)
def test_an_encoding_that_is_declared_wrongly_is_refused_with_what_to_do(name, codec):
    found = refusal(declared(name, ACCENT).encode(codec))
    assert found.code in {"not-well-formed", "not-xml"}
    assert "save it as UTF-8" in found.remedy


@pytest.mark.parametrize(
    "name", ["utf-7", "shift_jis", "rot13", "unicode_escape", "idna", "x-made-up", "a" * 200]
)
def test_an_encoding_that_we_do_not_read_is_refused(name):
    found = refusal(declared(name))
    assert found.code == "encoding"
    assert len(found.message) < 200


def test_xml_that_is_not_well_formed_is_refused_with_the_line():
    data = WHOLE.replace("</CINdetails>", "</CINdetail>", 1)
    found = refusal(data)
    assert found.code == "not-well-formed"
    assert "</CINdetail>" in data.splitlines()[found.line - 1]


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    for path in (tmp_path / "none.xml", tmp_path):
        found = read(path)
        assert isinstance(found, FileRefused)
        assert found.code == "cannot-open"


def test_a_refusal_names_no_child_and_reads_as_a_sentence():
    found = refusal(WHOLE[:-40])
    assert "MADEUP" not in f"{found} {found!r}"
    assert str(found).startswith("The file breaks off after 1 whole children: its end is missing (line ")


def test_what_stands_outside_a_child_is_kept_as_stray():
    data = WHOLE.replace("<Children>", "<Extra>1</Extra>loose<Children>odd<Shoe/>", 1)
    found = of(data)
    assert isinstance(found, CensusReturn)
    assert {(one.kind, one.path) for one in found.stray} == {
        ("unknown element", "Message/Extra"),
        ("loose text", "Message"),
        ("loose text", "Children"),
        ("unknown element", "Children/Shoe"),
    }


def test_comments_instructions_and_character_data_sections_do_no_harm():
    data = WHOLE.replace("MADEUP1", "MADE<!-- a --><![CDATA[UP]]><?b c?>1")
    found = of(data)
    assert isinstance(found, CensusReturn)
    assert found.children[0].authority_number.text == "MADEUP1"


PIECES = [
    "<",
    ">",
    "/",
    "&",
    '"',
    "\x00",
    "é",
    "9999-99-99",
    "<!DOCTYPE x>",
    "]]>",
    "<Child>",
    "</Child>",
    "2",
    " ",
    "\ud7ff",
]
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(WHOLE)),
        st.integers(0, 30),
        st.one_of(st.sampled_from(PIECES), st.text(max_size=8)),
    ),
    max_size=6,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS)
def test_a_file_changed_anywhere_is_read_or_refused_and_never_an_error(edits):
    data = WHOLE
    for place, length, text in edits:
        data = data[:place] + text + data[place + length :]
    found = of(data.encode("utf-8", "replace"))
    if isinstance(found, CensusReturn):
        made = report(take_over(found, codes=code_sets.load(), today=TODAY))
        assert as_text(made)
        assert as_csv(made)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert isinstance(of(data), FileRefused)


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&>"), max_size=30),
    st.sampled_from(
        ["2025-06-02", "0001-01-01", "9999-12-31", "1", "true", "RC2", "9" * 500, "٣", "2025-०6-02"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_values_in_a_whole_file_are_taken_or_said(data):
    parts = WHOLE.split(">")
    for place in data.draw(st.lists(st.integers(0, len(parts) - 1), max_size=8)):
        text, mark, tag = parts[place].partition("<")
        if mark and text.strip() and tag.startswith("/"):
            parts[place] = data.draw(VALUES) + mark + tag
    found = of(">".join(parts))
    if isinstance(found, CensusReturn):
        over = take_over(found, codes=code_sets.load(), today=TODAY)
        assert over.counts.children == 2
