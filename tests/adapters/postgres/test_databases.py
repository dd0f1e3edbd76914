"""The database of an embedded cluster belongs to an owner who is no superuser, as an authority's would."""

from __future__ import annotations

import psycopg
import pytest

from cairn.adapters.postgres import Cluster
from cairn.adapters.postgres.databases import drop_database, make_database


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("databases") / "postgres") as running:
        yield running


def test_the_owner_makes_roles_and_databases_and_is_no_superuser(cluster):
    with psycopg.connect(make_database(cluster)) as connection:
        rights = connection.execute(
            "select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
        ).fetchone()
    assert rights == ("cairn_owner", False, True, True)


def test_making_it_again_keeps_what_is_in_it(cluster):
    with psycopg.connect(make_database(cluster, "kept")) as connection:
        connection.execute("create table stone (number int)")
    with psycopg.connect(make_database(cluster, "kept")) as connection:
        assert connection.execute("select count(*) from stone").fetchone() == (0,)


def test_dropping_takes_all_of_it_away(cluster):
    with psycopg.connect(make_database(cluster, "dropped")) as connection:
        connection.execute("create table stone (number int)")
    assert drop_database(cluster, "dropped")
    with psycopg.connect(make_database(cluster, "dropped")) as connection:
        assert connection.execute("select to_regclass('stone')").fetchone() == (None,)


def test_what_somebody_works_with_is_not_dropped(cluster):
    with psycopg.connect(make_database(cluster, "busy")) as connection:
        assert not drop_database(cluster, "busy")
        assert connection.execute("select 1").fetchone() == (1,)


@pytest.mark.parametrize("extension", ["pg_trgm", "fuzzystrmatch", "btree_gist", "unaccent"])
def test_the_owner_can_add_the_extensions_that_are_used(cluster, extension):
    with psycopg.connect(make_database(cluster, "extended")) as connection:
        connection.execute(f"create extension {extension}")
