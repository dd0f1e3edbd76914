"""A worker leaves a child: with or without a joint visit, with what is open shown; the team keeps the child."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, main, view

from cairn.application.ports import now
from cairn.records import drafts, projections

MANAGER, WORKER = "Joanne Whitlock", "Priya Shah"


def at(child, name="end-allocation"):
    return reverse(name, args=[child])


def leave(people, child, **form):
    return people.client(MANAGER).post(at(child), {"key": str(uuid4()), **form}, follow=True)


def test_without_a_joint_visit_it_is_said_before_and_recorded_without(people):
    child = allocated(people)
    page = main(people.client(MANAGER).get(at(child)))
    assert "The worker left without a joint visit with the one who takes over (paragraph 9.8)" in page
    assert f'href="{at(child, "record-visit")}?handover=yes"' in page
    done = leave(people, child, reason="Moves to another authority.")
    assert "The child waits for another worker of the team." in main(done)
    ended = event(child, "allocation.ended")
    assert (ended.data["worker"], ended.data["worker_id"]) == (WORKER, str(people.ids[WORKER]))
    without = {one.refusal.provision for one in view(child).recorded_without if one.event.id == ended.id}
    assert without == {"joint-visit-when-worker-leaves"}
    assert "without a joint visit" in main(done)


def test_with_one_nothing_is_missing(people):
    child = allocated(people)
    record(people, (WORKER, "record-visit", {"child_seen": True, "handover": True}), on=child)
    assert "The worker left without" not in main(people.client(MANAGER).get(at(child)))
    leave(people, child, reason="Leaves.")
    assert not [one for one in view(child).recorded_without if one.event.type == "allocation.ended"]


def test_the_manager_sees_what_is_open(people):
    child = allocated(people)
    record(people, (WORKER, "book-visit", {"when": "2026-12-01T10:00", "place": "At home"}), on=child)
    drafts.save(
        drafts.DraftToSave(uuid4(), people.ids[WORKER], "add-note", child, {"text": "Half"}, 0), now()
    )
    page = main(people.client(MANAGER).get(at(child)))
    assert "1 December 2026, 10am, At home." in page
    assert "Priya Shah began it and has not sent it." in page
    assert "Half" not in page


def test_the_team_keeps_the_child_and_the_front_door_does_not_get_in(people):
    child = allocated(people)
    for step in ("reason", "again"):
        team = projections.summary(child).team_id
        assert team == people.teams["Referral and Assessment"], step
        if step == "reason":
            leave(people, child, reason="Leaves.")
    assert projections.summary(child).stage == "to be allocated"
    assert "Wren Made-up" in main(people.client(MANAGER).get(reverse("team-work")))
    for name in ("Beth Lomas", "Sheila Knowles", "Rosa Quill"):
        assert people.client(name).get(reverse("child", args=[child])).status_code == 403, name


def test_a_child_of_another_team_does_not_fall_back_to_the_team_of_referrals(people):
    child = allocated(people)
    to = {
        "worker": "Rosa Quill",
        "worker_id": str(people.ids["Rosa Quill"]),
        "team": "Family Support",
        "team_id": str(people.teams["Family Support"]),
    }
    record(people, (MANAGER, "allocate", to), on=child)
    record(people, ("Tunde Bright", "end-allocation", {"reason": "Leaves."}), on=child)
    assert projections.summary(child).team_id == people.teams["Family Support"]
    assert people.client(MANAGER).get(reverse("child", args=[child])).status_code == 403
    assert people.client("Tunde Bright").get(at(child, "allocate")).status_code == 200


def test_nobody_to_end_and_no_reason_are_said_with_the_remedy(people):
    child = allocated(people)
    assert "Say why the worker leaves" in main(leave(people, child))
    leave(people, child, reason="Leaves.")
    again = leave(people, child, reason="Kept.")
    assert again.status_code == 422
    assert "Nobody works with this child now" in main(again)
    assert "Kept.</textarea>" in main(again)


def test_only_managers_of_the_team_do_it(people):
    child = allocated(people)
    for name in (WORKER, "Tunde Bright", "Dilys Penhale"):
        assert people.client(name).get(at(child)).status_code == 403, name
