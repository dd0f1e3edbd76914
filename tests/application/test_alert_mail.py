"""Word of an alert by e-mail: to a real mail server on this machine, once, tried again, and with nothing personal in it."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from tests.attacks.house import PERSONAL
from tests.interfaces.web.views.children import allocated
from tests.interfaces.web.views.conftest import clock, people, static_files
from tests.interfaces.web.views.test_breaking_glass import ROSA, WORDS, broken

from cairn.adapters.alert_mail import mailed_alerts
from cairn.application import ports
from cairn.application.delivery import Delivered, deliver
from cairn.records.alerts import open_alerts

__all__ = ["clock", "people", "static_files"]
pytestmark = pytest.mark.django_db
TO, FROM = "guard@fellmere.example", "cairn@fellmere.example"


class Postbox:
    """Keeps what the server was given; refuses the first so many."""

    def __init__(self, refuses=0):
        self.letters, self.refuses = [], refuses

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the server's own name for it
        if self.refuses:
            self.refuses -= 1
            return "451 Not now"
        self.letters.append(envelope)
        return "250 Taken"


def environment(port, **more):
    return {"CAIRN_ALERTS_TO": TO, "CAIRN_ALERTS_FROM": FROM, "CAIRN_SMTP_HOST": "127.0.0.1",
            "CAIRN_SMTP_PORT": str(port), "CAIRN_SMTP_TLS": "none"} | more  # fmt: skip


async def nobody_connected():
    """Until every connection of the server has been seen to its end; at most five seconds."""
    for _ in range(500):
        if asyncio.all_tasks() == {asyncio.current_task()}:
            break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0)


@pytest.fixture
def server(clock):
    """A mail server on loopback, wired as an authority would name it."""
    controllers, before = [], ports.wired()

    def start(postbox, **more):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        controller = Controller(postbox, hostname="127.0.0.1", port=port)
        controller.start()
        controllers.append(controller)
        ports.use(replace(ports.wired(), alerts=mailed_alerts(environment(port, **more))))
        return postbox

    yield start
    for one in controllers:
        # It has closed what its clients closed, or their sockets would be left open when its loop ends.
        asyncio.run_coroutine_threadsafe(nobody_connected(), one.loop).result(10)
        one.stop()
    ports.use(before)


def raised(people):
    child = allocated(people)
    deliver()
    broken(people, child)
    return open_alerts()[0]


def test_it_is_sent_once_with_number_kind_and_when_and_nothing_personal(people, server):
    box = server(Postbox())
    alert = raised(people)
    assert deliver() == Delivered(done=1, nothing_to_do=0)
    assert deliver() == Delivered()
    (letter,) = box.letters
    text = letter.content.decode()
    assert (letter.mail_from, letter.rcpt_tos) == (FROM, [TO])
    assert f"Alert {alert.number}: glass broken, 23 November 2026, 10:12am." in text
    assert f"Subject: Cairn, Fellmere Council: alert {alert.number}" in text
    assert f"Message-ID: <{alert.number.lower()}@fellmere.example>" in text
    personal = (*PERSONAL, ROSA, WORDS, people.number(alert.record), str(alert.record), "Family Support")
    assert not [one for one in personal if one in text]


def test_to_several_addresses_it_is_one_message(people, server):
    box = server(Postbox(), CAIRN_ALERTS_TO=f"{TO}, second@fellmere.example")
    raised(people)
    deliver()
    assert [one.rcpt_tos for one in box.letters] == [[TO, "second@fellmere.example"]]


def test_not_taken_it_is_tried_again_later_and_then_sent_once(people, server, clock):
    box = server(Postbox(refuses=2))
    raised(people)
    assert deliver() == Delivered(failed=1)
    assert deliver() == Delivered()
    clock.at += timedelta(minutes=1)
    assert deliver() == Delivered(failed=1)
    clock.at += timedelta(minutes=2)
    assert deliver() == Delivered(done=1)
    assert len(box.letters) == 1


def test_a_server_that_is_down_loses_nothing(people, server, clock):
    box = server(Postbox())
    taken = ports.wired()
    ports.use(replace(taken, alerts=replace(taken.alerts, port=1)))
    raised(people)
    assert deliver() == Delivered(failed=1)
    ports.use(taken)
    clock.at += timedelta(minutes=1)
    assert deliver() == Delivered(done=1)
    assert len(box.letters) == 1


def test_where_no_address_is_named_nothing_is_sent_and_the_page_has_it(people):
    assert mailed_alerts({"CAIRN_SMTP_HOST": "127.0.0.1"}) is None
    assert mailed_alerts({"CAIRN_ALERTS_TO": " , "}) is None
    alert = raised(people)
    assert deliver() == Delivered(done=1)
    assert open_alerts() == [alert]


def test_a_server_elsewhere_is_spoken_to_encrypted(people, server):
    """Without the word "none" a server that cannot encrypt is given nothing."""
    box = server(Postbox(), CAIRN_SMTP_TLS="")
    raised(people)
    assert deliver() == Delivered(failed=1)
    assert box.letters == []
