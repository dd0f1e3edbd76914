"""The database fixtures give what the other tests take for granted."""

from __future__ import annotations

from http.client import HTTPConnection

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.templatetags.static import static

APP = "cairn_app"


@pytest.mark.django_db
def test_tests_work_as_the_application_and_not_as_the_owner():
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_database()")
        assert cursor.fetchone() == (APP, "cairn_test")
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("create table stone (number int)")


def test_a_committed_database_is_the_tests_own_and_empty(committed_database):
    with psycopg.connect(committed_database.url()) as owner:
        owner.execute("create table stone (number int)")
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_database()")
        assert cursor.fetchone() == (APP, committed_database.name)
        cursor.execute("select to_regclass('stone') is not null")
        assert cursor.fetchone() == (True,)


def test_the_next_one_does_not_see_it(committed_database):
    with psycopg.connect(committed_database.url()) as owner:
        assert owner.execute("select to_regclass('stone')").fetchone() == (None,)


@pytest.mark.django_db
def test_afterwards_the_common_database_is_back():
    with connection.cursor() as cursor:
        cursor.execute("select current_database(), to_regclass('stone')")
        assert cursor.fetchone() == ("cairn_test", None)


def test_the_application_is_served_with_its_style_sheet(web_server):
    line = HTTPConnection(web_server.removeprefix("http://"))
    line.request("GET", static("cairn.css"))
    answer = line.getresponse()
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/css")
    line.close()
