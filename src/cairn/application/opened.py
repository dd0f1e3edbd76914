"""What each answer of a decision opens, by the procedures in use: said beside the answer before it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cairn.application.procedures import in_use
from cairn.core.protocol.model import Duty, EventPattern, NextStep, Rule
from cairn.core.protocol.versions import in_force_on
from cairn.core.vocabulary.model import Field, Option


def says_what_opens(field: Field, event: str, day: date) -> Field:
    """The choice with what each of its answers opens on a day: "Then: hold a strategy discussion (8.9)".

    `event` is the type of entry that holds the answer. Steps stand before dates. A question that is no choice
    comes back as it is.
    """
    if field.type not in ("choice", "choices"):
        return field
    rules = in_force_on(in_use().protocol, day).rules
    return field.model_copy(
        update={"options": tuple(_with_what_opens(one, field.name, event, rules) for one in field.options)}
    )


def _with_what_opens(option: Option, name: str, event: str, rules: Sequence[Rule]) -> Option:
    told = [
        f"{said}{_cited(rule, option)}" for rule in rules for said in _opened(rule, event, name, option.value)
    ]
    then = f"Then: {'; '.join(dict.fromkeys(told))}." if told else ""
    return (
        option.model_copy(update={"hint": " ".join(filter(None, (_ended(option.hint), then)))})
        if then
        else option
    )


def _opened(rule: Rule, event: str, name: str, value: str | bool) -> Iterator[str]:
    if isinstance(rule, NextStep) and _follows(rule.after, event, name, value):
        yield _lower(rule.title)
    if isinstance(rule, Duty) and _follows(rule.starts, event, name, value):
        within = f" within {rule.within}" if rule.within else ""
        yield f"{_lower(rule.title)}{within}"


def _cited(rule: Rule, option: Option) -> str:
    """The paragraph of what is opened, unless the answer itself names it."""
    known = {one.strip() for one in option.paragraph.split(",")}
    return "" if rule.source.paragraph in known else f" ({rule.source.paragraph})"


def _follows(patterns: Sequence[EventPattern], event: str, name: str, value: str | bool) -> bool:
    return any(one.event == event and value in (one.where or {}).get(name, ()) for one in patterns)


def _ended(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
