"""Whatever is written anywhere is shown as text: no script of it runs, on any page, in a real browser (IN-1).

The corpus of two hundred payloads stands in every text of every event that the vocabulary knows, and in every box of
every form; then each page is opened. `make test` tries one payload of each kind; the rest bears the mark `attack`.
"""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.attacks.everything import every_event, written_fields
from tests.attacks.house import house as build
from tests.attacks.places import places
from tests.attacks.scripts import FOREIGN, NOTHING, WATCH, corpus, is_only_text
from tests.people import made_up_staff

from cairn.application.filing import Fit, Offered, looked_through, record_with_documents
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.records import ledger

pytestmark = pytest.mark.browser
CORPUS = corpus()
GROUPS = tuple(CORPUS)
ALL = tuple(payload for group in CORPUS.values() for payload in group)
# What would work in most places, one of each kind.
SAMPLE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=2>',
    "</textarea></title></style></script><svg onload=window.hit=3>",
    "<a href=javascript:alert(4)>press</a>",
    "{{ 7|add:7 }}<qz5>",
)
FILLED = """said => {
    let filled = 0;
    for (const field of document.querySelectorAll('main textarea, main input:is([type=text], [type=search], :not([type]))')) {
        field.removeAttribute('maxlength');
        field.value = said;
        filled += 1;
    }
    return filled;
}"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


@pytest.fixture
def made(web_server, clock):
    return build(made_up_staff())


def sign_in(page, address, people, name):
    session = people.client(name).session.session_key
    page.context.add_cookies([{"name": "cairn_session", "value": session, "url": address}])


def saying(payloads):
    """What a field says: all of them, or as many as it may hold, another one first for each field."""

    def said(field):
        start = sum(map(ord, field.name + field.label)) % len(payloads)
        turned = (*payloads[start:], *payloads[:start])
        room, fit = field.longest or 1_000_000, []
        for payload in turned:
            if len(payload) + 1 <= room:
                fit.append(payload)
                room -= len(payload) + 1
        return " ".join(fit)

    return said


def everywhere(made, payloads):
    """Every event of the vocabulary on the record that Priya Shah reads, a document so named, a draft that says it."""
    ids = every_event(made.people, made.allocated, saying(payloads))
    files = [looked_through([Offered(f"{one}.txt", SimpleUploadedFile("x", b"Words."))]) for one in payloads]
    for filed in (one for one in files[:10] if isinstance(one[0], Fit)):
        asked = Request(
            "record-correspondence", {"from_whom": filed[0].name, "text": "Words."}, made.allocated
        )
        done = record_with_documents(made.people.actor("Priya Shah"), asked, filed)
        assert isinstance(done, Recorded), done
    draft = str(uuid4())
    kept = made.client("Priya Shah").post(
        reverse("draft", args=[draft]),
        {"draft-act": "add-note", "draft-record": str(made.allocated), "text": " ".join(payloads), "version": "0"},
    )  # fmt: skip
    assert kept.status_code == 200
    return ids


def addresses(made, ids):
    """Every page of the house, and of each entry the page that shows it and the one that puts it right."""
    for place in places(made).values():
        if place.is_page:
            yield place.who, place.address
    for entry in ids.values():
        for page in ("entry", "correct"):
            yield "Joanne Whitlock", reverse(page, args=[made.allocated, entry])


def opened(page, web_server, made, wanted):
    """Each opened by whom it is for; how many were shown."""
    shown, who = 0, None
    for name, address in wanted:
        if name != who:
            sign_in(page, web_server, made.people, name)
            who = name
        answer = page.goto(web_server + address, wait_until="load")
        # A page may be there no longer, for the record went on; what says so has the words in it too.
        assert answer.status in (200, 403, 404, 422), address
        is_only_text(page)
        shown += answer.status == 200
    return shown


CONTEXTS = (
    "<p>{}</p>", '<p title="{}">', "<p title='{}'>", "<p title={}>", "<textarea>{}</textarea>", "<style>{}</style>",
    '<a href="{}">press</a>', "<script>var said = '{}';</script>", '<script>var said = "{}";</script>',
    "<script>var said = `{}`;</script>", "<svg><text>{}</text></svg>", "<select><option>{}</option></select>",
)  # fmt: skip


# What is written for another engine than a browser's, or to be decoded once too often, shows in no browser by itself.
SILENT = 75


def is_noticed(page, text):
    # Another page: what the one before has set is gone with it.
    page.goto("about:blank")
    page.set_content(f"<!DOCTYPE html><title>x</title><main>{text}</main>")
    found = page.evaluate("() => {" + FOREIGN + "}")
    found["code"] = [one for one in found["code"] if "var said" not in one]
    noticed = found != NOTHING or bool(page.dialogs)
    page.dialogs.clear()
    return noticed


def test_there_are_two_hundred_of_eight_kinds():
    assert len(set(ALL)) == 200
    assert [len(payloads) for payloads in CORPUS.values()] == [25] * 8


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_what_is_looked_for_shows_where_a_payload_gets_in(page):
    """A payload that nothing would notice tries nothing: each put unescaped where our pages put text."""
    silent = [one for one in ALL if not any(is_noticed(page, where.format(one)) for where in CONTEXTS)]
    assert len(silent) <= SILENT, silent
    assert not is_noticed(
        page, "<p title='&lt;script&gt;'>&lt;script&gt;</p><textarea>&lt;script&gt;</textarea>"
    )


def test_a_sample_of_it_on_every_event_there_is_stays_text(web_server, page, made):
    ids = everywhere(made, SAMPLE)
    names = ("child", "timeline", "people", "family", "documents", "plan", "draft", "my-work", "team-work")
    wanted = [(places(made)[name].who, places(made)[name].address) for name in names]
    entries = ("note.added", "plan.made", "contact.received", "letter.sent")
    wanted += [("Priya Shah", reverse("entry", args=[made.allocated, ids[name]])) for name in entries]
    assert opened(page, web_server, made, wanted) == len(wanted)
    # The payloads did reach the page, or nothing was tried.
    assert "window.hit" in page.locator("main").inner_text()


def test_every_text_of_the_vocabulary_is_written(made):
    """The twin of it all: each field in which a person writes does hold a payload."""
    ids = every_event(made.people, made.allocated, saying(SAMPLE))
    written = {}
    for kind, entry in ids.items():
        data = next(one for one in ledger.read_stream(made.allocated) if one.id == entry).data
        written[kind] = str(data)
    for kind, data in written.items():
        fields = list(written_fields(in_use().vocabulary.events[kind].fields, kind))
        assert data.count("hit") + data.count("alert") + data.count("qz") >= len(fields), kind


@pytest.mark.attack
@pytest.mark.timeout(900)
@pytest.mark.parametrize("group", GROUPS)
def test_each_page_with_each_group_on_it_stays_text(web_server, page, made, group):
    ids = everywhere(made, CORPUS[group])
    assert opened(page, web_server, made, addresses(made, ids)) > 200


@pytest.mark.attack
@pytest.mark.timeout(900)
@pytest.mark.parametrize("quarter", range(4))
def test_what_is_typed_into_each_form_comes_back_as_text(web_server, page, made, quarter):
    """All two hundred in every box of every form there is, sent by its first button."""
    forms = [one for one in places(made).values() if one.is_page and "POST" in one.methods][quarter::4]
    tried = 0
    for place in forms:
        sign_in(page, web_server, made.people, place.who)
        page.goto(web_server + place.address)
        filled = page.evaluate(FILLED, " ".join(ALL))
        button = page.locator(
            "main form[method=post] button[type=submit], main form[method=post] button:not([type])"
        )
        if not filled or not button.count():
            continue
        with page.expect_navigation():
            button.first.evaluate("one => one.form.requestSubmit(one)")
        is_only_text(page)
        tried += 1
    assert tried > 5


def test_what_was_searched_for_comes_back_as_text(web_server, page):
    people, said = made_up_staff(), " ".join(SAMPLE)
    sign_in(page, web_server, people, "Beth Lomas")
    page.goto(web_server + reverse("find"))
    for name in ("first_name", "surname", "born", "other"):
        page.locator(f"main [name={name}]").fill(said)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    is_only_text(page)
    assert "window.hit" in page.locator("main [name=surname]").input_value()


@pytest.mark.attack
@pytest.mark.timeout(600)
@pytest.mark.parametrize("group", GROUPS)
def test_each_searched_for_comes_back_as_text(web_server, page, group):
    people = made_up_staff()
    sign_in(page, web_server, people, "Beth Lomas")
    page.goto(web_server + reverse("find"))
    for payload in CORPUS[group]:
        page.locator("#find").evaluate("(one, said) => { one.value = said }", payload)
        with page.expect_navigation():
            page.locator("#find").evaluate("one => one.form.requestSubmit()")
        is_only_text(page)


def test_an_address_does_not_carry_it_in(web_server, page):
    people = made_up_staff()
    sign_in(page, web_server, people, "Priya Shah")
    for payload in SAMPLE:
        for address in ("work/?group=", "team/list/?what=", "help/?"):
            page.goto(f"{web_server}/{address}{quote(payload)}")
            is_only_text(page)
    page.goto(f"{web_server}/procedures/{quote(SAMPLE[0], safe='')}/")
    is_only_text(page)
