"""A correction of one entry of an act takes along what hangs on it, and no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.core.made_up_procedures import vocabulary

from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event
from cairn.core.history.together import answers_anew, asked_anew, goes_with, written_together
from cairn.core.vocabulary.model import Act, EventType, Field, Vocabulary, Yield

AT = datetime(2026, 1, 12, 10, tzinfo=UTC)
LATER = Moment.exact(datetime(2026, 1, 13, 10, tzinfo=UTC))


def text(name):
    return Field(name=name, label=name, type="text")


def visits():
    """A visit with who was seen and what they wrote; a decision that opens a referral of the same level."""
    asked = {"visit.made": ("child_seen", "place"), "child.seen": ("place", "said"), "child.missed": ("why",)}
    asked |= {
        "contact.decided": ("outcome", "level"),
        "referral.received": ("level",),
        "note.added": ("text",),
    }
    events = {
        name: EventType(
            name=name,
            title=name,
            sort="authorisation" if name == "contact.decided" else "fact",
            fields=tuple(map(text, fields)),
        )
        for name, fields in asked.items()
    }
    visit = (
        Yield(event="visit.made", fields=("child_seen", "place")),
        Yield(event="child.seen", fields=("place", "said"), when={"child_seen": (True,)}),
        Yield(
            event="child.missed", fields=("why",), when={"child_seen": (False,)}, rename={"why": "not_seen"}
        ),
        Yield(event="note.added", fields=("text",)),
    )
    decision = (
        Yield(event="contact.decided", fields=("outcome", "level")),
        Yield(event="referral.received", fields=("level",), when={"outcome": ("go_on",)}),
    )
    acts = [("visit", visit), ("decide", decision), ("note", (Yield(event="note.added", fields=("text",)),))]
    made = {name: Act(name=name, title=name, verb=name, roles=(), yields=yields) for name, yields in acts}
    return Vocabulary(events=events, acts=made)


def event(type_, act="a1", **data):
    return Event(type_, type_, Moment.exact(AT), AT, Author("A", "social worker"), data, act=act)


def after(events, first, answers, at=None):
    found = written_together(visits(), events, events, first)
    return found, goes_with(visits(), found, answers, at)


SEEN = [event("visit.made", child_seen=True, place="Home"), event("child.seen", place="Home", said="Hello"),
        event("note.added", text="Tea")]  # fmt: skip


def test_what_is_no_longer_yielded_goes_and_what_newly_would_be_is_not_made_up():
    found, goes = after(SEEN, SEEN[0], {"child_seen": False})
    assert found.leads
    assert [one.type for one in goes.withdrawn] == ["child.seen"]
    assert goes.corrected == ()
    assert goes.to_record == ("child.missed",)


def test_a_copy_is_corrected_and_what_was_put_right_there_before_stays():
    _, goes = after(SEEN, SEEN[0], {"place": "School"})
    assert [(one.event.type, dict(one.answers)) for one in goes.corrected] == [
        ("child.seen", {"place": "School"})
    ]
    other = [SEEN[0], event("child.seen", place="Nursery")]
    assert after(other, other[0], {"place": "School"})[1].corrected == ()


def test_the_facts_of_an_act_have_one_time_and_a_decision_its_own():
    _, goes = after(SEEN, SEEN[0], {}, LATER)
    assert [(one.event.type, one.moved) for one in goes.corrected] == [
        ("child.seen", True),
        ("note.added", True),
    ]
    decided = [event("contact.decided", outcome="go_on", level="3"), event("referral.received", level="3")]
    _, goes = after(decided, decided[1], {"level": "4"}, LATER)
    assert [(one.event.type, dict(one.answers), one.moved) for one in goes.corrected] == [
        ("contact.decided", {"level": "4"}, False)
    ]


@pytest.mark.parametrize("answers", [{"said": "Bye"}, {}])
def test_what_nothing_hangs_on_takes_nothing_along(answers):
    found, goes = after(SEEN, SEEN[1], answers)
    assert not found.leads
    assert (goes.withdrawn, goes.corrected, goes.to_record) == ((), (), ())


def test_another_act_and_an_entry_without_one_stay_as_they_are():
    seen_elsewhere = [SEEN[0], event("child.seen", act="a2", place="Home")]
    assert after(seen_elsewhere, SEEN[0], {"child_seen": False})[1].withdrawn == ()
    alone = [event("visit.made", act=None, child_seen=True), event("child.seen", act=None)]
    assert after(alone, alone[0], {"child_seen": False})[1].withdrawn == ()


def test_an_act_that_the_vocabulary_does_not_know_takes_nothing_along():
    odd = [event("visit.made", child_seen=True), event("contact.decided", outcome="go_on")]
    found, goes = after(odd, odd[0], {"child_seen": False})
    assert found.act is None
    assert goes.withdrawn == ()


def test_what_comes_from_the_rows_of_an_answer_hangs_on_its_row_alone():
    listed = [event("sibling.listed", name="Kene", household="same")]
    act = next(one for one in vocabulary().acts.values() if any(made.each for made in one.yields))
    found = written_together(vocabulary(), listed, listed, listed[0])
    assert found.act == act
    assert found.made == {}
    assert goes_with(vocabulary(), found, {"name": "Kenechi"}).corrected == ()


def test_what_is_yielded_only_now_is_asked_and_nothing_that_another_entry_holds():
    found, goes = after(SEEN, SEEN[0], {"child_seen": False})
    assert [one.name for one in asked_anew(visits(), found, goes)] == ["not_seen"]
    missed = [event("visit.made", child_seen=False, place="Home"), event("child.missed", why="Out")]
    found, goes = after(missed, missed[0], {"child_seen": True})
    assert goes.to_record == ("child.seen",)
    assert [one.name for one in asked_anew(visits(), found, goes)] == ["said"], (
        "the place stands in the visit"
    )
    said = answers_anew(found, {"child_seen": True}, {"said": "Hello"})
    assert said == {"child_seen": True, "place": "Home", "not_seen": "Out", "said": "Hello"}


def test_where_nothing_comes_anew_nothing_is_asked():
    found, goes = after(SEEN, SEEN[0], {"place": "School"})
    assert asked_anew(visits(), found, goes) == ()
