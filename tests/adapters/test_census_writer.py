"""What is written is read again as the same return."""

from __future__ import annotations

from dataclasses import fields, replace
from io import BytesIO

from tests.core.returns.made_up_returns import HEADER, child, message, read
from tests.core.returns.rules.judged import CLEAN
from tests.core.returns.rules.test_each_rule import steps

from cairn.adapters import census_writer
from cairn.core.returns.census import CensusReturn, Leaf, Part


def without_lines(part):
    """The same without where each value stands in a file."""
    if isinstance(part, Leaf):
        return part.text
    if isinstance(part, tuple):
        return tuple(map(without_lines, part))
    if isinstance(part, Part | CensusReturn):
        return {
            one.name: without_lines(getattr(part, one.name)) for one in fields(part) if one.name != "line"
        }
    return part


def written(found):
    file = BytesIO()
    census_writer.write(file, found.header, found.children)
    return file.getvalue()


def test_a_return_that_is_written_is_read_as_the_same():
    text = message(*(one.replace("</CINdetails>", f"{steps()}</CINdetails>") for one in CLEAN))
    found = read(text.replace("<Reviews></Reviews>", ""))
    again = read(written(found).decode())
    assert without_lines(again) == without_lines(found)
    assert again.stray == ()


def test_what_would_be_an_element_is_text():
    found = read(message(child(number="MADEUP1")))
    one = replace(found.children[0], authority_number=Leaf("<b>&amp;", ""))
    again = read(written(replace(found, children=(one,))).decode())
    assert again.children[0].authority_number.text == "<b>&amp;"


def test_elements_stand_in_the_order_of_the_layout_each_around_once():
    lines = [line.strip() for line in written(read(message(CLEAN[1], header=HEADER))).decode().splitlines()]
    assert lines.count("<ChildIdentifiers>") == lines.count("<ChildCharacteristics>") == 1
    order = [
        "<CINreferralDate>",
        "<ReferralSource>",
        "<Assessments>",
        "<Section47>",
        "<ReferralNFA>",
        "<ChildProtectionPlans>",
    ]
    places = [next(at for at, line in enumerate(lines) if line.startswith(one)) for one in order]
    assert places == sorted(places)
