"""Supervision of a worker about several of their children: the shared part is who and when, all else is each child's own."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import event, main, view
from tests.people import made_up_staff
from tests.siblings import allocate, child
from tests.statements import statements

from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import store
from cairn.application.sign_in import is_made_up
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import derive
from cairn.core.history.event import Author, Event
from cairn.records import access_log, ledger, register

pytestmark = pytest.mark.django_db
WHEN = {f"when-happened-{part}": value for part, value in (("day", "23"), ("month", "11"), ("year", "2026"))}
SHARED = {**WHEN, "with_whom": "Priya Shah"}
PLAN = {"kind": "child_in_need", "outcomes": [{"outcome": "Wren eats in the morning", "need": "Food."}]}


@pytest.fixture
def people(clock):
    return made_up_staff()


@pytest.fixture
def caseload(people):
    """Two children of Priya Shah of two families, one of a colleague's, one of another team's."""
    mine = child(people, "Wren Made-up"), child(people, "Sol Otherwise")
    colleagues = child(people, "Ash Elsewhere", worker="Ewan Marsh")
    return (*mine, colleagues)


@pytest.fixture
def joanne(people):
    return people.client("Joanne Whitlock")


def address(child):
    return reverse("record-supervision", args=[child])


def own(child, **answers):
    return {f"own-{child}-{name}": value for name, value in answers.items()}


def complete(child, **more):
    return own(child, discussed="Breakfast.", plan_discussed="no_plan", drift="none", **more)


def sent(client, child, *parts, do="check", children=(), **more):
    page = client.get(address(child)).content.decode()
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("draft", "version")}
    everybody = [str(child), *map(str, children)]
    form = {**hidden, "shown": everybody, "child": everybody, "do": do, **more}
    for part in parts:
        form |= part
    return client.post(address(child), form, follow=True)


def signed(client, checked, *children):
    page = checked.content.decode()
    form = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("draft", "version")}
    there = checked.request["PATH_INFO"]
    return client.post(there, {**form, "do": "sign", "sign": list(map(str, children))}, follow=True)


def planned(people, child):
    """A plan as it stands on a record, whatever the procedures ask of those who make one."""
    at, number = now(), len(view(child).stream) + 1
    author = Author("Joanne Whitlock", "team manager", str(people.ids["Joanne Whitlock"]))
    strand = event(child, "referral.received").id
    id_ = str(ledger.event_id(at))
    made = Event(id_, "plan.made", Moment.exact(at), at, author, PLAN, strand, number, act=str(uuid4()))
    register.lock([child])
    store(child, [made], derive((*view(child).stream, made), in_use(), as_at=at))


def held(child):
    return [one for one in view(child).standing.events if one.type == "supervision.held"]


def test_it_begins_with_the_worker_and_offers_the_worker_s_other_children_and_nobody_else_s(joanne, caseload):
    wren, sol, _ = caseload
    page = main(joanne.get(address(wren)))
    assert "Record supervision: Wren Made-up" in page
    assert 'value="Priya Shah"' in page
    assert f'value="{sol}"' in page
    assert "Sol Otherwise" in page
    assert "Ash Elsewhere" not in page
    assert "goes in their supervision file and never here" in page
    assert "Is Wren safe, and how do we know? (optional)" in page
    assert "What was discussed about Wren (optional)" not in page


def test_all_but_who_and_when_is_each_child_s_own(people):
    act = view(child(people, "Wren Made-up")).procedures.vocabulary.acts["record-supervision"]
    fields = view(child(people, "Sol Otherwise")).procedures.vocabulary.fields_of(act)
    assert [field.name for field in fields if not field.own] == ["with_whom"]
    assert not {"wellbeing", "worker_wellbeing"} & {field.name for field in fields}


def test_one_supervision_goes_on_each_child_s_record_with_that_child_s_part_only(joanne, caseload):
    wren, sol, _ = caseload
    actions = {
        f"own-{wren}-actions-count": "1", f"own-{wren}-actions-0-what": "Ring the school",
        f"own-{wren}-actions-0-who": "Priya Shah", f"own-{wren}-actions-0-by_when-day": "30",
        f"own-{wren}-actions-0-by_when-month": "11", f"own-{wren}-actions-0-by_when-year": "2026",
    }  # fmt: skip
    checked = sent(
        joanne, wren, SHARED, complete(wren, agreed="Go on."), actions,
        own(sol, discussed="Sol's new school.", plan_discussed="no_plan", drift="found", drift_said="The move."),
        children=[sol],
    )  # fmt: skip
    assert "Check before you sign" in main(checked)
    done = main(signed(joanne, checked, wren, sol))
    assert "Wren Made-up" in done
    (of_wren,), (of_sol,) = held(wren), held(sol)
    assert of_wren.act == of_sol.act
    assert of_wren.data["with_whom"] == of_sol.data["with_whom"] == "Priya Shah"
    assert of_wren.data["actions"] == [
        {"what": "Ring the school", "who": "Priya Shah", "by_when": "2026-11-30"}
    ]
    assert of_sol.data["drift_said"] == "The move."
    for one, other in ((of_wren, "Sol"), (of_sol, "Ring the school")):
        assert other not in str(one.data) or one is of_sol
    assert "Breakfast." not in str(of_sol.data)
    assert "new school" not in str(of_wren.data)


def test_what_is_missing_is_said_at_its_field(joanne, caseload):
    wren = caseload[0]
    page = main(
        sent(
            joanne,
            wren,
            {**SHARED, "with_whom": ""},
            own(wren, plan_discussed="not_discussed", drift="found"),
        )
    )
    for message in (
        "Enter with whom it was",
        "Enter what was discussed about the child",
        "Enter why the plan was not discussed",
        "Enter what is drifting, and what is done about it",
    ):
        assert message in page


def test_another_thing_to_do_is_added_without_a_script_and_nothing_typed_is_lost(joanne, caseload):
    wren = caseload[0]
    row = {f"own-{wren}-actions-count": "1", f"own-{wren}-actions-0-what": "Ring the school"}
    page = main(
        sent(joanne, wren, SHARED, complete(wren), row, do="", **{"add-another": f"own-{wren}-actions"})
    )
    assert f'name="own-{wren}-actions-1-what"' in page
    assert "Ring the school" in page
    assert "Breakfast." in page


def test_the_plan_and_what_was_agreed_last_time_stand_beside_the_questions(people, joanne, caseload):
    wren = caseload[0]
    planned(people, wren)
    last = {
        "with_whom": "Priya Shah", "discussed": "Food.", "agreed": "Visit weekly.",
        "actions": [{"what": "Ring the nurse", "who": "Priya Shah", "by_when": "2026-11-24"}],
    }  # fmt: skip
    record(people, ("Joanne Whitlock", "record-supervision", last), on=wren)
    page = main(joanne.get(address(wren)))
    assert "Child in need plan since 23 November 2026: Wren eats in the morning" in page
    assert "Last supervision 23 November 2026: Visit weekly." in page
    assert "To be done then: Ring the nurse, Priya Shah, by 24 November 2026" in page


def test_a_plan_that_was_not_discussed_is_taken_and_said_before_and_after_signing(people, joanne, caseload):
    wren = caseload[0]
    planned(people, wren)
    part = own(wren, discussed="Food.", plan_discussed="not_discussed", plan_why_not="No time.", drift="none")
    checked = sent(joanne, wren, SHARED, part)
    assert "It is recorded without this" in main(checked)
    assert "The plan was not discussed" in main(checked)
    signed(joanne, checked, wren)
    overview = main(joanne.get(reverse("child", args=[wren])))
    assert "The plan was not discussed" in overview
    assert "paragraph 8.1" in overview


def test_a_worker_records_none_and_another_team_s_manager_neither(people, caseload):
    wren = caseload[0]
    assert people.client("Priya Shah").get(address(wren)).status_code == 403
    assert people.client("Tunde Bright").get(address(wren)).status_code == 403


def test_a_child_of_another_worker_or_another_team_cannot_be_added_and_stands_nowhere(
    people, joanne, caseload
):
    wren, sol, ash = caseload
    allocate(people, sol, "Rosa Quill", "Family Support")
    page = main(joanne.get(address(wren), {"child": [str(sol), str(ash)]}))
    for gone in ("Sol", "Ash", str(sol), str(ash)):
        assert gone not in page


def test_a_case_of_the_worker_s_that_the_manager_may_not_open_is_not_even_named(people, joanne, caseload):
    wren, sol, _ = caseload
    allocate(people, sol, "Priya Shah", "Family Support")
    assert "Sol" not in main(joanne.get(address(wren)))


def test_whose_names_were_shown_is_in_the_log(joanne, caseload):
    wren, sol, ash = caseload
    joanne.get(address(wren))
    line = access_log.of_record(sol)[0].line
    assert (line.what, line.page, line.relied_on) == ("list", "act:record-supervision", "worker’s cases")
    assert all(row.line.page != "act:record-supervision" for row in access_log.of_record(ash))


def test_nothing_of_one_child_s_part_is_on_another_child_s_page(people, joanne, caseload):
    wren, sol, _ = caseload
    checked = sent(
        joanne, wren, SHARED, complete(wren), complete(sol, agreed="Secret of Sol."), children=[sol]
    )
    signed(joanne, checked, wren, sol)
    for page in ("child", "timeline", "look-back"):
        asked = {"on": "2026-11-23"} if page == "look-back" else {}
        assert "Sol" not in main(joanne.get(reverse(page, args=[wren]), asked)), page


@pytest.mark.parametrize("others", [1, 5])
def test_it_asks_the_database_the_same_however_many_children_the_worker_has(people, joanne, others):
    is_made_up()
    wren = child(people, "Wren Made-up")
    for number in range(others):
        child(people, f"Child{'abcde'[number]} Made-up")
    joanne.get(address(wren))
    assert statements(lambda: joanne.get(address(wren))).count("read recordsummary") == 3
