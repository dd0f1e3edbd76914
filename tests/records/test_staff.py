"""Staff and teams as frozen values."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cairn.records import staff
from cairn.records.models import Staff


def test_a_person_is_read_with_role_and_team(db):
    team_id = staff.add_team("Assessment East (made up)", "assessment")
    person_id = staff.add_person("Asha Worker", "social worker", team_id)
    person = staff.person(person_id)
    assert (person.name, person.role, person.is_active) == ("Asha Worker", "social worker", True)
    assert (person.team_id, person.team_name, person.team_kind) == (
        team_id,
        "Assessment East (made up)",
        "assessment",
    )
    assert staff.person(uuid4()) is None


def test_a_role_outside_the_glossary_is_refused(db):
    with pytest.raises(ValueError, match="no such role"):
        staff.add_person("Asha Worker", "wizard")


def test_a_team_has_its_manager_and_its_active_members(db):
    team_id = staff.add_team("Team made up", "child in need")
    manager = staff.add_person("Zoe Manager", "team manager")
    members = [staff.add_person(name, "social worker", team_id) for name in ("Cleo", "Abe", "Ben")]
    staff.give_manager(team_id, manager)
    staff.switch(members[2], active=False)

    team = staff.team(team_id)
    assert (team.manager_id, team.manager_name) == (manager, "Zoe Manager")
    assert [each.name for each in staff.members([team_id])] == ["Abe", "Cleo"]
    assert staff.managed_by(manager) == [team]
    assert staff.team_named("Team made up") == team
    assert team in staff.teams()
    assert not staff.person(members[2]).is_active


def test_people_move_between_teams(db):
    one, two = staff.add_team("One made up", "assessment"), staff.add_team("Two made up", "assessment")
    person = staff.add_person("Asha", "social worker", one)
    staff.move(person, two)
    assert [each.id for each in staff.members([two])] == [person]
    assert staff.members([one]) == []


def test_the_live_accounts_of_a_role(db):
    person = staff.add_person("Only Chair", "independent chair")
    gone = staff.add_person("Gone Chair", "independent chair")
    staff.switch(gone, active=False)
    chairs = [each.id for each in staff.active_staff("independent chair")]
    assert person in chairs
    assert gone not in chairs
    assert person in [each.id for each in staff.active_staff()]


def test_two_teams_of_one_name_are_refused(db):
    staff.add_team("Twice made up", "assessment")
    with pytest.raises(IntegrityError, match="team_name_once"), transaction.atomic():
        staff.add_team("Twice made up", "assessment")


def test_nobody_signs_in_with_the_default_password(db):
    account = staff.add_person("Asha", "social worker")
    assert not Staff.objects.get(pk=account).check_password("!")
    assert not Staff.objects.get(pk=account).has_usable_password()
