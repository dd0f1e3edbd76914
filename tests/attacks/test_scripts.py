"""Whatever is written in a form is shown as text: no script of it runs, on any page, in a real browser (IN-1)."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, event
from tests.people import made_up_staff

from cairn.application.procedures import in_use

pytestmark = pytest.mark.browser
# Each would say so in `window.hit` or by a dialog; each leaves an element behind that we never write.
PAYLOADS = (
    "<script>window.hit=1</script>",
    "<ScRiPt >alert(2)</sCrIpT>",
    "<img src=x onerror=window.hit=3>",
    "<svg/onload=window.hit=4>",
    "<svg><animate onbegin=alert(5) attributeName=x dur=1s>",
    '"><script>window.hit=6</script>',
    "'><img src=x onerror=window.hit=7>",
    '" autofocus onfocus="window.hit=8" x="',
    "' onmouseover='window.hit=9' x='",
    "</textarea><script>window.hit=10</script>",
    "</title><script>window.hit=11</script>",
    "</style><script>window.hit=12</script>",
    "</script><script>window.hit=13</script>",
    "<iframe srcdoc='<script>parent.hit=14</script>'></iframe>",
    "<a href=javascript:alert(15)>press</a>",
    "javascript:alert(16)",
    "<details open ontoggle=window.hit=17>",
    "{{ 7|add:7 }}{% debug %}${7*7}<xss-18>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(19)'>",
    "**[press](javascript:alert(20))** `<xss-20>`",
)
WATCH = """
window.reports = [];
document.addEventListener('securitypolicyviolation', event => window.reports.push(event.violatedDirective));
"""
# What none of our own pages has: their code is in files, and their links lead to pages.
FOREIGN = """() => ({
    hit: window.hit ?? null,
    reports: window.reports,
    elements: [...document.querySelectorAll(
        'script:not([src]), iframe, object, embed, base, meta[http-equiv], xss-18, xss-20, animate, main img, main details[ontoggle]')]
        .map(element => element.outerHTML),
    handlers: [...document.querySelectorAll('*')].flatMap(element => [...element.attributes])
        .filter(one => one.name.startsWith('on')).map(one => one.name),
    links: [...document.querySelectorAll('[href], [action], [formaction], [src]')]
        .map(element => element.getAttribute('href') ?? element.getAttribute('action') ?? element.getAttribute('src') ?? '')
        .filter(to => /^\\s*(javascript|data|vbscript):/i.test(to)),
})"""
NOTHING = {"hit": None, "reports": [], "elements": [], "handlers": [], "links": []}


def texts(act, said):
    """Every text that an act asks for, each saying this, or as much of the corpus as it may hold."""
    found = {}
    for field in in_use().vocabulary.fields_of(in_use().vocabulary.acts[act]):
        if field.type in WRITTEN and not field.options:
            found[field.name] = fitting(field, said)
        if field.type == "rows":
            found[field.name] = [
                {one.name: fitting(one, said) for one in field.fields if one.type in WRITTEN}
            ]
    return {name: value for name, value in found.items() if name not in NOT_WRITTEN}


def fitting(field, said):
    """The text itself, or one payload that fits: another one for each field."""
    if field.longest is None or len(said) <= field.longest:
        return said
    fit = [payload for payload in PAYLOADS if len(payload) <= field.longest]
    return fit[(len(field.name) + len(field.label) + len(said)) % len(fit)]


WRITTEN = ("text", "long_text")
# Ids, numbers with a form of their own, and what says something about another record.
NOT_WRITTEN = frozenset(
    {"record", "worker_id", "team_id", "from_contact", "copied_from", "supersedes", "upn", "nhs_number", "postcode",
     "event", "letter", "siblings", "provision", "sibling", "check", "document", "original", "imported_from"}
)  # fmt: skip


def child_about_whom_everything_says(people, said):
    """A child allocated to Priya Shah, every text on whose record says this."""
    child = record(
        people,
        ("Beth Lomas", "record-contact", {**texts("record-contact", said), **without_texts(CONTACT)}),
        ("Beth Lomas", "list-sibling", {"name": PAYLOADS[2], "notes": said, "household": "same"}),
    )
    record(
        people,
        ("Sheila Knowles", "decide-contact", {**texts("decide-contact", said), **without_texts(REFERRAL)}),
        on=child,
    )
    sibling = {"sibling": event(child, "sibling.listed").id, "decision": "do_not_open", "reason": said}
    decision = {name: value for name, value in without_texts(DECISION).items() if name != "no_siblings"}
    answers = {**texts("decide-referral", said), **decision, "siblings": [sibling]}
    worker = {
        "worker": "Priya Shah", "worker_id": str(people.ids["Priya Shah"]), "reason": said,
        "team": "Referral and Assessment", "team_id": str(people.teams["Referral and Assessment"]),
    }  # fmt: skip
    record(
        people,
        ("Martin Oyelaran", "decide-referral", answers),
        ("Joanne Whitlock", "allocate", worker),
        on=child,
    )
    for act, more in (
        ("add-note", {}),
        ("record-address", {}),
        ("book-visit", {"when": "2099-06-01T10:00"}),
        ("ask-agency", {"agency": "gp", "basis": "safeguarding"}),
        ("send-letter", {"letter": "referral-outcome", "how": "letter"}),
        ("record-relationship", {"relation": "carer"}),
    ):
        record(people, ("Priya Shah", act, {**texts(act, said), **more}), on=child)
    return child


def without_texts(answers):
    """The answers of a made-up case that are choices: what could be text is written by the corpus."""
    kept = ("born", "source", "contact_type", "outcome", "referral_reason", "level", "recommended_service",
            "referral_source", "leads_to", "status", "earlier_records_located", "no_siblings")  # fmt: skip
    more = (
        {"concern_kind": ["neglect"], "affects_other_children": False}
        if "source" in answers or "level" in answers
        else {}
    )
    return {name: answers[name] for name in kept if name in answers} | more


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(8_000)
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


def sign_in(page, address, people, name):
    session = people.client(name).session.session_key
    page.context.add_cookies([{"name": "cairn_session", "value": session, "url": address}])


def is_only_text(page):
    """Nothing that was written did anything, nor became anything but text."""
    # What hides behind a pointer or a tab is tried too: our script shows panels in place.
    page.mouse.move(200, 400)
    assert page.evaluate(FOREIGN) == NOTHING, page.url
    assert page.dialogs == [], page.url


def pages_of(child):
    names = (
        "child",
        "timeline",
        "people",
        "documents",
        "looked",
        "acts",
        "add-note",
        "tell-referrer",
        "record-referral",
    )
    entries = ("note.added", "contact.received", "referral.decided", "sibling.listed")
    yield from (reverse(name, args=[child]) for name in names)
    for kind in entries:
        entry = event(child, kind).id
        yield reverse("entry", args=[child, entry])
        yield reverse("correct", args=[child, entry])
    yield reverse("referral", args=[child, event(child, "referral.received").id])
    yield reverse("withdraw", args=[child, event(child, "referral.received").id])
    yield reverse("move", args=[child, event(child, "note.added").id])
    yield from (reverse("my-work"), reverse("team-work"))


@pytest.mark.parametrize("half", [0, 1])
def test_what_stands_on_a_record_is_text(web_server, page, half):
    people, said = made_up_staff(), " ".join(PAYLOADS[half::2])
    child = child_about_whom_everything_says(people, said)
    sign_in(page, web_server, people, "Priya Shah")
    for address in pages_of(child):
        shown = page.goto(web_server + address)
        assert shown.status == 200, address
        is_only_text(page)
    # The payloads did reach the page, or nothing was tried.
    page.goto(web_server + reverse("entry", args=[child, event(child, "note.added").id]))
    assert PAYLOADS[half] in page.locator("main").inner_text()


def test_what_waits_for_a_decision_is_text(web_server, page):
    people, said = made_up_staff(), " ".join(PAYLOADS)
    child = record(
        people, ("Beth Lomas", "record-contact", {**texts("record-contact", said), **without_texts(CONTACT)})
    )
    for name, address in (("Sheila Knowles", "decide-contact"), ("Martin Oyelaran", "decide-referral")):
        sign_in(page, web_server, people, name)
        assert page.goto(web_server + reverse(address, args=[child])).status == 200
        is_only_text(page)
        assert page.goto(web_server + reverse("my-work")).status == 200
        is_only_text(page)
        if name == "Sheila Knowles":
            record(
                people,
                (
                    "Sheila Knowles",
                    "decide-contact",
                    {**texts("decide-contact", said), **without_texts(REFERRAL)},
                ),
                on=child,
            )


def test_what_was_searched_for_and_what_is_refused_comes_back_as_text(web_server, page):
    people, said = made_up_staff(), " ".join(PAYLOADS)
    sign_in(page, web_server, people, "Beth Lomas")
    page.goto(web_server + reverse("find"))
    for name in ("first_name", "surname", "born", "other"):
        page.locator(f"main [name={name}]").fill(said)
    page.locator("main button[value=look], main form button").first.click()
    page.wait_for_load_state()
    is_only_text(page)
    page.goto(web_server + reverse("new-contact"))
    for field in page.locator("main form [name]:is(textarea, input[type=text]):visible").all():
        field.fill(said)
    page.get_by_role("button", name="Send for decision").click()
    page.wait_for_load_state()
    assert page.title().startswith("Error")
    is_only_text(page)


def test_an_address_does_not_carry_it_in(web_server, page):
    people = made_up_staff()
    sign_in(page, web_server, people, "Priya Shah")
    for payload in PAYLOADS:
        page.goto(f"{web_server}/work/?group={quote(payload)}")
        is_only_text(page)
    page.goto(f"{web_server}/procedures/{quote(PAYLOADS[0], safe='')}/")
    is_only_text(page)
