"""The status check before a referral is decided (3.5): what our own records and the agencies asked say, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark

CHECKED, WAITING, NOT_KNOWN = (
    Mark("done", "Checked"),
    Mark("waits", "Waiting"),
    Mark("not_known", "Not known"),
)


def status_check(view: View, referral: Event) -> c.CheckList:
    """Line by line, each checked, waiting or not known. Nothing is taken for no."""
    return c.CheckList(
        rows=(
            _before(view, referral),
            _plans(view),
            *_asked(view),
            _police(view),
            _responsibility(view),
        )
    )


def _before(view: View, referral: Event) -> c.CheckRow:
    contact = referral.data.get("from_contact")
    earlier = [
        event
        for event in view.standing.events
        if event.type in ("contact.received", "referral.received")
        and event.id not in (referral.id, contact)
        and not came_with(event, referral)
    ]
    if not earlier:
        return c.CheckRow(CHECKED, "Not known to us before this", "Our own records.")
    last = words.day_words(earlier[-1].happened_at.day)
    count = words.counted(len(earlier), "earlier contact or referral", "earlier contacts and referrals")
    return c.CheckRow(CHECKED, f"Known: {count}", f"Our own records. The last on {last}.")


def came_with(event: Event, referral: Event) -> bool:
    """Whether it is the contact about a brother or sister that was copied when this referral was opened."""
    return bool(event.data.get("copied_from")) and event.act == referral.act


def _plans(view: View) -> c.CheckRow:
    open_plans = [one for one in view.open_strands if one.kind == "plan"]
    protected = any(one.opener.data.get("kind") == "child_protection" for one in open_plans)
    says = "On a child protection plan" if protected else "No child protection plan"
    more = (
        words.counted(len(open_plans), "plan is", "plans are") + " open."
        if open_plans
        else "No plan is open."
    )
    return c.CheckRow(CHECKED, says, f"Our own records. {more}")


def _asked(view: View) -> Iterator[c.CheckRow]:
    """Every agency that was asked: what it says, or since when it has been silent."""
    answers = [event for event in view.standing.events if event.type == "check.answered"]
    for asked in view.standing.events:
        if asked.type != "check.requested":
            continue
        answer = next((one for one in answers if _answers(one, asked)), None)
        if answer is None:
            yield c.CheckRow(WAITING, _agency(asked), f"Asked {words.moment_words(asked.happened_at)}.")
        else:
            yield c.CheckRow(CHECKED, _agency(asked), str(answer.data.get("answer", "")))


def _answers(answer: Event, asked: Event) -> bool:
    named = answer.data.get("check")
    return named == asked.id if named else answer.data.get("agency") == asked.data.get("agency")


def _agency(asked: Event) -> str:
    field = in_use().vocabulary.events["check.requested"].field("agency")
    agency = in_words(field, asked.data.get("agency", "")) if field else ""
    return f"{agency}: {asked.data['name']}" if asked.data.get("name") else agency


def _police(view: View) -> c.CheckRow:
    notices = [
        event
        for event in view.standing.events
        if event.type == "contact.received" and event.data.get("source") == "police"
    ]
    if not notices:
        return c.CheckRow(CHECKED, "No police notice on our records")
    days = words.listed([words.day_words(event.happened_at.day) for event in notices])
    return c.CheckRow(CHECKED, words.counted(len(notices), "police notice"), f"{days}.")


def _responsibility(view: View) -> c.CheckRow:
    held = [
        str(event.data.get("name"))
        for event in view.standing.events
        if event.type == "relationship.recorded" and event.data.get("parental_responsibility") == "yes"
    ]
    if held:
        return c.CheckRow(CHECKED, "Parental responsibility", f"{words.listed(held)}.")
    return c.CheckRow(NOT_KNOWN, "Who holds parental responsibility", "Nobody has written it down yet.")


def still_open(checks: c.CheckList) -> c.Tag | None:
    """How much of the check is not known or waits, for beside its heading."""
    counted = [
        (sum(row.mark == mark for row in checks.rows), word)
        for mark, word in ((NOT_KNOWN, "not known"), (WAITING, "waiting"))
    ]
    said = [f"{number} {word}" for number, word in counted if number]
    return c.Tag(", ".join(said), "soon") if said else None
