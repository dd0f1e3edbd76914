"""Sharing on a child's record: what consent stands and what that means, the agencies asked, and the leaflets given."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.engine.checks import Check, checks
from cairn.core.engine.consents import AGENCY_CHECKS, EARLY_HELP, Consent, State
from cairn.core.engine.sharing import consents, leaflets
from cairn.core.history.event import Event
from cairn.core.protocol.model import Gate
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.refusals import cited
from cairn.interfaces.web.views.times import ReadAt, read_at

MARKS: dict[State, Mark] = {
    "given": Mark("done", "Given"),
    "without": Mark("here", "Shared without consent"),
    "withdrawn": Mark("late", "Withdrawn"),
    "refused": Mark("no", "Refused"),
    "not_sought": Mark("gap", "Not sought"),
    "unclear": Mark("not_known", "Cannot be told"),
    "not_asked": Mark("to_come", "Not asked yet"),
}
MEANS: dict[State, str] = {
    "given": "It may be shared for this.",
    "without": "It may be shared for this without consent, on that ground.",
    "withdrawn": "Nothing more may be shared for this with consent. What was shared before cannot be called back.",
    "refused": "Nothing may be shared for this with consent.",
    "not_sought": "Nobody was asked, and no ground is recorded on which it could be shared without.",
    "unclear": "Who gave it, or for what, is missing. Record it again in full.",
    "not_asked": "Nobody was asked in this episode.",
}
# By which condition of a gate the procedures speak of a purpose.
JUDGED_BY = {AGENCY_CHECKS: "consent_stands", EARLY_HELP: "consent_for_early_help_stands"}
TIMES = ("", "once", "twice", "three times", "four times")
SHORT = 200


@signed_in("GET")
def sharing(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """What may be shared, with whom, and what came back."""
    at = read_at(request)
    found = open_child(actor, record, page="sharing", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    acts = ("record-consent", "ask-agency", "record-answer", "give-leaflet", "record-views")
    context = {
        "consents": [consent_row(found, one, at) for one in consents(found.view)],
        "to_tell": to_tell(found),
        "checks": [check_row(found, one, at) for one in checks(found.view)],
        "answered": answered_words(checks(found.view)),
        "leaflets": [_leaflet(found, one, at) for one in leaflets(found.view)],
        "may": {act.replace("-", "_"): not at.on and may_do(actor, act) for act in acts},
    }
    return record_page(request, actor, found, "record/sharing.html", context, current="sharing", at=at)


def consent_row(found: ChildPage, consent: Consent, at: ReadAt | None = None) -> dict[str, object]:
    """How consent for one purpose stands, on whose word, what that means, and the rule that it means it by."""
    rule = _gate(consent.purpose)
    return {
        "label": consent.label,
        "mark": MARKS[consent.state],
        "said": [_said(found, one, at) for one in consent.said],
        "before": [_said(found, one, at) for one in consent.before],
        "means": MEANS[consent.state],
        "rule": rule.text if rule else "",
        "cited": cited(rule.source) if rule else "",
        "rule_href": reverse("provision", args=[rule.id]) if rule else "",
    }


def _said(found: ChildPage, event: Event, at: ReadAt | None) -> dict[str, str]:
    """One person's word: "Hanne Pryce, a parent: given, 3 March 2026"."""
    who = str(event.data.get("whose") or "Somebody")
    told = [_worded(event, name) for name in ("by_parent", "with_whom", "how", "lawful_reason")]
    holder, whom, how, ground = told
    return {
        "who": f"{who}, {holder[:1].lower()}{holder[1:]}" if holder else who,
        "what": f"{_worded(event, 'decision') or 'What was said is not recorded'}, {words.moment_words(event.happened_at)}",
        "more": ". ".join(
            one
            for one in (
                f"With {whom}" if whom else "",
                how,
                f"Ground: {ground}" if event.data.get("lawful_reason") not in (None, "none") else "",
                str(event.data.get("reason") or "").strip().rstrip("."),
            )
            if one
        ),
        "href": entry_href(found, event, at),
    }


def _worded(event: Event, name: str) -> str:
    field = in_use().vocabulary.events[event.type].field(name)
    value = event.data.get(name)
    return in_words(field, value) if field and value not in (None, "") else ""


def entry_href(found: ChildPage, event: Event, at: ReadAt | None = None) -> str:
    """Where an entry is read in full."""
    return reverse("entry", args=[found.identity.record, event.id]) + (at.query if at else "")


def _gate(purpose: str) -> Gate | None:
    """The rule that judges a purpose, in the version in force."""
    judged = JUDGED_BY.get(purpose, "")
    gates = (versions[-1] for versions in in_use().protocol.gates.values())
    return next(
        (gate for gate in gates if any(need.function == judged for need in gate.needs if judged)), None
    )


def to_tell(found: ChildPage) -> list[str]:
    """Whom to tell that the consent with which they were asked does not stand any more."""
    stands = next((one for one in consents(found.view) if one.purpose == AGENCY_CHECKS), None)
    if stands is None or stands.state not in ("withdrawn", "refused"):
        return []
    return [
        one.who
        for one in checks(found.view)
        if one.is_open and one.asked and one.asked.data.get("basis") == "consent"
    ]


def check_row(found: ChildPage, check: Check, at: ReadAt | None = None) -> dict[str, object]:
    """One agency as a row: when and on what ground it was asked, how it stands, and the one thing to do next."""
    return {
        "who": check.label,
        "name": check.name,
        "asked": words.day_words(check.asked.happened_at.day) if check.asked else "Not asked",
        "ground": _ground(check),
        "href": entry_href(found, check.asked or check.answers[0], at),
        "mark": _check_mark(check),
        "since": _since(found, check),
        "answers": [_answer(found, one, at) for one in check.answers],
        "what": _short(str(check.asked.data.get("what") or "")) if check.asked and check.is_open else "",
        "is_open": check.is_open,
        "again": "Ask again"
        if check.times == 1
        else f"Ask a {('second', 'third', 'fourth', 'fifth')[min(check.times, 4) - 1]} time"
        if check.times
        else "",
        "query": f"?check={check.id}",
    }


def _ground(check: Check) -> str:
    """With whose agreement it was asked, or on which ground without."""
    if check.asked is None:
        return "Told us without being asked"
    data = check.asked.data
    if data.get("basis") == "consent":
        return f"{data['agreed_by']} agreed" if data.get("agreed_by") else "With consent"
    return "To safeguard a child" if data.get("basis") else "No ground recorded"


def _check_mark(check: Check) -> Mark:
    if check.answers:
        return Mark("done", f"Answered {words.day_words(check.answers[-1].happened_at.day)}")
    if check.again and check.last_asked:
        return Mark("chased", f"Asked again {words.day_words(check.last_asked.happened_at.day)}")
    return Mark("waits", "Waiting")


def _since(found: ChildPage, check: Check) -> str:
    """How long it has been silent, and how often it was asked."""
    if not check.is_open:
        return ""
    days = check.silent_days(found.as_at)
    silent = f"No answer for {words.counted(days, 'day')}" if days else "Asked today"
    often = TIMES[check.times] if check.times < len(TIMES) else f"{check.times} times"
    return f"{silent}, asked {often}" if check.times > 1 else silent


def _answer(found: ChildPage, event: Event, at: ReadAt | None) -> dict[str, str]:
    said = "Nothing is known to them." if event.data.get("nothing_known") is True else ""
    text = _short(str(event.data.get("answer") or "")) or said or "What they said is not recorded."
    return {"text": text, "about": words.listed(section_titles(event)), "href": entry_href(found, event, at)}


def section_titles(event: Event) -> list[str]:
    """The parts of the assessment that an answer is about, by their titles."""
    about = event.data.get("about") or ()
    titles = {section.id: section.title for form in in_use().protocol.forms for section in form.sections}
    return [titles[one].replace("{child}", "the child") for one in about if one in titles]


def _short(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= SHORT else f"{tidy[:SHORT].rsplit(' ', 1)[0]} …"


def answered_words(found: tuple[Check, ...]) -> str:
    """How many of those asked have answered."""
    asked = [one for one in found if one.asked]
    return f"{sum(1 for one in asked if one.answers)} of {len(asked)} answered" if asked else ""


def _leaflet(found: ChildPage, event: Event, at: ReadAt) -> dict[str, str]:
    return {
        "what": _worded(event, "leaflet"),
        "to": str(event.data.get("to") or ""),
        "when": words.moment_words(event.happened_at),
        "by": event.author.name,
        "href": entry_href(found, event, at),
    }


def open_rows(found: ChildPage) -> Iterator[dict[str, object]]:
    """The agencies that are waited for, for the rail of another page."""
    return (check_row(found, one) for one in checks(found.view) if one.is_open)
