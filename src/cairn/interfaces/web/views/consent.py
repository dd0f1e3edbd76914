"""Recording consent, given, refused, withdrawn or not sought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.core.engine.sharing import consents
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.own_acts import Own, OwnForms, do
from cairn.interfaces.web.views.sharing import consent_row

WHEN = Field(
    name="happened",
    label="When was it said?",
    type="moment",
    hint="Of consent taken back: the day on which it was. Leave it empty if it was just now.",
)


def _check(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    """Not sought needs the ground on which it is shared without, or why nobody was asked; a refusal no ground."""
    if (
        answers.get("decision") == "not_sought"
        and not answers.get("lawful_reason")
        and not answers.get("reason")
    ):
        forms.answers.refuse("lawful_reason", "Choose on what ground it is shared without consent, or None")
    if answers.get("lawful_reason") == "safeguarding" and not str(answers.get("reason") or "").strip():
        forms.answers.refuse("reason", "Enter why sharing is necessary to safeguard a child")


CONSENT = Own(
    act="record-consent",
    said="Consent recorded. What stands now is shown here.",
    to="sharing",
    template="record/consent.html",
    messages={
        "whose": "Enter whose consent it is about",
        "decision": "Choose what they said",
        "for": "Choose for what",
        "by_parent": "Choose who they are",
    },
    must=("by_parent",),
    check=_check,
    beside=lambda page: {"standing": [consent_row(page.page, one) for one in consents(page.page.view)]},
    when=WHEN,
)


@signed_in("GET", "POST")
def consent(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record what somebody said about sharing, or that nobody was asked."""
    return do(request, actor, record, CONSENT)
