"""Of whom an act asks what: of an unborn child nothing that only a child who is born can answer."""

from __future__ import annotations

from cairn.core.vocabulary.asked import answers_not_of, asked_of, happens_to
from cairn.core.vocabulary.model import Act, EventType, Field, Vocabulary, Yield


def question(name, **more):
    return Field(name=name, label=name, type="text", **more)


VISIT = EventType(
    name="visit.made",
    title="Visit made",
    sort="fact",
    fields=(
        question("seen", asked_of=("born",)),
        question("refused", asked_when={"seen": ("no",)}),
        question("why_refused", asked_when={"refused": ("yes",)}),
        question("scan", asked_of=("unborn",)),
        question("meaning"),
    ),
)
SEEN = EventType(
    name="child.seen",
    title="Child seen",
    sort="fact",
    asked_of=("born",),
    fields=(question("said"), question("reason")),
)
ACT = Act(
    name="visit",
    title="Visit",
    verb="Visit",
    roles=(),
    asks=(question("why_not"), question("views")),
    yields=(
        Yield(event="visit.made", fields=("seen", "refused", "why_refused", "scan", "meaning")),
        Yield(event="child.seen", fields=("said", "reason"), rename={"reason": "why_not"}),
    ),
)
WORDS = Vocabulary(events={one.name: one for one in (VISIT, SEEN)}, acts={ACT.name: ACT})


def names(child):
    return {one.name for one in asked_of(WORDS, ACT, WORDS.fields_of(ACT), child)}


def test_an_unborn_child_is_not_asked_about_what_it_cannot_do_nor_what_hangs_on_that():
    assert names("unborn") == {"views", "scan", "meaning"}


def test_of_a_child_who_is_born_everything_else_is_asked():
    assert names("born") == {"why_not", "views", "seen", "refused", "why_refused", "meaning", "said"}


def test_an_act_all_of_whose_events_need_a_birth_cannot_be_done_before():
    only = ACT.model_copy(update={"yields": ACT.yields[1:]})
    assert happens_to(WORDS, ACT, "unborn")
    assert not happens_to(WORDS, only, "unborn")
    assert happens_to(WORDS, only, "born")


def test_what_was_answered_all_the_same_is_found():
    assert [one.name for one in answers_not_of(VISIT, {"seen": False, "meaning": "x"}, "unborn")] == ["seen"]
    assert list(answers_not_of(VISIT, {"seen": None, "meaning": "x"}, "unborn")) == []
