"""What comes in is read as it was meant: in UTF-8, and without what cannot be kept or would turn it."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.interfaces.web.incoming import as_it_reads

__all__ = ["clock", "people", "static_files"]


def test_what_has_none_is_the_very_same():
    given = QueryDict("a=1&a=2&b=%C3%A9")
    assert as_it_reads(given) is given


def test_what_turns_a_name_round_is_left_out_and_its_letters_stay():
    kept = as_it_reads(
        QueryDict("name=Wren+%E2%80%AEgnp.exe%E2%81%A9&other=%D7%A9%D7%9C%D7%95%D7%9D%E2%80%8F")
    )
    assert dict(kept.lists()) == {"name": ["Wren gnp.exe"], "other": ["\u05e9\u05dc\u05d5\u05dd\u200f"]}


def test_it_is_left_out_of_names_and_values_and_nothing_else_is_lost():
    kept = as_it_reads(QueryDict("a=1%00&a=%00&b%00=x%0Ay"))
    assert dict(kept.lists()) == {"a": ["1", ""], "b": ["x\ny"]}
    with pytest.raises(AttributeError):
        kept["a"] = "changed"


# `hex` is no code for text at all, `unicode_escape` spells halves of characters, the others hide what is sent.
@pytest.mark.parametrize("code", ["utf-7", "utf-16", "hex", "unicode_escape", "idna", "latin-1"])
@pytest.mark.parametrize(
    "sort", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"]
)
def test_another_code_than_ours_is_unreadable(db, people, code, sort):
    answer = people.client("Priya Shah").generic("POST", "/find/", b"find=Wren", f"{sort}; charset={code}")
    assert answer.status_code == 400


@pytest.mark.parametrize("code", ["utf-8", "UTF-8", "no-such-code"])
def test_ours_is_read(db, people, code):
    said = f"application/x-www-form-urlencoded; charset={code}"
    answer = people.client("Beth Lomas").generic("POST", "/find/", b"find=W%C3%A9ren", said)
    assert answer.status_code == 200


def test_so_is_a_page_for_anybody(db, static_files):
    assert Client().get("/help/", {"q": "\x00"}).status_code == 200
