"""Who does not wish to be named: kept apart at the door in, in every way in, and opened by right with a reason."""

from __future__ import annotations

import json
from argparse import Namespace
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection
from tests.cases import record
from tests.interfaces.web.views.children import DECISION, REFERRAL, event, view
from tests.people import made_up_staff

from cairn.application.child import open_child
from cairn.application.contact import carried_over, decide_contact
from cairn.application.drafting import open_draft, save_draft
from cairn.application.entries import Correction, correct_entry
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.referrers import NOBODY, ask_who, open_who
from cairn.application.refused import Refused
from cairn.application.siblings import SiblingDecision, decide_referral
from cairn.config.commands.identities import run
from cairn.records import access_log, identities

pytestmark = pytest.mark.django_db
WHO = {
    "caller_name": "Nell Canaryneighbour", "caller_role": "Lives at canarynumber 7", "caller_organisation": "Canary Allotments",
    "call_back": "01632 960 999",
}  # fmt: skip
CALL = {
    "name": "Wren Made-up", "born": "2018-03-21", "source": "individual_acquaintance", "contact_type": "worry_about_child",
    "concern": "Shouting at night.", "concern_kind": ["neglect"], "affects_other_children": True, "may_name_caller": "no", **WHO,
}  # fmt: skip
REFER = {name: value for name, value in REFERRAL.items() if not name.startswith("referrer_")}
DUTY, WORKER = "Sheila Knowles", "Beth Lomas"


@pytest.fixture
def people():
    return made_up_staff()


@pytest.fixture
def child(people):
    return record(people, ("Beth Lomas", "record-contact", CALL))


def everything():
    """Every column of every table but the one, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'records_foureyes'"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")  # noqa: S608
            found[name] = cursor.fetchone()[0]
        return found


def leaks():
    found = everything()
    return {table for table, text in found.items() for one in WHO.values() if one in text or "anary" in text}


def of(people, child, type_="contact.received", who=DUTY, reason="To ring them back."):
    return open_who(people.actor(who), child, event(child, type_).id, reason)


def test_none_of_it_gets_into_any_table_in_the_clear(people, child):
    assert leaks() == set()
    assert event(child, "contact.received").data["may_name_caller"] == "no"
    assert dict(of(people, child).said) == WHO


def test_the_twin_who_may_be_named_stands_in_the_entry_as_before(people):
    child = record(people, ("Beth Lomas", "record-contact", {**CALL, "may_name_caller": "yes"}))
    assert event(child, "contact.received").data["caller_name"] == WHO["caller_name"]
    assert leaks() == {"records_eventcontent"}
    assert of(people, child) == NOBODY


def test_of_an_anonymous_call_there_is_nobody_to_open(people):
    call = {name: value for name, value in CALL.items() if name not in WHO} | {"source": "anonymous"}
    child = record(people, ("Beth Lomas", "record-contact", call))
    assert of(people, child) == NOBODY


def decide(people, child):
    call = event(child, "contact.received")
    request = Request("decide-contact", REFER, child, strand=call.id)
    done = decide_contact(people.actor(DUTY), request, call)
    assert isinstance(done, Recorded), done


def test_the_referral_made_from_it_points_to_the_same(people, child):
    decide(people, child)
    referred, call = event(child, "referral.received").data, event(child, "contact.received")
    assert referred["identity_of"] == call.id
    assert referred["may_name_referrer"] == "no"
    assert leaks() == set()
    assert dict(of(people, child, "referral.received").said) == {
        "referrer_name": WHO["caller_name"], "referrer_role": WHO["caller_role"],
        "referrer_organisation": WHO["caller_organisation"], "referrer_contact": WHO["call_back"],
    }  # fmt: skip


def test_so_does_the_referral_of_a_brother_or_sister(people, child):
    decide(people, child)
    record(
        people, ("Martin Oyelaran", "list-sibling", {"name": "Robin Made-up", "household": "same"}), on=child
    )
    referral = event(child, "referral.received")
    decision = {**DECISION, "no_siblings": None}
    wanted = [SiblingDecision(event(child, "sibling.listed").id, "open", "The same worry.")]
    request = Request(
        "decide-referral", {k: v for k, v in decision.items() if v is not None}, child, strand=referral.id
    )
    done = decide_referral(people.actor("Martin Oyelaran"), request, wanted, view(child))
    assert not isinstance(done, Refused), done
    [sibling] = done.opened
    for type_ in ("contact.received", "referral.received"):
        assert event(sibling, type_).data["identity_of"] == event(child, "contact.received").id
        assert WHO["caller_name"] in of(people, sibling, type_, "Martin Oyelaran").said.values()
    assert leaks() == set()


def test_a_referral_recorded_directly_is_kept_apart_too(people, child):
    direct = {
        "source": "individual_family", "concern": "Not fed.", "referrer_name": WHO["caller_name"], "may_name_referrer": "no"
    }  # fmt: skip
    record(people, ("Beth Lomas", "record-referral", direct), on=child)
    assert leaks() == set()
    assert of(people, child, "referral.received").named("referrer_name") == WHO["caller_name"]


@pytest.mark.parametrize(
    ("who", "may"),
    [("Priya Shah", True), ("Joanne Whitlock", True), ("Dilys Penhale", False), ("Rosa Quill", False)],
)
def test_it_is_opened_by_right_and_relationship_with_a_row_of_its_own(people, child, who, may):
    decide(people, child)
    worker = {
        "worker": "Priya Shah", "worker_id": str(people.ids["Priya Shah"]), "team": "Referral and Assessment",
        "team_id": str(people.teams["Referral and Assessment"]),
    }  # fmt: skip
    record(
        people,
        ("Martin Oyelaran", "decide-referral", DECISION),
        ("Joanne Whitlock", "allocate", worker),
        on=child,
    )
    found = of(people, child, who=who, reason="She asked to be rung.")
    assert isinstance(found, Refused) is not may, found
    lines = [row.line for row in access_log.of_record(child) if row.line.what == "identity"]
    if may:
        assert [(one.allowed, one.purpose) for one in lines] == [(True, "She asked to be rung.")]
    else:
        assert not lines
    assert "anary" not in str(access_log.of_record(child))


def test_asking_whether_one_may_reads_no_identity(people, child, monkeypatch):
    monkeypatch.setattr(identities, "of_event", lambda _: pytest.fail("read"))
    assert not isinstance(ask_who(people.actor(DUTY), child, event(child, "contact.received").id), Refused)


def fix(people, child, answers, who=WORKER):
    entry = event(child, "contact.received").id
    return correct_entry(people.actor(who), child, Correction(entry, answers, "Heard wrongly."), uuid4())


def test_a_correction_changes_it_in_its_table(people, child):
    assert isinstance(fix(people, child, {"caller_name": "Nella Canaryneighbour"}), Recorded)
    assert dict(of(people, child).said) == {**WHO, "caller_name": "Nella Canaryneighbour"}
    assert leaks() == set()


def test_a_correction_of_something_else_loses_nothing(people, child):
    assert isinstance(fix(people, child, {"concern": "Shouting in the evening."}), Recorded)
    assert dict(of(people, child).said) == WHO


def test_who_may_be_named_after_all_is_named_by_somebody_who_may_see_it(people, child):
    assert isinstance(fix(people, child, {"may_name_caller": "yes"}), Recorded)
    standing = next(one for one in view(child).standing.events if one.type == "contact.received")
    assert standing.data["caller_name"] == WHO["caller_name"]


def test_and_by_nobody_else(people, child, monkeypatch):
    monkeypatch.setattr("cairn.application.referrers._may_not_see", lambda _: Refused("not allowed", "No"))
    assert isinstance(fix(people, child, {"may_name_caller": "yes"}), Refused)
    assert leaks() == set()


def test_who_was_named_and_does_not_wish_it_is_kept_apart_from_then_on(people):
    child = record(people, ("Beth Lomas", "record-contact", {**CALL, "may_name_caller": "yes"}))
    assert isinstance(fix(people, child, {"may_name_caller": "no"}), Recorded)
    assert dict(of(people, child).said) == WHO


def test_words_that_stand_for_what_is_withheld_are_never_written(people, child):
    note = Request("add-note", {"text": "They said: Withheld: police text"}, child)
    done = record_act(people.actor(WORKER), note)
    assert isinstance(done, Refused)
    assert "withheld from you" in done.reason
    assert isinstance(
        record_act(people.actor(WORKER), Request("add-note", {"text": "They rang."}, child)), Recorded
    )


def test_a_draft_of_the_contact_holds_it_sealed(people):
    actor, draft = people.actor("Beth Lomas"), uuid4()
    typed = {name: [value] for name, value in CALL.items() if isinstance(value, str)}
    first = save_draft(actor, draft, "record-contact", None, typed, 0)
    assert leaks() == set()
    again = save_draft(actor, draft, "record-contact", None, typed, 0)
    assert (first.version, again.version) == (1, 1), "sent again it is no second text"
    found = open_draft(actor, draft)
    assert not isinstance(found, Refused)
    assert found.answers["caller_name"] == [WHO["caller_name"]]


def test_what_is_carried_over_holds_no_words_in_place_of_a_name(people, child):
    found = open_child(people.actor(DUTY), child, page="test")
    [call] = [one for one in found.view.standing.events if one.type == "contact.received"]
    assert call.data["caller_name"] == "Member of the public (identity withheld)"
    assert "withheld" not in json.dumps(carried_over(call))


def test_a_new_key_opens_what_an_old_one_sealed_and_seals_it_again(people, child, monkeypatch, capsys):
    old, new = settings.REFERRER_KEYS[0], Fernet.generate_key().decode()
    monkeypatch.setattr(settings, "REFERRER_KEYS", [new])
    entry = UUID(event(child, "contact.received").id)
    with pytest.raises(identities.NoKey):
        identities.of_event(entry)
    assert run(Namespace(do="seal")) == 1
    assert "CAIRN_REFERRER_KEY lacks the key" in capsys.readouterr().err
    monkeypatch.setattr(settings, "REFERRER_KEYS", [new, old])
    assert identities.of_event(entry) == WHO
    assert run(Namespace(do="seal")) == 0
    assert "1 sealed by the first key" in capsys.readouterr().out
    assert identities.seal_again(now()) == 0
    monkeypatch.setattr(settings, "REFERRER_KEYS", [new])
    assert identities.of_event(entry) == WHO
