"""No log has anybody in it: neither the application's at its loudest, nor PostgreSQL's (SU-5)."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.attacks import filling
from tests.attacks.house import CANARIES, PERSONAL
from tests.attacks.places import places

from cairn.adapters.postgres import Cluster
from cairn.adapters.postgres.cluster import SUPERUSER
from cairn.adapters.postgres.quiet import QUIET, loud
from cairn.application.people import find_number
from cairn.config.logs import Discreet
from cairn.records.models import Staff

TYPED = "Typedcanary"
# Days of birth stand in no sentence of ours; a year alone may.
CANARY = (*CANARIES.values(), *(one for one in PERSONAL if not one.startswith("2")), TYPED)


@contextmanager
def logged():
    """Everything that is logged meanwhile by anybody at all, as an installation would write it down."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def told(text):
    return sorted({one for one in CANARY if one.lower() in text.lower()})


@pytest.mark.attack
def test_reading_every_page_leaves_nobody_in_the_log(house):
    with logged() as written:
        for place in places(house).values():
            if "GET" in place.methods:
                house.client(place.who).get(place.address)
        house.client("Rosa Quill").get(places(house)["child"].address)
    assert written.getvalue(), "something was logged, or nothing was tried"
    assert told(written.getvalue()) == []


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_sending_every_form_leaves_nothing_typed_in_the_log(house):
    with logged() as written:
        for sent in filling.sent(house, [f"{TYPED} Fourcanary"], typed_only=True):
            assert sent.is_kept, str(sent)
    assert told(written.getvalue()) == []


def test_a_search_leaves_nothing_in_the_log(house):
    with logged() as written:
        for form in ({"find": "Wren Fourcanary 21 3 2018"}, {"first_name": TYPED}, {"born": TYPED}):
            house.client("Beth Lomas").post("/find/", form)
        find_number(house.people.actor("Beth Lomas"), TYPED, page="find")
    assert told(written.getvalue()) == []


@pytest.mark.parametrize("fault", [ValueError, KeyError, LookupError, RuntimeError])
def test_what_fails_leaves_its_place_and_not_what_it_says(fault):
    def fail():
        raise fault(f"{TYPED} is none")

    with logged() as written:
        try:
            fail()
        except fault:
            logging.getLogger("cairn.made_up").exception("the page with reference %s failed", "abcd1234")
    said = written.getvalue()
    assert told(said) == []
    assert "abcd1234" in said
    assert "test_su_5_logs.py" in said
    assert fault.__name__ in said


def test_what_the_database_refuses_leaves_the_rule_and_not_the_row(house):
    with logged() as written:
        for name, statement, values in (
            (
                "twice",
                "INSERT INTO records_staff SELECT * FROM records_staff WHERE name = %s",
                ["Priya Shah"],
            ),
            ("none", "SELECT %s::uuid", [TYPED]),
            ("none", "SELECT %s::integer", [TYPED]),
        ):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, values)
            except DatabaseError:
                logging.getLogger("cairn.made_up").exception("%s: %s", name, "failed")
        try:
            with transaction.atomic():
                Staff.objects.create(name=TYPED, role="")
        except DatabaseError:
            logging.getLogger("cairn.made_up").exception("failed")
    said = written.getvalue()
    assert told(said) == []
    assert "staff_has_a_role" in said
    assert "records_staff_pkey" in said


def test_the_statements_themselves_are_not_logged(house):
    with logged() as written:
        house.client("Priya Shah").get(places(house)["child"].address)
    assert "SELECT" not in written.getvalue()


# What a server says of a statement: that it was slow, was refused, broke a rule, could not be read.
WRONG = (
    "INSERT INTO made_up VALUES ('{0}'), ('{0}')",
    "SELECT '{0}'::int",
    "SELECT '{0}' FROM nowhere",
    "DO $$ BEGIN RAISE EXCEPTION 'refused' USING DETAIL = '{0}', HINT = '{0}'; END $$",
    "SELECT pg_sleep(0.05), '{0}'",
)


def say(server, more=()):
    for statement in (*more, *(one.format(TYPED) for one in WRONG)):
        try:
            server.execute(statement)
        except psycopg.Error:
            continue


def test_nobody_is_in_the_log_of_the_embedded_postgresql(tmp_path):
    """Its settings are given where it starts: nothing but its superuser, for a session, can have it say more."""
    with Cluster(tmp_path / "postgres") as cluster:
        log = tmp_path / "postgres" / "postgres.log"
        with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as server:
            server.execute("CREATE TABLE made_up (name text UNIQUE)")
            server.execute("ALTER SYSTEM SET log_min_duration_statement = 0")
            server.execute("ALTER SYSTEM SET log_statement = 'all'")
            server.execute("ALTER SYSTEM SET log_error_verbosity = 'verbose'")
            server.execute("SELECT pg_reload_conf()")
        with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as server:
            say(server)
        said = log.read_text()
        assert "ready to accept connections" in said, "what is no statement is told"
        assert TYPED not in said
        with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as server:
            # The twin: where it is told to, it does say.
            more = {
                "log_error_verbosity": "default",
                "log_min_duration_statement": "0",
                "log_min_messages": "error",
            }
            say(server, tuple(f"SET {name} = '{value}'" for name, value in more.items()))
        assert f"Key (name)=({TYPED})" in log.read_text()
        assert f"pg_sleep(0.05), '{TYPED}'" in log.read_text()


def test_a_server_that_would_say_more_is_told_of(tmp_path):
    """An authority's own server is asked by `cairn database check`; each setting is named with what it has to be."""
    with (
        Cluster(tmp_path / "postgres") as cluster,
        psycopg.connect(cluster.url("postgres", SUPERUSER)) as server,
    ):

        def setting(name):
            return server.execute("SELECT current_setting(%s)", [name]).fetchone()[0]

        assert loud(setting) == []
        louder = {
            "log_statement": "mod", "log_min_duration_statement": "250ms", "log_min_duration_sample": "1s",
            "log_transaction_sample_rate": "0.5", "log_lock_waits": "on", "log_parameter_max_length": "-1",
            "log_parameter_max_length_on_error": "64B", "log_min_error_statement": "error", "log_min_messages": "warning",
            "log_error_verbosity": "default",
        }  # fmt: skip
        assert louder.keys() == QUIET.keys(), "each has its red here"
        for name, value in louder.items():
            server.execute(f"SET {name} = '{value}'")
            (said,) = loud(setting)
            assert said.startswith(f"{name} = {QUIET[name]} (it is {value})")
            server.execute(f"SET {name} = '{QUIET[name]}'")
        assert loud(setting) == []
