"""The weekly allocation meeting: for managers of both teams, by day; several agreed at once; only children one may see."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import event, main, view
from tests.interfaces.web.views.test_transfer import BOTH, ON
from tests.people import Staff
from tests.siblings import AMARA, LEILA, THEO, child

MEETING = "/team/allocation-meeting/"
MANAGERS = ("Joanne Whitlock", "Tunde Bright")


def going(people: Staff, name: str, day: str | None = "2026-11-23", team: str = "Family Support") -> UUID:
    made = child(people, name)
    said = {"to_team": str(people.teams[team]), "tier": "tier_4", "reason": "Longer help."}
    said |= {"allocation_meeting": day} if day else {}
    record(people, ("Priya Shah", "propose-transfer", said), on=made)
    return made


def send(people: Staff, who: str, children: list[UUID], **more: object):
    client = people.client(who)
    page = client.get(MEETING).content.decode()
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', page))
    form = {
        "child": [str(one) for one in children],
        "key": str(uuid4()),
        **seen,
        **ON,
        "attended": BOTH,
        **more,
    }
    return client.post(MEETING, form, follow=True)


def test_both_managers_see_who_is_to_go_by_day_and_the_numbers_add_up(people):
    first, _, _ = going(people, AMARA), going(people, THEO, "2026-11-30"), going(people, LEILA, None)
    for who in MANAGERS:
        page = main(people.client(who).get(MEETING))
        assert "<strong>3 children</strong> with an open transfer: 3 to agree, 0 agreed" in page
        assert page.count("1 child: 1 to agree, 0 agreed") == 3
        assert page.index("Today, Monday 23 November 2026") < page.index("Monday 30 November 2026")
        assert page.index("Monday 30 November 2026") < page.index("For no meeting yet")
        assert f'href="{reverse("transfer", args=[first])}"' in page
        assert "Referral and Assessment to <strong>Family Support</strong>" in page
        assert "Tier 4" in page
        assert "Tell the receiving manager that a case is coming (9.6)" in page


def test_a_child_of_other_teams_is_neither_listed_nor_counted(people):
    going(people, AMARA)
    going(people, THEO, team="Contact Centre")
    assert AMARA in main(people.client("Joanne Whitlock").get(MEETING))
    for who, there, not_there in (
        ("Tunde Bright", AMARA, THEO),
        ("Sheila Knowles", THEO, AMARA),
    ):
        page = main(people.client(who).get(MEETING))
        assert there in page
        assert not_there not in page
        assert "<strong>1 child</strong>" in page


def test_workers_are_told_who_it_is_for(people):
    going(people, AMARA)
    for who in ("Priya Shah", "Rosa Quill", "Farah Lindqvist"):
        assert people.client(who).get(MEETING).status_code == 403


def test_several_are_agreed_at_once_as_acts_of_their_own(people):
    made = [going(people, AMARA), going(people, THEO), going(people, LEILA)]
    done = send(people, "Tunde Bright", made[:2], reason="Agreed by both.")
    assert f"Agreed for {AMARA} and {THEO}." in main(done)
    agreed = [event(one, "transfer.agreed") for one in made[:2]]
    assert {one.data["agreed_on"] for one in agreed} == {"2026-11-23"}
    assert len({one.act for one in agreed}) == 2
    assert not [one for one in view(made[2]).standing.events if one.type == "transfer.agreed"]
    assert "1 to agree, 2 agreed and not complete yet" in main(done)


def test_nobody_ticked_or_no_day_is_said_and_what_was_typed_kept(people):
    made = going(people, AMARA)
    none = send(people, "Tunde Bright", [], reason="Kept.")
    assert none.status_code == 422
    assert "Tick the children whose transfer was agreed" in main(none)
    assert f'href="#child-{made}"' in none.content.decode()
    assert "Kept.</textarea>" in main(none)
    nobody_there = send(people, "Tunde Bright", [made], attended=[])
    assert "Choose who was at the meeting" in main(nobody_there)
    assert re.search(rf'value="{made}" checked', main(nobody_there))


def test_what_two_managers_do_at_once_is_done_once_and_said(people):
    made, other = going(people, AMARA), going(people, THEO)
    page = people.client("Joanne Whitlock").get(MEETING).content.decode()
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', page))
    send(people, "Tunde Bright", [made])
    form = {"child": [str(made), str(other)], "key": str(uuid4()), **seen, **ON, "attended": BOTH}
    second = people.client("Joanne Whitlock").post(MEETING, form)
    assert second.status_code == 422
    assert "Agreed for Theo Made-up." in main(second)
    assert f"{AMARA}: It was agreed already, by Tunde Bright on 23 November 2026" in main(second)
    assert len([one for one in view(made).stream if one.type == "transfer.agreed"]) == 1


def test_sent_twice_each_is_agreed_once(people):
    made, key = going(people, AMARA), str(uuid4())
    for _ in range(2):
        send(people, "Tunde Bright", [made], key=key)
    assert len([one for one in view(made).stream if one.type == "transfer.agreed"]) == 1


def test_one_manager_alone_agrees_nothing(people):
    made = going(people, AMARA)
    refused = send(people, "Joanne Whitlock", [made], attended=["outgoing_manager"])
    assert refused.status_code == 422
    assert "The managers of both teams have to be there (paragraph 9.4)" in main(refused)


def test_a_child_whom_one_may_not_see_cannot_be_agreed(people):
    going(people, THEO)
    made = going(people, AMARA, team="Contact Centre")
    sent = send(people, "Tunde Bright", [made])
    assert sent.status_code == 422
    assert AMARA not in sent.content.decode()
    assert not [one for one in view(made).standing.events if one.type == "transfer.agreed"]


def test_who_came_before_is_told_and_whose_turn_it_is(people):
    first = going(people, AMARA)
    send(people, "Tunde Bright", [first], attended=[*BOTH, "looked_after"])
    page = main(people.client("Joanne Whitlock").get(MEETING))
    assert "The disability team comes next (9.4)." in page
    assert "Manager of the team that hands over, Manager of the team that takes over" in page
    over = {"to_worker": str(people.ids["Rosa Quill"]), "summary": "Made up."}
    record(people, ("Priya Shah", "complete-transfer", over), on=first)
    page = main(people.client("Joanne Whitlock").get(MEETING))
    assert AMARA not in page
    assert "The disability team comes next (9.4)." in page
    assert "No transfer is open" in page
