"""The gallery of components, served with the product's own content security policy, and a browser to look at it."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.test import override_settings
from tests.interfaces.web.looks import gallery

import cairn.procedures
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.working_days import Calendar

HOLIDAYS = Path(cairn.procedures.__file__).parent / "calendars" / "bank_holidays_england.csv"
STATIC = Path(gallery.c.__file__).parents[1] / "static"
# As in the settings, without the nonces, of which none is used.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; object-src 'none'"
)


class Handler(SimpleHTTPRequestHandler):
    """Pages by name, static files, and whatever answers to a post a test has put in `answers`."""

    def __init__(self, *rest, site):
        self.site = site
        super().__init__(*rest, directory=str(STATIC))

    def do_GET(self):
        name = unquote(self.path.strip("/"))
        if self.path.startswith("/static/"):
            self.path = self.path.removeprefix("/static")
            return super().do_GET()
        return self.answer(
            200 if name in self.site.pages else 404,
            self.site.pages.get(name, "There is no such page"),
            "text/html",
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.site.posted.append((self.path, body))
        status, text = (
            self.site.answers.pop(0) if self.site.answers else (200, '{"version": 9, "saved_at": "2:14pm"}')
        )
        self.answer(status, text, "application/json")

    def answer(self, status, text, kind):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_said):
        """Nothing: a test run is quiet."""


class Site:
    """The served gallery: its address, its pages by name, what was posted, and what to answer."""

    def __init__(self, pages):
        self.pages, self.posted, self.answers = pages, [], []
        self.server = ThreadingHTTPServer(("localhost", 0), partial(Handler, site=self))
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def at(self, name):
        return f"{self.url}/{quote(name)}"


@pytest.fixture(scope="session")
def gallery_pages():
    plain = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    plain["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=plain):
        return gallery.pages(Calendar(HolidayTable.from_csv(HOLIDAYS.read_text(encoding="utf-8"))))


@pytest.fixture
def site(gallery_pages):
    made = Site(dict(gallery_pages))
    yield made
    made.server.shutdown()
    made.server.server_close()
