"""The owner and its database in an embedded cluster: as in an authority's, the owner is no superuser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from cairn.adapters.postgres.cluster import SUPERUSER

if TYPE_CHECKING:
    from cairn.adapters.postgres.cluster import Cluster

OWNER = "cairn_owner"
# A name that begins like this is how a database says that everybody in it is made up; see `application.sign_in`.
DATABASE = "cairn_demo"
_ONE_AT_A_TIME = 7_204_817  # any fixed number


def make_database(cluster: Cluster, name: str = DATABASE) -> str:
    """Make the owner's role and an empty database where they are missing; returns the owner's URL of it."""
    with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        if not connection.execute("select 1 from pg_roles where rolname = %s", [OWNER]).fetchone():
            connection.execute(
                sql.SQL("create role {} login createrole createdb").format(sql.Identifier(OWNER))
            )
        if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            make = sql.SQL("create database {} owner {}")
            connection.execute(make.format(sql.Identifier(name), sql.Identifier(OWNER)))
    return cluster.url(name, OWNER)


def drop_database(cluster: Cluster, name: str = DATABASE) -> bool:
    """Drop a database and all in it; False, and nothing done, where somebody is connected to it."""
    with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
        except psycopg.errors.ObjectInUse:
            return False
    return True
