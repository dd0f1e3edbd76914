"""A rule of the procedures in plain words, whatever its kind: for its own page and wherever it is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cairn.application.procedures import in_use
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.protocol.model import (
    Condition,
    Departure,
    Duty,
    EventPattern,
    Gate,
    NextStep,
    OutcomeSet,
    Quorum,
    Rule,
)
from cairn.core.vocabulary.model import EventType
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words

KINDS = {
    "duty": "Something to be done",
    "notice": "Somebody to be told",
    "gate": "What must be true first",
    "quorum": "Who must take part",
    "outcome set": "How a decision may end",
    "next step": "What comes next",
}


def document_title(name: str) -> str:
    """A document's full title with its publisher, or its short name where it is not among those cited."""
    found = in_use().protocol.documents.get(name)
    return f"{found.publisher}, {found.title}" if found else name


def kind_in_words(rule: Rule) -> str:
    """The kind of a rule, in words."""
    return KINDS[getattr(rule, "kind", "duty")]


def roles_in_words(roles: tuple[str, ...], last: str = "or") -> str:
    """Roles as a sentence says them."""
    return words.listed(roles, last)


BORN_OR_NOT = {"born": "after the child's birth", "unborn": "before the child's birth"}


def in_words(patterns: Iterable[EventPattern]) -> str:
    """Events as people read them: “Visit made” (was the child seen: yes)."""
    return words.listed([_pattern(pattern) for pattern in patterns], "or")


def _pattern(pattern: EventPattern) -> str:
    kind = in_use().vocabulary.events.get(pattern.event)
    if kind is None:
        return pattern.event
    where = [_where(kind, name, values) for name, values in (pattern.where or {}).items()]
    where += [BORN_OR_NOT[pattern.child]] if pattern.child else []
    return f"“{kind.title}”" + (f" ({'; '.join(where)})" if where else "")


def _where(kind: EventType, name: str, values: tuple[str | bool, ...]) -> str:
    field = kind.field(name)
    if field is None:
        return name
    labels = {option.value: option.label for option in field.options}
    said = [
        labels.get(value) or ("Yes" if value is True else "No" if value is False else str(value))
        for value in values
    ]
    return f"{field.label.rstrip('?')}: {words.listed(said, 'or')}"


def described(rule: Rule) -> c.SummaryList:
    """A rule as a summary list."""
    rows = [
        c.SummaryRow("What kind of rule", kind_in_words(rule)),
        c.SummaryRow(
            "Where it stands", f"{document_title(rule.source.document)}, paragraph {rule.source.paragraph}"
        ),
        *_only_when(rule),
        *_of_kind(rule),
        *_dated(rule),
    ]
    if rule.note:
        rows.append(c.SummaryRow("How we read it", rule.note))
    return c.SummaryList(rows=tuple(rows))


def _only_when(rule: Rule) -> Iterator[c.SummaryRow]:
    if rule.when:
        yield c.SummaryRow("Applies where", values=tuple(condition_in_words(one) for one in rule.when))


def condition_in_words(condition: Condition) -> str:
    """A condition as a person reads it."""
    negative = "not: " if condition.is_not else ""
    if condition.event is not None:
        return f"{negative}{in_words((condition.event,))} is on the record"
    if condition.start is not None:
        told = [
            f"{name.replace('_', ' ')} is {words.listed(list(map(str, values)), 'or')}"
            for name, values in condition.start.items()
        ]
        return negative + "; ".join(told)
    found = CONDITIONS.get(str(condition.function))
    asked = found.asks if found else str(condition.function).replace("_", " ")
    return f"{asked} {'No' if condition.is_not else 'Yes'}"


def _of_kind(rule: Rule) -> Iterator[c.SummaryRow]:
    match rule:
        case Duty():
            yield from _duty(rule)
        case Gate():
            yield c.SummaryRow("Before", f"{in_words(rule.before)} may be recorded")
            yield c.SummaryRow("What is needed", values=tuple(need.missing for need in rule.needs))
            yield from _departure(rule.departure)
        case Quorum():
            yield c.SummaryRow("Of", in_words(rule.of))
            yield c.SummaryRow("Who must take part", words.listed(rule.needs).replace("_", " "))
        case OutcomeSet():
            yield c.SummaryRow(
                "Answers",
                values=tuple(
                    f"{one.label} ({one.paragraph})" if one.paragraph else one.label for one in rule.options
                ),
            )
        case NextStep():
            yield c.SummaryRow("After", in_words(rule.after))
            yield from ([c.SummaryRow("Goes to", rule.to.replace("_", " "))] if rule.to else [])


def _duty(rule: Duty) -> Iterator[c.SummaryRow]:
    if rule.starts:
        yield c.SummaryRow("Clock starts with", in_words(rule.starts))
    yield c.SummaryRow("How long", how_long(rule))
    for reading in rule.also:
        yield c.SummaryRow("Another reading", f"{reading.within}, paragraph {reading.source.paragraph}")
    yield c.SummaryRow("Done when this is recorded", in_words(rule.met_by))
    yield c.SummaryRow("No longer due after", in_words(rule.ends))
    yield c.SummaryRow("Who", rule.who)
    if rule.to:
        yield c.SummaryRow("Who is told", f"{rule.to}{f', {rule.how}' if rule.how else ''}")
    yield from _departure(rule.departure)


def how_long(rule: Duty) -> str:
    """The time of a duty in words; where the document gives none, its own words."""
    if rule.every is not None:
        first = f"first within {rule.within}, then " if rule.within else ""
        return f"{first}every {rule.every}, while there is a {str(rule.during).replace('_', ' ')}"
    if rule.within is not None:
        return str(rule.within)
    return f"No figure. The paragraph says: “{rule.pace}”" if rule.pace else "No figure is given"


def _departure(departure: Departure | None) -> Iterator[c.SummaryRow]:
    if departure is None:
        return
    moves = "which moves the date" if departure.moves_date else "which does not move the date"
    yield c.SummaryRow(
        "Who may depart from it",
        f"{roles_in_words(departure.by).capitalize()}, with a recorded reason, {moves} (paragraph {departure.source.paragraph})",
    )


def _dated(rule: Rule) -> Iterator[c.SummaryRow]:
    if rule.in_force_from:
        governs = (
            "clocks started since then" if rule.governs == "clocks started since" else "every open clock"
        )
        yield c.SummaryRow("In force since", f"{words.day_words(rule.in_force_from)}; governs {governs}")
