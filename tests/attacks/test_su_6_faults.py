"""Whatever fails, the page says a reference and what became of what was sent, and nothing of the inside or of anybody (SU-6)."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.template.base import Template
from django.test import Client, RequestFactory
from django.urls import get_resolver
from tests.attacks.places import places

from cairn.application import delivery
from cairn.config import checks
from cairn.config.logs import Discreet
from cairn.interfaces.web.urls import urlpatterns
from cairn.interfaces.web.views import errors
from cairn.records.models import Outbox

TYPED = "Faultcanary"
STATEMENT = "SELECT name FROM records_staff"
REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")
INSIDE = (
    "Traceback",
    "RuntimeError",
    "File &quot;",
    "/views/",
    "SELECT",
    "psycopg",
    "django.",
    TYPED,
    "Fourcanary",
    "Wren",
)


class Fails(RuntimeError):
    """What the tests raise: it says somebody's name, as a fault may."""

    def __init__(self):
        super().__init__(f"{TYPED}: {STATEMENT}")


def fail(*_, **__):
    raise Fails


@contextmanager
def logged():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield written
    finally:
        logging.getLogger().removeHandler(handler)


def browser(house, who):
    found = house.client(who)
    found.raise_request_exception = False
    return found


def is_told_and_no_more(answer, log):
    """A page with a reference that stands in the log too; neither of them says what failed upon whom."""
    page = answer.content.decode()
    assert answer.status_code == 500
    told = re.sub(r"<[^>]*>", " ", page)
    reference = re.search(r"[Rr]eference\D{0,40}?([0-9a-f]{8})\b", told)
    assert reference, told[-900:]
    assert f"reference {reference[1]}" in log
    assert [one for one in INSIDE if one in page] == []
    assert TYPED not in log
    assert "Fails" in log
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"]


def test_a_fault_in_every_view_is_a_page_with_a_reference(house, monkeypatch):
    """Each view fails where it draws its page or asks its use case; the policy line and the middleware are as they are."""
    tried, whole = 0, []
    for name, place in places(house).items():
        pattern = next(one for one in urlpatterns if one.name == name)
        client = browser(house, place.who)
        with monkeypatch.context() as broken, logged() as log:
            _break(broken, pattern.callback)
            answer = client.generic(place.methods[0], place.address)
        if answer.status_code != 500:
            whole.append(name)
            continue
        is_told_and_no_more(answer, log.getvalue())
        tried += 1
    assert tried > 100
    # What asks nobody else for anything has nothing in it that could be broken from outside.
    assert len(whole) < 12, whole
    for name, place in list(places(house).items())[:20]:
        if place.is_page:
            assert browser(house, place.who).get(place.address).status_code in (200, 302), name


def _break(broken, view):
    """Everything that the view's own module calls and that is not its own: use cases, pages, answers."""
    module = import_module(view.__module__)
    for name in (
        "page",
        "record_page",
        "redirect",
        "render",
        "file_response",
        "shown",
        "refused_page",
        "framed",
        "HttpResponse",
        "JsonResponse",
    ):
        if hasattr(module, name):
            broken.setattr(module, name, fail)
    for name, found in vars(module).items():
        if (
            callable(found)
            and getattr(found, "__module__", "").startswith("cairn.application.")
            and not isinstance(found, type)
        ):
            broken.setattr(module, name, fail)


def test_a_fault_in_a_template_is_a_page_with_a_reference(house, monkeypatch):
    """Drawn by the same engine, the page of the fault itself is drawn by what still works."""
    real = Template.render

    def render(self, context):
        if self.name and not str(self.name).startswith("errors/") and self.name != "layout.html":
            raise Fails
        return real(self, context)

    for name in ("child", "timeline", "my-work", "find", "help", "add-note", "procedures", "letter"):
        place = places(house)[name]
        with monkeypatch.context() as broken, logged() as log:
            broken.setattr(Template, "render", render)
            answer = browser(house, place.who).get(place.address)
        is_told_and_no_more(answer, log.getvalue())


@pytest.mark.parametrize("middleware", [one for one in settings.MIDDLEWARE if "security" not in one.lower()])
def test_a_fault_in_each_middleware_is_a_page_with_a_reference(house, monkeypatch, middleware):
    path, _, name = middleware.rpartition(".")
    place = places(house)["child"]
    with monkeypatch.context() as broken, logged() as log:
        # A browser of its own reads the list of them anew.
        broken.setattr(import_module(path), name, lambda _: fail)
        answer = browser(house, place.who).get(place.address)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert [one for one in INSIDE if one in page] == []
    assert TYPED not in log.getvalue()
    assert REFERENCE.search(page)


def test_what_was_sent_is_said_to_be_recorded_or_not(house, monkeypatch):
    place = places(house)["add-note"]
    with monkeypatch.context() as broken, logged() as log:
        _break(broken, next(one for one in urlpatterns if one.name == "add-note").callback)
        answer = browser(house, place.who).post(place.address, {"text": TYPED, "do": "send"})
    is_told_and_no_more(answer, log.getvalue())
    assert "Nothing was recorded by what you just sent" in answer.content.decode()


def test_a_page_of_a_fault_needs_nothing_that_may_have_failed(monkeypatch):
    """Neither the database nor a session: without either it is drawn all the same."""
    with logged() as log:
        answer = errors.failed(RequestFactory().get("/records/"))
    assert answer.status_code == 500
    found = REFERENCE.search(re.sub(r"<[^>]*>", " ", answer.content.decode()))
    assert found
    assert found[0] in log.getvalue()
    assert get_resolver().resolve_error_handler(500) is errors.failed


def test_an_errand_that_fails_is_kept_and_says_nothing_of_anybody(house):
    """The only tasks there are: what acts made to be done. The next of them has its turn."""
    waiting = set(Outbox.objects.values_list("kind", flat=True))
    assert waiting
    with logged() as log:
        done = delivery.deliver(dict.fromkeys(waiting, fail), batches=50)
    assert done.failed > 10
    assert "errand" in log.getvalue()
    assert [one for one in (TYPED, "Fourcanary", "Wren", "Hanne") if one in log.getvalue()] == []


def started(*words, **variables):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CAIRN_", "DJANGO_", "DEBUG"))
    }
    return subprocess.run(
        [sys.executable, *words], env=kept | variables, capture_output=True, text=True, check=False, timeout=120
    )  # fmt: skip


SET_UP = "import django; django.setup(); from django.conf import settings; print('started', settings.DEBUG)"


@pytest.mark.parametrize("name", ["DEBUG", "DJANGO_DEBUG", "CAIRN_DEBUG"])
def test_debug_forced_on_by_the_environment_does_not_start(tmp_path, name):
    given = {
        "CAIRN_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "cairn.config.settings",
        "CAIRN_PLAIN_HTTP": "yes",
    }
    for switched in ("1", "true", "True", "yes", "on"):
        refused = started("-c", SET_UP, **given, **{name: switched})
        assert refused.returncode != 0, switched
        assert "there is no debug mode; unset DEBUG" in refused.stderr
    as_it_is = started("-c", SET_UP, **given, **{name: "0"})
    assert as_it_is.stdout.strip() == "started False"


@pytest.mark.parametrize("key", ["django-insecure-" + "x9K" * 30, "changeme", "x" * 80, "secret" * 3])
def test_a_default_key_does_not_start(settings, key):
    settings.SECRET_KEY = key
    assert "cairn.E002" in {name for name, _ in checks.faults(settings)}
    assert "cairn.E002" in {one.id for one in run_checks()}
    settings.SECRET_KEY = "kV3s-0pQ8_zT5uXwA1bC7dE9fG2hJ4kL6mN8oP0qR3sT5uV7wX9yZ"
    assert "cairn.E002" not in {name for name, _ in checks.faults(settings)}


def test_nobody_is_sent_a_mail_of_a_fault():
    assert settings.ADMINS == []
    assert "mail" not in str(settings.LOGGING)
    assert Client().get("/nowhere/").status_code == 404
