"""The server asks no other server anything, wherever an address comes from: there is nothing in it that could (IN-9)."""

from __future__ import annotations

import re
import sys

import pytest
from tests.attacks.crawl import ask
from tests.attacks.places import places
from tests.attacks.source import calls, imports, modules, templates

from cairn.application.procedures import in_use

CLIENTS = (
    "urllib.request", "urllib3", "http.client", "requests", "httpx", "aiohttp", "pycurl", "socket", "ssl", "smtplib",
    "ftplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "websockets", "websocket", "paramiko", "asyncio", "socketserver",
    "django.core.mail", "webbrowser", "multiprocessing.connection",
)  # fmt: skip
STARTING = ("subprocess", "pty")
# Which modules may, and why none of them goes where a record says.
MAY = {
    "adapters/alert_mail.py": {"django.core.mail": "an alert, to the address and the server that the settings name"},
    "adapters/postgres/socket_folder.py": {"socket": "a Unix socket of the embedded server, in a folder of its own"},
    "config/commands/demo.py": {"socket": "whether a port of this machine is free", "subprocess": "starts the web server"},
}  # fmt: skip


def outgoing(name, text):
    """What a module imports with which another machine can be asked."""
    found = set(imports(text))
    asked = {
        client
        for client in (*CLIENTS, *STARTING)
        for one in found
        if one == client or one.startswith(f"{client}.")
    }
    return sorted(
        asked - set(MAY.get(name, ())) - ({"subprocess"} if name.startswith("adapters/postgres/") else set())
    )


def xml_from_outside(text):
    """Calls that read XML with a parser which may fetch what it names."""
    return [
        called
        for called, node in calls(text)
        if called in ("XMLParser", "urlopen", "urlretrieve", "open_connection")
    ]


def test_no_module_can_ask_another_machine():
    found = {name: asked for name, text in modules().items() if (asked := outgoing(name, text))}
    assert found == {}
    assert [name for name, text in modules().items() if xml_from_outside(text)] == []


def test_each_exception_is_still_needed():
    for name, may in MAY.items():
        for client in may:
            assert client in set(imports(modules()[name])), (name, client)


@pytest.mark.parametrize(
    "text",
    [
        "import urllib.request", "from urllib import request", "from urllib.request import urlopen", "import requests",
        "def later():\n    import httpx", "from http import client", "from django.core.mail import send_mail",
        "from django.core import mail", "import socket as s", "import subprocess",
    ],
)  # fmt: skip
def test_the_check_sees_one_that_could(text):
    assert outgoing("interfaces/web/made_up.py", text)


def test_and_none_where_there_is_none():
    assert outgoing("made_up.py", "from urllib.parse import quote\nfrom http import HTTPStatus") == []


def test_nobody_is_asked_for_an_address_of_the_web():
    """No field and no form takes one that a server could be sent to."""
    named = [
        (event.name, field.name) for event in in_use().vocabulary.events.values() for field in event.fields
        if re.search(r"\b(url|link|website|web address|webhook)\b", f"{field.name} {field.label}".lower())
    ]  # fmt: skip
    assert named == []
    assert [name for name, text in templates().items() if re.search(r"""type=["']?url""", text)] == []


CONNECTED: list[object] = []
LISTENING = {"on": False}


def _hear(event, arguments):
    if LISTENING["on"] and event in (
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "urllib.Request",
    ):
        CONNECTED.append(arguments[1:])


def test_no_page_connects_to_anything(house):
    """As it runs: each page and each file made, and the interpreter says of no connection but to the database."""
    sys.addaudithook(_hear)
    LISTENING["on"] = True
    try:
        made = [
            ask(house.client(place.who), place.address)
            for place in places(house).values()
            if "GET" in place.methods
        ]
    finally:
        LISTENING["on"] = False
    assert [seen.response.status_code for seen in made].count(200) > 80
    assert CONNECTED == []


def test_the_interpreter_does_say_so():
    import socket  # noqa: PLC0415 - the twin: a connection that is made is heard

    sys.addaudithook(_hear)
    LISTENING["on"] = True
    try:
        with socket.socket() as one:
            one.connect_ex(("127.0.0.1", 9))
    finally:
        LISTENING["on"] = False
    assert CONNECTED
    CONNECTED.clear()
