"""What the page of a referral's decision shows: what was said, history, checks, others, whom to tell, and what signing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.contact import worries
from cairn.application.deciding import OnRecord, ToDecide, consequences
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.engine.duties import DutyView
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.forms.siblings import SiblingForm
from cairn.interfaces.web.views.begun import Begun
from cairn.interfaces.web.views.decision_frame import asked_departures, decision_bar, signature
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.history import history_at_a_glance
from cairn.interfaces.web.views.said import facts_and_opinions, rest_of_it, who_said_it
from cairn.interfaces.web.views.status_check import status_check, still_open
from cairn.interfaces.web.views.told import who_must_be_told
from cairn.interfaces.web.views.who_referred import who_address

SHOWN_AS = {"same": "Lives with {name}.", "other": "Lives elsewhere.", "": "Where they live is not known."}


@dataclass(frozen=True)
class Deciding:
    """A decision being written: what it is about, its draft, its forms, and one for each brother and sister."""

    it: ToDecide
    draft: Begun
    form: ActForm
    past: ActForm
    siblings: tuple[SiblingForm, ...]

    @property
    def undecided(self) -> tuple[SiblingForm, ...]:
        """Those for whom nothing is chosen."""
        return tuple(one for one in self.siblings if not one.decision)


def context_of(actor: Actor, deciding: Deciding, refused: Refused | None) -> dict[str, Any]:
    """Everything the template needs, as plain values and components."""
    it, form = deciding.it, deciding.form
    record = it.page.identity.record
    checks = status_check(it.view, it.opener)
    return {
        "identity": decision_bar(it, f"Decide the referral about {it.page.identity.name}", *came_in(it)),
        **what_was_said(actor, it),
        "history": history_at_a_glance(
            it.view, it.opener, c.Link("Whole timeline", reverse("timeline", args=[record]))
        ),
        "checks": checks,
        "checks_open": still_open(checks),
        "check_form": form.render("status", "earlier_records_located", "earlier_enquiries"),
        "points": _points(deciding),
        "siblings": [sibling_card(one, it.page.identity.name) for one in deciding.siblings],
        "siblings_tag": c.Tag(f"{len(deciding.undecided)} to decide", "soon") if deciding.undecided else None,
        "others_form": form.render(
            *(name for name in ("no_siblings", "impact_on_others", "who_else_to_tell") if name in form.fields)
        ),
        "add_sibling": act_address(record, "list-sibling"),
        "told": who_must_be_told(it),
        "decision": form.render("outcome", "reason", "against"),
        "departures": asked_departures(deciding.past, it.found.gates, refused),
        "consequences": list(_when_you_sign(deciding)),
        "waiting": _waiting(deciding),
        "errors": summary_of(form, *(one.form for one in deciding.siblings), deciding.past),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "earlier": _earlier(it.earlier),
        "sign_for": _sign_for(deciding),
        "signature": signature(actor),
        "draft": deciding.draft,
        "act": "decide-referral",
        "strand": it.strand.id,
        "seen": it.page.version,
    }


def came_in(it: OnRecord) -> Iterator[c.Fact]:
    """When it came, and when it became a referral."""
    contact = contact_of(it)
    if contact is not None:
        yield c.Fact("Contact received", words.moment_words(contact.happened_at))
    by = f"by {it.opener.author.name}"
    yield c.Fact(
        "Became a referral" if contact else "Received", words.moment_words(it.opener.happened_at), small=by
    )


def contact_of(it: OnRecord) -> Event | None:
    """The contact the referral came from, if it came from one."""
    named = it.opener.data.get("from_contact")
    contacts = [event for event in it.view.standing.events if event.type == "contact.received"]
    same_act = [event for event in contacts if event.act is not None and event.act == it.opener.act]
    return next((event for event in contacts if event.id == named), next(iter(same_act), None))


def what_was_said(actor: Actor, it: OnRecord) -> dict[str, Any]:
    """What the referrer said, facts beside opinions, then the referral's own answers."""
    contact = contact_of(it)
    return {
        "said": facts_and_opinions(contact),
        "from_whom": who_said_it(it.opener),
        "who_address": who_address(actor, it.page.identity.record, it.opener),
        "concern": _concern(it.opener, contact),
        "rest": rest_of_it(it.opener, "concern"),
        "contact_rest": rest_of_it(contact, "concern") if contact else None,
    }


def _concern(referral: Event, contact: Event | None) -> str:
    """The worry as the referral puts it; nothing where it only says again what the contact's facts say."""
    concern = str(referral.data.get("concern", ""))
    return "" if contact is not None and concern == worries(contact.data) else concern


def _points(deciding: Deciding) -> list[Any]:
    return [
        deciding.form.render("protection_now", "child_to_be_seen", "police_needed"),
        deciding.form.render("further_action", "who_tells_family"),
    ]


def sibling_card(one: SiblingForm, child: str) -> c.SiblingDecision:
    """One brother or sister of a child: who, the question, and the paragraph that set the answer."""
    sibling = one.sibling
    age = f", {sibling.age}" if sibling.born or sibling.expected else ""
    return c.SiblingDecision(
        name=f"{sibling.name}{age}",
        about=" ".join(_about(one, child)),
        question=one.question,
        set_by=_set_by(one),
    )


def _about(one: SiblingForm, child: str) -> Iterator[str]:
    field = in_use().vocabulary.events["sibling.listed"].field("relation")
    options = field.options if field else ()
    relation = next(
        (option.label for option in options if option.value == one.sibling.relation), "Brother or sister"
    )
    yield f"{relation}."
    yield SHOWN_AS[one.sibling.household].format(name=child.partition(" ")[0])
    if one.sibling.notes:
        yield one.sibling.notes


def _set_by(one: SiblingForm) -> str:
    if one.sibling.decided:
        return "**Decided before.** It stands unless you change it."
    default = one.sibling.default
    set_to = {"open": "Set to open by the rule:", "do_not_open": "Set not to open by the rule:"}
    if default.decision:
        return f"**{set_to[default.decision]}** {default.why} (paragraph {default.paragraph}). To change it, give a reason."
    return f"**Not set:** {default.why}. Unknown is not taken for no (paragraph {default.paragraph})."


def _when_you_sign(deciding: Deciding) -> Iterator[str]:
    """What each of the two most usual outcomes starts, and what happens for brothers and sisters."""
    for outcome, words_for_it in (
        ("assessment", "Child and Family Assessment"),
        ("no_further_action", "No further action"),
    ):
        found = consequences(deciding.it, outcome)
        dates = [
            f"{duty.rule.title.rstrip('.')}, {_by_when(duty)} ({duty.rule.source.paragraph})"
            for duty in found.duties
            if duty.rule.kind == "duty"
        ]
        steps = [f"{one.rule.title} ({one.rule.source.paragraph})" for one in found.steps if not one.missing]
        if dates or steps:
            yield f"**{words_for_it}:** {'. '.join([*dates, *steps])}."
    if deciding.siblings:
        yield (
            "Whoever is set to **open** gets a referral of their own on their own record, with the contact copied. "
            "Nothing else is copied: a child’s file stays that child’s (3.10, 3.11)."
        )


def _by_when(duty: DutyView) -> str:
    return f"by {due_date(duty.due)}" if duty.due else duty.rule.pace or "no date is set"


def _waiting(deciding: Deciding) -> c.Gate | None:
    if not deciding.undecided:
        return None
    names = words.listed([one.sibling.name for one in deciding.undecided])
    return c.Gate(
        title=f"{names} {'is' if len(deciding.undecided) == 1 else 'are'} not decided",
        text="Decide for each (3.6). **Ask first, decide later** lets you sign now: it stays on the list until it is decided.",
    )


def _earlier(decision: Event | None) -> str:
    if decision is None:
        return ""
    when = words.moment_words(decision.happened_at)
    return f"**{decision.author.name} decided this referral on {when}.** What you sign replaces that decision; both stay on the record."


def _sign_for(deciding: Deciding) -> str:
    own = [deciding.it.page.identity.name.partition(" ")[0]]
    opened = [one.sibling.name.partition(" ")[0] for one in deciding.siblings if one.decision == "open"]
    return f"Sign for {words.listed([*own, *opened])}"
