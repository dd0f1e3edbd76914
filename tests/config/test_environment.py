"""What the surroundings say, and what is made where they say nothing."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from cairn.config import environment


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("Yes ", True), ("0", False), ("", False), ("off", False)]
)
def test_a_switch_is_on_only_by_a_plain_yes(value, on):
    assert environment.switched_on({"CAIRN_PLAIN_HTTP": value}, "CAIRN_PLAIN_HTTP") is on
    assert not environment.switched_on({}, "CAIRN_PLAIN_HTTP")


def test_a_list_is_split_at_commas():
    assert environment.listed({"CAIRN_HOSTS": "a.example, b.example,"}, "CAIRN_HOSTS", ["x"]) == [
        "a.example",
        "b.example",
    ]
    assert environment.listed({"CAIRN_HOSTS": " "}, "CAIRN_HOSTS", ["x"]) == ["x"]


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    home = tmp_path / "home"
    made = environment.secret_key({}, home)
    assert len(made) > 80
    assert environment.secret_key({}, home) == made
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [each.name for each in home.iterdir()] == ["secret-key"]


def test_a_secret_given_makes_no_file(tmp_path):
    assert environment.secret_key({"CAIRN_SECRET_KEY": "given"}, tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_once_share_one_secret(tmp_path):
    together = threading.Barrier(8)
    found: list[str] = []

    def start() -> None:
        together.wait(timeout=10)
        found.append(environment.secret_key({}, tmp_path))

    starting = [threading.Thread(target=start) for _ in range(8)]
    for each in starting:
        each.start()
    for each in starting:
        each.join(timeout=10)
    assert len(found) == 8
    assert len(set(found)) == 1


def test_home_is_said_or_in_the_users_home():
    assert environment.home({"CAIRN_HOME": "/srv/cairn"}) == Path("/srv/cairn")
    assert environment.home({}) == Path.home() / ".cairn"


def test_the_owners_address_becomes_the_apps():
    found = environment.app_database(
        {
            "CAIRN_DATABASE_URL": "postgresql://owner:secret@db.example:5433/cairn",
            "CAIRN_APP_PASSWORD": "other",
        }
    )
    assert (found["USER"], found["PASSWORD"]) == ("cairn_app", "other")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "cairn")
    assert "secret" not in str(found)


def test_an_address_for_the_app_is_taken_as_it_stands():
    found = environment.app_database(
        {
            "CAIRN_APP_DATABASE_URL": "postgresql://cairn_app:pw@db.example/cairn",
            "CAIRN_DATABASE_URL": "postgresql://owner@elsewhere/other",
        }
    )
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("cairn_app", "pw", "db.example")


def test_without_an_address_it_is_the_embedded_one():
    found = environment.app_database({}, "postgresql://cairn_app@%2Frun%2Fcairn:5432/cairn")
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/run/cairn", "cairn", "cairn_app")


def test_before_the_first_start_there_is_no_embedded_address(tmp_path):
    assert environment.embedded_address(tmp_path) is None


def test_statements_waits_and_idle_transactions_have_limits():
    options = environment.database("postgresql://cairn_app@/cairn")["OPTIONS"]
    assert "-c statement_timeout=5000" in options["options"]
    assert "-c lock_timeout=4000" in options["options"]
    assert "-c idle_in_transaction_session_timeout=60000" in options["options"]
    assert "-c random_page_cost=1.1" in options["options"]
    assert options["pool"]["timeout"] == 5
    assert "pool" not in environment.database("postgresql://cairn_app@/cairn", pool=False)["OPTIONS"]
