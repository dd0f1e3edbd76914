"""Team work: numbers that add up, each leading to its list; for those of the team and its managers, and nobody else."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse
from tests.assessments import begin, hand_in, past
from tests.cases import record
from tests.interfaces.web.views.children import allocated, decided, event, later, looks, main, referral, view
from tests.people import made_up_staff

from cairn.application import team_work as at_work
from cairn.application import work
from cairn.application.holders import drift_lines
from cairn.application.team_work import ListWanted, team_list, team_work
from cairn.application.upkeep import rebuild
from cairn.records import figures, staff

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/team/list/[^"]+)">(\d+)')


@pytest.fixture
def people():
    return made_up_staff()


def shown(people, who, address="/team/"):
    response = people.client(who).get(address)
    assert response.status_code == 200, address
    return main(response)


def late_in_team(child):
    """What is overdue for a child, but for what stays with the Contact Centre."""
    return sum(duty.state == "overdue" and duty.rule.who != "contact centre" for duty in view(child).duties)


def some_work(people, clock):
    """Three children with workers, one without, one who waits to be decided; a visit booked, an assessment handed in."""
    made = [allocated(people, worker) for worker in ("Priya Shah", "Priya Shah", "Ewan Marsh")]
    made.append(decided(people))
    referral(people)
    record(people, ("Priya Shah", "book-visit", {"when": "2026-11-27T10:00", "place": "At home"}), on=made[0])
    record(people, ("Priya Shah", "book-visit", {"when": "2026-11-24T10:00", "place": "At home"}), on=made[1])
    hand_in(people, made[0], begin(people, made[0]))
    rebuild()
    return made


def lines(page):
    """How many lines a list has: of work, or of a table."""
    return page.count("c-work__act")


def test_every_number_of_the_page_is_as_long_as_the_list_that_it_leads_to(people, clock):
    some_work(people, clock)
    for days in (0, 2, 40, 200, 400):
        later(clock, days=days)
        page = shown(people, "Joanne Whitlock")
        links = {unescape(address): int(number) for address, number in LINK.findall(page)}
        assert len(links) > 15
        for address, number in links.items():
            found = shown(people, "Joanne Whitlock", address)
            assert lines(found) == number, address
            assert re.search(rf"<h1[^>]*>{number} ", found), address


def test_a_workers_part_and_the_others_are_the_whole(people, clock):
    some_work(people, clock)
    later(clock, days=60)
    joanne = people.actor("Joanne Whitlock")
    whole = team_work(joanne).load
    parts = [str(people.ids[name]) for name in people.ids if name != "Gone Away"]
    pages = [team_work(joanne, who=part) for part in (*parts, "nobody", "elsewhere")]
    for name in figures.names():
        assert sum(page.load[name] for page in pages if isinstance(page, at_work.TeamPage)) == whole[name], (
            name
        )


def test_a_team_s_numbers_add_up_however_little_of_its_work_a_page_shows(people, clock, monkeypatch):
    monkeypatch.setattr(work, "PAGE", 2)
    monkeypatch.setattr(at_work, "PAGE", 2)
    made = [allocated(people, worker) for worker in ("Priya Shah", "Priya Shah", "Ewan Marsh")]
    made.append(decided(people))
    later(clock, days=60)
    found = team_work(people.actor("Joanne Whitlock"))
    late = [late_in_team(child) for child in made]
    held = {line.name: line.load for line in found.holders.workers}
    assert sum(len(group.rows) for group in found.page.groups) == 2
    assert (held["Priya Shah"]["children"], held["Priya Shah"]["overdue"]) == (2, late[0] + late[1])
    assert (held["Ewan Marsh"]["children"], held["Ewan Marsh"]["overdue"]) == (1, late[2])
    assert (found.holders.nobody["children"], found.holders.nobody["overdue"]) == (1, late[3])
    assert found.page.overdue == sum(late)
    assert f"{sum(late)} things are overdue" in shown(people, "Joanne Whitlock")
    first = shown(people, "Joanne Whitlock", "/team/list/?what=overdue")
    assert f"Lines 1 to 2 of {sum(late)}" in first
    assert "Next page" in first
    last = shown(people, "Joanne Whitlock", f"/team/list/?what=overdue&page={-(-sum(late) // 2)}")
    assert "Next page" not in last
    assert "Previous page" in last


def test_the_sentence_says_with_whom_most_is_late_and_who_waits(people, clock):
    for worker in ("Priya Shah", "Priya Shah", "Ewan Marsh"):
        allocated(people, worker)
    decided(people)
    later(clock, days=60)
    page = shown(people, "Joanne Whitlock")
    assert "of them with Priya Shah, who has 2 children" in page
    assert "1 child waits for a worker." in page


def test_one_workers_work_alone(people, clock):
    other, ewans = allocated(people, "Priya Shah"), allocated(people, "Ewan Marsh")
    page = shown(people, "Joanne Whitlock", f"/team/?who={people.ids['Ewan Marsh']}")
    assert "You see only the work of <strong>Ewan Marsh" in page
    assert reverse("child", args=[ewans]) in page
    assert reverse("child", args=[other]) not in page
    assert looks(other)[0][0] != "team-work"


def test_an_approval_waits_until_it_is_decided_and_leads_to_the_decision(people, clock):
    child = allocated(people)
    strand = begin(people, child)
    hand_in(people, child, strand)
    rebuild()
    page = shown(people, "Joanne Whitlock")
    assert f"{reverse('approve-assessment', args=[child])}?strand={strand}" in page
    answers = {"kind": "child_and_family", "reason": "Say more."}
    assert team_work(people.actor("Joanne Whitlock")).load["approvals"] == 1
    record(people, ("Joanne Whitlock", "return-assessment", answers), on=child)
    assert team_work(people.actor("Joanne Whitlock")).load["approvals"] == 0


def test_a_booking_is_among_the_coming_dates_and_past_it_asks(people, clock):
    child = allocated(people)
    record(people, ("Priya Shah", "book-visit", {"when": "2026-11-24T10:00", "place": "At home"}), on=child)
    page = shown(people, "Joanne Whitlock")
    assert "Tue 24 Nov" in page
    assert "1 bookings" not in page
    later(clock, days=3)
    found = team_work(people.actor("Joanne Whitlock"))
    assert (found.load["booked"], found.load["asking"]) == (0, 1)


def test_a_case_drifts_past_the_months_that_the_procedures_name(people, clock):
    """Peterborough 6.2, 8.1: six months are past on the day after the same day of the sixth month."""
    allocated(people)
    six, twelve = [line.name for line in drift_lines() if line.rule.of == "episode"]
    joanne = people.actor("Joanne Whitlock")

    def drifting():
        load = team_work(joanne).load
        return (load[six], load[twelve])

    assert drifting() == (0, 0)
    clock.at = clock.at.replace(year=2027, month=5, day=23, hour=9)
    assert drifting() == (0, 0)
    clock.at = clock.at.replace(day=24)
    assert drifting() == (1, 0)
    clock.at = clock.at.replace(month=11, day=24)
    assert drifting() == (0, 1)
    assert "(6.2)" in shown(people, "Joanne Whitlock", f"/team/list/?what={twelve}")


def test_a_child_is_newly_allocated_for_a_week(people, clock):
    allocated(people)
    joanne = people.actor("Joanne Whitlock")
    assert team_work(joanne).load["new"] == 1
    later(clock, days=8)
    assert team_work(joanne).load["new"] == 0


def test_a_child_with_another_team_s_worker_is_counted_too(people):
    child = allocated(people)
    staff.move(people.ids["Priya Shah"], people.teams["Contact Centre"])
    assert team_work(people.actor("Joanne Whitlock")).holders.elsewhere["children"] == 1
    assert "Workers who are not of this team" in shown(people, "Joanne Whitlock")
    assert looks(child)[0][0] == "team-work"


def test_a_list_writes_those_it_shows_into_the_access_log(people):
    child = allocated(people)
    shown(people, "Joanne Whitlock", "/team/list/?what=children")
    assert looks(child)[0] == ("team-list:children", "list", True)
    assert "saw the name in a list of Team work" in shown(
        people, "Joanne Whitlock", reverse("looked", args=[child])
    )


@pytest.mark.parametrize("who", ["Tunde Bright", "Rosa Quill", "Beth Lomas"])
@pytest.mark.parametrize("address", ["/team/", "/team/list/"])
def test_another_team_s_work_is_not_shown(people, who, address):
    allocated(people)
    asked = {"team": str(people.teams["Referral and Assessment"]), "what": "children"}
    refused = people.client(who).get(address, asked)
    assert refused.status_code == 404
    assert "Wren" not in refused.content.decode()


def test_a_role_that_does_not_work_with_children_sees_no_team_though_it_is_in_one(people):
    child = allocated(people)
    staff.move(people.ids["Farah Lindqvist"], people.teams["Referral and Assessment"])
    assert "You are in no team" in shown(people, "Farah Lindqvist")
    refused = people.client("Farah Lindqvist").get("/team/list/?what=children")
    assert refused.status_code == 404
    assert all(not page.startswith("team") for page, _, _ in looks(child))


def test_who_manages_two_teams_chooses_one(people):
    staff.give_manager(people.teams["Family Support"], people.ids["Joanne Whitlock"])
    page = shown(people, "Joanne Whitlock")
    assert "Which team" in page
    assert "Team: Family Support" in shown(
        people, "Joanne Whitlock", f"/team/?team={people.teams['Family Support']}"
    )


@pytest.mark.parametrize(
    "asked", ["what=nothing", "page=0", "page=x", "team=x", "who=x", "what=overdue&who=' OR 1=1"]
)
def test_a_list_that_is_none_is_not_found(people, asked):
    assert people.client("Joanne Whitlock").get(f"/team/list/?{asked}").status_code == 404


def test_a_worker_who_is_not_of_the_team_has_no_part_of_it(people):
    rosa = people.ids["Rosa Quill"]
    assert people.client("Joanne Whitlock").get(f"/team/?who={rosa}").status_code == 404


def test_a_visit_that_was_missed_is_seen_while_it_is_overdue_and_after_with_how_late_it_was_made(
    people, clock
):
    child = allocated(people)
    referral_of = event(child, "referral.received").id
    past(people, child, referral_of, "plan.made", {"kind": "child_in_need"}, "Joanne Whitlock")
    rebuild()
    later(clock, days=50)
    joanne = people.actor("Joanne Whitlock")
    overdue = team_work(joanne).load["visits-overdue"]
    assert overdue
    assert team_work(joanne).load["visits-missed"] == 0
    seen = {"child_seen": True, "seen_alone": True}
    record(people, ("Priya Shah", "record-visit", seen), on=child)
    found = team_list(joanne, ListWanted("visits-missed"))
    assert found.total >= 1
    assert found.total > overdue - team_work(joanne).load["visits-overdue"] - 1
    assert "days late" in shown(people, "Joanne Whitlock", "/team/list/?what=visits-missed")
    later(clock, days=35)
    assert team_work(joanne).load["visits-missed"] == 0
