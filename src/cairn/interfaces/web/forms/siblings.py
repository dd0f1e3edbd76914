"""The question about each brother and sister: open a referral or not, why, and whose record it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.safestring import SafeString

from cairn.application.siblings import Choice, Sibling, SiblingDecision
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.forms.act_form import ActForm

NEW = "new"
CHOICES: Mapping[str, Choice] = {"open": "open", "do_not_open": "do_not_open", "ask_first": "ask_first"}


@dataclass(frozen=True)
class Theirs:
    """A record that may be this brother's or sister's: its id, and who it is of in words."""

    record: UUID
    words: str


@dataclass(frozen=True)
class SiblingForm:
    """One brother or sister with the form of the decision; `found` are records that may be theirs."""

    sibling: Sibling
    form: ActForm
    found: tuple[Theirs, ...]

    @property
    def decision(self) -> Choice:
        """What is chosen so far."""
        return CHOICES.get(str(self.form.typed["decision"]), "")

    @property
    def record(self) -> UUID | None:
        """The record chosen for them; None opens a new one."""
        if self.sibling.record is not None:
            return self.sibling.record
        chosen = self.form.typed.get("record", "")
        return next((one.record for one in self.found if str(one.record) == chosen), None)

    @property
    def question(self) -> SafeString:
        """The form as it is shown."""
        return self.form.render()

    def decided(self) -> SiblingDecision:
        """The decision as the door takes it."""
        said = {
            name: str(self.form.typed[name]).strip()
            for name in ("reason", "new_information", "original_referral")
            if name in self.form.typed
        }
        return SiblingDecision(self.sibling.id, self.decision, record=self.record, **said)

    def check(self) -> bool:
        """Whether it can be sent: what is missing is said at its field."""
        self.form.read()
        if self.decision == "do_not_open" and not str(self.form.typed["reason"]).strip():
            self.form.refuse("reason", f"Say why no referral is opened for {self.sibling.name}")
        if self.decision == "open" and "record" in self.form.fields and not self.form.typed["record"]:
            self.form.refuse("record", f"Say whose record the referral of {self.sibling.name} goes on")
        return not self.form.errors


def sibling_form(
    sibling: Sibling,
    rows: Sequence[Field],
    posted: QueryDict | None,
    found: Sequence[Theirs],
    *,
    later: bool = False,
) -> SiblingForm:
    """The form for one of them. `rows` are the vocabulary's fields of a decision; `later` asks what is new (3.9)."""
    by_name = {field.name: field for field in rows}
    first = sibling.name.partition(" ")[0]
    asked = [
        by_name["decision"].model_copy(
            update={"label": f"Open a referral for {first}?", "options": _short(by_name["decision"])}
        ),
        by_name["reason"].model_copy(update={"label": f"Why, for {first}"}),
        *(_whose(first, found) if sibling.record is None and found else ()),
        *((by_name["new_information"], by_name["original_referral"]) if later else ()),
    ]
    initial: dict[str, Any] = {"decision": sibling.decided or sibling.default.decision}
    form = ActForm(asked, posted=posted, initial=initial, prefix=f"sibling-{sibling.id}", mark_optional=False)
    return SiblingForm(sibling, form, tuple(found))


def _short(decision: Field) -> tuple[Option, ...]:
    """Without their paragraphs: the one that set the answer stands under the question."""
    return tuple(option.model_copy(update={"paragraph": ""}) for option in decision.options)


def _whose(first: str, found: Sequence[Theirs]) -> list[Field]:
    options = [Option(value=str(one.record), label=one.words) for one in found]
    return [
        Field(
            name="record",
            label=f"Which record is {first}’s?",
            type="choice",
            options=(*options, Option(value=NEW, label="None of these: open a new record")),
        )
    ]
