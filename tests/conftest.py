"""What every test may ask for. A test that asks for no database starts none.

`db` (or the mark `django_db`)
    A real PostgreSQL as the role that the application has; what the test writes is rolled back.
`committed_database`
    A fresh database of the test's own, for what really commits or uses several connections.
`collected_files`
    The files that pages name, collected once; without it a page that names one can't be drawn.
`web_server`
    The application at an address, on `committed_database`, for a browser or another HTTP client.

The server is the embedded one, or that of CAIRN_TEST_DATABASE_URL (an owner who may make roles and databases).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import django
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cairn.adapters.postgres import Cluster
from cairn.adapters.postgres.cluster import SUPERUSER
from cairn.adapters.postgres.databases import make_database
from cairn.records import roles

HOME = Path(tempfile.mkdtemp(prefix="cairn-tests-"))

for name in [each for each in os.environ if each.startswith("CAIRN_") and not each.startswith("CAIRN_TEST_")]:
    del os.environ[name]
os.environ["CAIRN_HOME"] = str(HOME)
# Chosen where the run begins, so that all its workers break the same provisions.
os.environ.setdefault("CAIRN_TEST_BREAK_SEED", str(random.SystemRandom().randrange(10**6)))
os.environ["CAIRN_PLAIN_HTTP"] = "yes"
# Driving a browser leaves an event loop in the main thread, on which no test of ours does anything.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
os.environ["DJANGO_SETTINGS_MODULE"] = "cairn.config.settings"
(HOME / "static").mkdir()
django.setup()

CHROMIUM = Path("/usr/bin/chromium")
TEMPLATE = "cairn_template"
APP = "cairn_app"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server as its owner reaches it."""

    address: str

    def url(self, database: str, role: str | None = None) -> str:
        """The address of a database for a role; for the owner where none is named."""
        changed = {"dbname": database} | ({"user": role} if role else {})
        return make_conninfo(self.address, **changed)

    def make(self, database: str, template: str = "template1") -> None:
        """Make a database, a copy of the template, with the rights that `prepare` gives on a database."""
        self._say("create database {} template {}", database, template)
        if template != TEMPLATE:
            return
        self._say("revoke all on database {} from public", database)
        for role in (APP, "cairn_sealer", "cairn_disposal"):
            self._say("grant connect on database {} to {}", database, role)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still in it. The server's own vacuum may be, and only it can leave."""
        for patience in range(40):
            try:
                return self._say("drop database if exists {} with (force)", database)
            except psycopg.errors.InsufficientPrivilege:
                time.sleep(0.05 * patience)
        return self._say("drop database if exists {} with (force)", database)

    def _say(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass(frozen=True)
class Database:
    """One database of a test's own; `url()` is the owner's, `url("cairn_app")` the application's."""

    server: Server
    name: str

    def url(self, role: str | None = None) -> str:
        return self.server.url(self.name, role)


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("chromium"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="there is no Chromium here (apt-get install chromium)"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A test that was left out has shown nothing: say so where nobody can miss it."""
    reasons = left_out(terminalreporter)
    if reasons:
        terminalreporter.section(f"LEFT OUT: {sum(reasons.values())}", red=True, bold=True)
        for reason, number in reasons.most_common():
            terminalreporter.line(f"NOT TESTED ({number}): {reason}", red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where a machine judges (CI is set), what was left out counts as failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and session.exitstatus == pytest.ExitCode.OK and left_out(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def left_out(reporter: pytest.TerminalReporter) -> Counter[str]:
    """How many tests were left out, by reason."""
    return Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in reporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )


@pytest.fixture(scope="session")
def database_server(django_db_blocker):
    """A server with the prepared template in it."""
    from cairn.application import four_eyes  # noqa: PLC0415 - it needs Django's settings

    with contextlib.ExitStack() as stack:
        given = os.environ.get("CAIRN_TEST_DATABASE_URL")
        server = Server(given or _own_server(stack.enter_context(Cluster(HOME / "postgres"))))
        server.drop(TEMPLATE)
        server.make(TEMPLATE)
        with django_db_blocker.unblock():
            roles.prepare(server.url(TEMPLATE), four_eyes.rules())
        yield server
        server.drop(TEMPLATE)


def _own_server(cluster: Cluster) -> str:
    """A server of this run's own, without the vacuum: no database is dropped while it is at work, and each is small."""
    with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute("alter system set autovacuum = off")
        connection.execute("select pg_reload_conf()")
    return make_database(cluster, "owners")


@pytest.fixture(scope="session")
def django_db_setup(database_server, django_db_blocker):
    """Point Django at a copy of the template, as the application's role, for the whole run."""
    database = Database(database_server, "cairn_test")
    database_server.drop(database.name)
    database_server.make(database.name, TEMPLATE)
    with django_db_blocker.unblock(), _connected(database):
        yield
    database_server.drop(database.name)


_numbers = itertools.count(1)


@pytest.fixture
def committed_database(database_server, django_db_blocker):
    """A fresh copy of the template, to which Django is connected as the application until the test ends."""
    database = Database(database_server, f"cairn_test_{next(_numbers)}")
    database_server.drop(database.name)
    database_server.make(database.name, TEMPLATE)
    with django_db_blocker.unblock(), _connected(database):
        yield database
    database_server.drop(database.name)


@pytest.fixture(scope="session")
def collected_files():
    """The pages' style sheets and scripts, where the web server looks for them."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def web_server(committed_database, collected_files):
    """The address of the application, served from this process on `committed_database`."""
    # The files are served by the application itself, as they are anywhere else.
    server = LiveServerThread("127.0.0.1", lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@contextlib.contextmanager
def _connected(database: Database):
    """Django's settings changed in place (every thread's connection reads the same ones), and put back."""
    parts = conninfo_to_dict(database.url(APP))
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings = connections["default"].settings_dict
    before = dict(settings)
    options = {name: value for name, value in before["OPTIONS"].items() if name != "pool"}
    connections.close_all()
    settings.update({name: str(parts.get(part) or "") for name, part in names.items()}, OPTIONS=options)
    try:
        yield
    finally:
        connections.close_all()
        settings.update(before)


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the whole run; each test opens windows of its own in it. Left out, loudly, where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - loaded only by tests that drive a browser

    # RenderDocument: with it, closing a page that is on its way to another may never come back
    # (https://github.com/microsoft/playwright/issues/42068).
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*flags, "--disable-features=RenderDocument"]
        )
        yield found
        found.close()
