"""Where the access log cannot be written nothing is shown and nothing is recorded (LG-2).

The insert is made to fail in the database itself, as it would: the right taken away, the disk full, a statement that
takes too long. Each refusal stands beside the same request with the log in order.
"""

from __future__ import annotations

from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from tests.attacks.database import counted, rows
from tests.attacks.house import house as build
from tests.people import made_up_staff

PRIYA = "Priya Shah"
FAILING = """
CREATE FUNCTION failing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} RETURN NEW; END $$;
CREATE TRIGGER failing BEFORE INSERT ON records_accessentry FOR EACH ROW EXECUTE FUNCTION failing();
"""
DISK_FULL = "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';"
# What the server says when the application's limit of five seconds on a statement is over.
TOO_SLOW = "RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = 'query_canceled';"
BROKEN = {
    "right taken away": ("REVOKE INSERT ON records_accessentry FROM cairn_app",),
    "disk full": (FAILING.format(DISK_FULL),),
    "too slow": (FAILING.format(TOO_SLOW),),
    "held by another": (),
}


@pytest.fixture
def made(committed_database, clock):
    return build(made_up_staff())


@pytest.fixture
def owner(committed_database):
    with psycopg.connect(committed_database.url()) as connection:
        yield connection


def browser(made, name=PRIYA):
    """One that is answered as the server would answer, and does not hand exceptions on."""
    found = made.client(name)
    found.raise_request_exception = False
    return found


def break_log(owner, how):
    for statement in BROKEN[how]:
        owner.execute(statement)
    owner.commit()
    if how == "held by another":
        # Four seconds is the application's own limit on waiting for a lock; the test waits less.
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        owner.execute("LOCK TABLE records_accessentry IN SHARE MODE")


def put_right(owner, how):
    owner.rollback()
    owner.execute("GRANT INSERT ON records_accessentry TO cairn_app")
    owner.execute("DROP TRIGGER IF EXISTS failing ON records_accessentry")
    owner.execute("DROP FUNCTION IF EXISTS failing")
    owner.commit()


def pages(made):
    """Each sort of page that shows something of a record: the record, an entry, a file, a list, a search, a draft."""
    child = made.allocated
    return {
        "record": (PRIYA, "get", reverse("child", args=[child]), {}),
        "entry": (PRIYA, "get", reverse("entry", args=[child, made.note]), {}),
        "section": (PRIYA, "get", reverse("assessment-section", args=[child, made.assessment, "health"]), {}),
        "document": (PRIYA, "get", reverse("document", args=[child, made.document]), {}),
        "my work": (PRIYA, "get", reverse("my-work"), {}),
        "search": ("Beth Lomas", "post", reverse("find"), {"find": "Fourcanary"}),
        "draft": (PRIYA, "get", f"{reverse('add-note', args=[child])}?draft={made.draft}", {}),
    }


def sent(made):
    """Acts, sent whole."""
    child, key = made.allocated, str(uuid4())
    return {
        "note": (
            reverse("add-note", args=[child]),
            {"draft": key, "version": "0", "key": key, "text": "Fourcanary rang."},
        ),
        "section": (
            reverse("assessment-section", args=[child, made.assessment, "education"]),
            {"text": "Fourcanary reads.", "version": "0", "do": "save"},
        ),
    }


@contextmanager
def broken(owner, how):
    """The log out of order for as long as it takes."""
    break_log(owner, how)
    try:
        yield
    finally:
        put_right(owner, how)


def test_nothing_is_shown_that_is_not_logged(made, owner):
    clients = {name: browser(made, name) for name in (PRIYA, "Beth Lomas")}
    for how in BROKEN:
        with broken(owner, how):
            for name, (who, method, address, form) in pages(made).items():
                refused = getattr(clients[who], method)(address, form)
                assert refused.status_code == 503, (how, name, refused.status_code)
                text = refused.content.decode()
                assert "canary" not in text, (how, name)
                assert "ring 999" in text, (how, name)
                assert refused["Retry-After"], (how, name)
    for name, (who, method, address, form) in pages(made).items():
        before = counted("records_accessentry")
        shown = getattr(clients[who], method)(address, form)
        assert shown.status_code == 200, name
        assert "Fourcanary" in b"".join(shown).decode(), name
        assert counted("records_accessentry") > before, name


def test_what_is_not_logged_is_not_recorded_either(made, owner):
    client, wanted, before = browser(made), sent(made), rows()
    for how in BROKEN:
        with broken(owner, how):
            for address, form in wanted.values():
                refused = client.post(address, form)
                assert refused.status_code == 503, (how, address)
                assert "Nothing was recorded by what you just sent" in refused.content.decode()
        assert rows() == before, how
    for address, form in wanted.values():
        assert client.post(address, form).status_code == 302, address
    assert rows() != before


def test_a_refusal_that_cannot_be_logged_is_no_page_either(made, owner):
    """Otherwise whoever tries doors would be told which are there, unseen."""
    client, address = browser(made, "Rosa Quill"), reverse("child", args=[made.allocated])
    assert client.get(address).status_code == 403
    with broken(owner, "right taken away"):
        assert client.get(address).status_code == 503


def test_what_shows_no_record_is_answered_all_the_same(made, owner):
    """The twin of the above: help and the procedures need no log."""
    client = browser(made)
    with broken(owner, "right taken away"):
        for page in ("help", "help-problem", "procedures"):
            assert client.get(reverse(page)).status_code == 200, page
