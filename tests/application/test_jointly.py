"""One act for several children: written once, each child's own part on that child's record only."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.cases import record
from tests.interfaces.web.views.children import view
from tests.people import made_up_staff
from tests.siblings import AMARA, LEILA, THEO, child, given_back, related, taken_away, three

from cairn.application.drafting import DraftOpened, Saved, open_draft, save_draft
from cairn.application.jointly import (
    JointRequest,
    OwnPart,
    draft_to_go_on_with,
    open_jointly,
    shared_as_signed,
    sign_jointly,
)
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.records import access_log

pytestmark = pytest.mark.django_db
VISIT = "record-visit"
SHARED = {"place": "At home", "account": "We went through the plan."}
SEEN = {"child_seen": True, "seen_alone": True}


@pytest.fixture
def people():
    return made_up_staff()


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def priya(people):
    return people.actor("Priya Shah")


def begun(actor, first, *others, draft=None, version=0, **typed):
    """A draft of a visit about these children, with what was typed."""
    answers = {"child": [str(one) for one in (first, *others)], "place": ["At home"], **typed}
    kept = save_draft(actor, draft or uuid4(), VISIT, first, answers, version)
    assert isinstance(kept, Saved), kept
    return kept.id


def request(draft, *parts, shared=SHARED):
    return JointRequest(VISIT, draft, shared, now().isoformat(), parts)


def part(record, **more):
    return OwnPart(record, {**SEEN, **more})


def events(record, type_):
    return [one for one in view(record).standing.events if one.type == type_]


def everything(record):
    return [dict(one.data) for one in view(record).stream]


def test_each_gets_the_shared_part_and_its_own_with_one_act(priya, family):
    amara, theo, leila = family
    draft = begun(priya, *family)
    done = sign_jointly(
        priya,
        request(
            draft,
            part(amara, child_said="I sleep well."),
            part(theo, child_said="I like football."),
            OwnPart(leila, {"child_seen": False, "not_seen_reason": "Asleep.", "refused": False}),
        ),
    )
    assert set(done.done) == set(family)
    assert done.refused == {}
    visits = [events(one, "visit.made")[-1] for one in family]
    assert {one.act for one in visits} == {str(draft)}
    assert {one.data["account"] for one in visits} == {SHARED["account"]}
    assert len({one.id for one in visits}) == 3
    assert events(amara, "child.seen")[-1].data["child_said"] == "I sleep well."
    assert "I sleep well." not in str(everything(theo)) + str(everything(leila))
    assert [one.data["reason"] for one in events(leila, "child.not_seen")] == ["Asleep."]
    assert events(leila, "child.seen") == []


def test_what_is_not_signed_stays_in_the_draft_and_is_signed_with_the_same_act(priya, family):
    amara, theo, _ = family
    draft = begun(priya, amara, theo, **{f"own-{theo}-meaning": ["Not sure yet."]})
    sign_jointly(priya, request(draft, part(amara)))
    left = draft_to_go_on_with(priya, VISIT, theo)
    assert isinstance(left, DraftOpened)
    assert left.id == draft
    assert left.answers[f"own-{theo}-meaning"] == ["Not sure yet."]
    assert draft_to_go_on_with(priya, VISIT, amara) is None, "her part is signed: a new visit begins"
    assert events(theo, "visit.made") == []
    page = open_jointly(priya, VISIT, amara, [theo], draft)
    assert [bool(one.signed) for one in page.children] == [True, False]
    assert shared_as_signed(page) == SHARED
    sign_jointly(priya, request(draft, part(theo), shared=shared_as_signed(page)))
    assert events(amara, "visit.made")[-1].act == events(theo, "visit.made")[-1].act
    assert draft_to_go_on_with(priya, VISIT, theo) is None


def test_sent_twice_it_is_one_visit_each(priya, family):
    amara, theo, _ = family
    draft = begun(priya, amara, theo)
    wanted = request(draft, part(amara), part(theo))
    first, again = sign_jointly(priya, wanted), sign_jointly(priya, wanted)
    assert [one.again for one in again.done.values()] == [True, True]
    assert {one.events for one in first.done.values()} == {one.events for one in again.done.values()}
    assert len(events(amara, "visit.made")) == len(events(theo, "visit.made")) == 1


def test_one_that_cannot_be_signed_does_not_hold_up_the_others(priya, family):
    amara, theo, _ = family
    draft = begun(priya, amara, theo)
    done = sign_jointly(priya, request(draft, part(amara), part(theo, why_not_alone=7)))
    assert set(done.done) == {amara}
    assert done.refused[theo].faults[0].place == "data.why_not_alone"
    assert len(events(amara, "visit.made")) == 1
    assert draft_to_go_on_with(priya, VISIT, theo) is not None


def test_a_child_that_becomes_unreadable_is_refused_and_its_part_is_kept_unseen(people, priya, family):
    amara, theo, _ = family
    said = {f"own-{theo}-meaning": ["He is afraid."]}
    draft = begun(priya, amara, theo, **said)
    taken_away(people, theo)
    opened = open_draft(priya, draft)
    assert opened.withheld
    assert "He is afraid." not in str(opened.answers)
    assert str(theo) not in str(opened.answers)
    done = sign_jointly(priya, request(draft, part(amara), part(theo)))
    assert set(done.done) == {amara}
    assert done.refused[theo].code == "not allowed"
    assert events(theo, "visit.made") == []
    row = access_log.of_record(theo)[0].line
    assert (row.allowed, row.page) == (False, f"act:{VISIT}")
    given_back(people, theo)
    assert open_draft(priya, draft).answers[f"own-{theo}-meaning"] == ["He is afraid."]
    assert draft_to_go_on_with(priya, VISIT, theo).id == draft, "the draft stays open for him"


def test_saving_while_a_child_cannot_be_read_loses_nothing_of_its_part(people, priya, family):
    amara, theo, _ = family
    draft = begun(priya, amara, theo, **{f"own-{theo}-meaning": ["He is afraid."]})
    taken_away(people, theo)
    begun(priya, amara, draft=draft, version=1, shown=[str(amara)], place=["At school"])
    given_back(people, theo)
    kept = open_draft(priya, draft).answers
    assert kept[f"own-{theo}-meaning"] == ["He is afraid."]
    assert kept["place"] == ["At school"]
    assert str(theo) in kept["child"]


def test_a_child_taken_off_the_page_keeps_its_part(priya, family):
    amara, theo, _ = family
    draft = begun(priya, amara, theo, **{f"own-{theo}-meaning": ["Later."]})
    begun(priya, amara, draft=draft, version=1, shown=[str(amara)])
    kept = open_draft(priya, draft).answers
    assert (kept["child"], kept[f"own-{theo}-meaning"]) == ([str(amara)], ["Later."])


def test_when_the_first_child_cannot_be_opened_any_more_the_visit_goes_on_for_the_others(
    people, priya, family
):
    amara, theo, leila = family
    draft = begun(priya, amara, theo, leila)
    taken_away(people, amara)
    page = open_jointly(priya, VISIT, amara, [theo, leila], draft)
    assert [one.record for one in page.children] == [theo, leila]


def test_whom_it_may_be_about_is_said_and_who_not_and_why(people, priya, family):
    amara, theo, leila = family
    other = child(people, "Robin Other", worker=None)
    taken_away(people, other)
    related(people, amara, ("Robin Other", other), household="other")
    without_record = {"name": "Sam Nobody", "household": "other"}
    record(people, ("Priya Shah", "list-sibling", without_record), on=amara)
    page = open_jointly(priya, VISIT, amara, [theo, other], uuid4())
    assert [one.record for one in page.children] == [amara, theo], "who may not be opened is not added"
    told = {one.name: one for one in page.others}
    assert told[LEILA].record == leila
    assert told[LEILA].may_be_added
    assert not told["Robin Other"].may_be_added
    assert "not working with this child" in told["Robin Other"].why_not
    assert told["Robin Other"].how_to_ask
    assert told["Sam Nobody"].why_not == "no record has been opened for them"
    from_theo = open_jointly(priya, VISIT, theo, [amara], uuid4())
    assert [one.record for one in from_theo.children] == [theo, amara], "it is known both ways"
    assert AMARA in {one.page.identity.name for one in from_theo.children}
    assert page.children[1].page.identity.name == THEO


def test_a_draft_may_not_be_about_a_child_the_writer_may_not_open(people, priya, family):
    amara, *_ = family
    other = child(people, "Robin Other", worker=None)
    taken_away(people, other)
    refused = save_draft(priya, uuid4(), VISIT, amara, {"child": [str(amara), str(other)]}, 0)
    assert isinstance(refused, Refused)
    assert refused.code == "not allowed"
    own = {"child": [str(amara)], f"own-{other}-meaning": ["x"]}
    assert isinstance(save_draft(priya, uuid4(), VISIT, amara, own, 0), Refused)


def test_nobody_opens_or_signs_somebody_elses_draft(people, priya, family):
    amara, *_ = family
    draft = begun(priya, amara)
    ewan = people.actor("Ewan Marsh")
    assert isinstance(open_draft(ewan, draft), Refused)
    assert isinstance(sign_jointly(ewan, request(draft, part(amara))), Refused)
    assert events(amara, "visit.made") == []


def test_each_record_shown_is_in_the_access_log(priya, family):
    open_jointly(priya, VISIT, family[0], [family[1]], uuid4())
    pages = [[row.line.page for row in access_log.of_record(one)] for one in family]
    assert all(f"act:{VISIT}" in found for found in pages[:2])
    assert f"act:{VISIT}" not in pages[2]
    assert "family" in pages[2]


def test_an_act_that_is_each_childs_own_is_not_done_for_several(priya, family):
    assert isinstance(open_jointly(priya, "record-not-seen", family[0], [], uuid4()), Refused)
    assert isinstance(open_jointly(priya, "no-such-act", family[0], [], uuid4()), Refused)
