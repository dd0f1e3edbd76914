"""What the pages of a record ask of the database does not grow with what happened: 60 events and 600."""

from __future__ import annotations

from datetime import timedelta

import pytest
from benchmarks.long_record import TENTH, WHOLE, in_ledger
from django.urls import reverse
from tests.statements import statements

from cairn.application.ports import now
from cairn.application.sign_in import is_made_up
from cairn.core.engine import view
from cairn.records import ledger

PAGES = ("child", "timeline", "plan", "chronology")


@pytest.fixture
def asked(people):
    """What a page asks, and what it shows, of a record of so many events."""
    is_made_up()  # asked once a process
    worker, manager = people.actor("Priya Shah"), people.actor("Joanne Whitlock")
    children = {size: in_ledger(size, worker, manager, str(size)) for size in (TENTH, WHOLE)}
    assert {size: len(ledger.read_stream(child)) for size, child in children.items()} == {60: 60, 600: 600}
    client = people.client("Priya Shah")
    client.get(reverse("my-work"))  # once a minute the session is kept for longer

    def page(name, size, **query):
        shown = []
        address = reverse(name, args=[children[size]])
        sent = statements(lambda: shown.append(client.get(address, query)))
        assert shown[0].status_code == 200
        return sent, shown[0].content.decode()

    return page


def test_the_pages_of_ten_times_the_events_ask_the_same(asked):
    for name in PAGES:
        (few, short), (many, long) = (asked(name, size) for size in (TENTH, WHOLE))
        assert many == few, name
        assert few.count("read ledgerevent") == 1, name
        assert "Robin Made-up" in short, name
        assert "Robin Made-up" in long, name


def test_looking_back_on_ten_times_the_events_asks_the_same(asked):
    back = (now() - timedelta(days=60)).date().isoformat()
    (few, short), (many, long) = (asked("look-back", size, on=back) for size in (TENTH, WHOLE))
    assert many == few
    assert few.count("read ledgerevent") == 1
    assert "as it stood on" in short
    assert "as it stood on" in long


def test_a_page_that_shows_no_duty_derives_none(asked, monkeypatch):
    derived = []
    duties = view.duties
    monkeypatch.setattr(view, "duties", lambda world: derived.append(world) or duties(world))
    for name in ("timeline", "chronology"):
        asked(name, TENTH)
    assert derived == []
    asked("child", TENTH)
    assert derived
