"""A form against the vocabulary: what it hands in must be what the event takes, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cairn.core.protocol.forms import Cited, Form
from cairn.core.protocol.model import Protocol
from cairn.core.vocabulary.model import Field, Option, Vocabulary

ASKED, ANSWERED, VIEWS = "check.requested", "agency", "views.recorded"


def form_faults(form: Form, protocol: Protocol, vocabulary: Vocabulary) -> Iterator[str]:
    """What the form names that does not exist, each with what was expected."""
    for source in _sources(form):
        if source.document not in protocol.documents:
            known = ", ".join(protocol.documents)
            yield f"cites the unknown document {source.document!r}; expected one of {known}"
    yield from _kinds(form, vocabulary)
    yield from _handed_in(form, vocabulary)
    yield from _beside(form, vocabulary)


def _sources(form: Form) -> Iterator[Cited]:
    yield form.source
    yield from (part.source for part in form.parts)
    yield from (section.source for section in form.sections)


def _kinds(form: Form, vocabulary: Vocabulary) -> Iterator[str]:
    openers = [event for event in vocabulary.events.values() if event.opens == form.strand]
    known = [option.value for event in openers for option in _options(event.field("kind"))]
    if not openers:
        yield f"no strand is called {form.strand!r}"
    else:
        yield from _unknown("kind", form.kinds, known)


def _handed_in(form: Form, vocabulary: Vocabulary) -> Iterator[str]:
    event = vocabulary.events.get(form.handed_in)
    rows = event.field(form.into) if event else None
    if rows is None or rows.type != "rows":
        yield f"{form.handed_in} has no rows {form.into!r} to take its sections"
        return
    taken = {field.name: field for field in rows.fields}
    for field in form.fields:
        if field.name not in taken:
            yield f"{form.handed_in}.{form.into} has no field {field.name!r}; expected one of {', '.join(taken)}"
        elif _shape(taken[field.name]) != _shape(field):
            yield f"{field.name!r} is not what {form.handed_in}.{form.into} takes: the type or the options differ"


def _shape(field: Field) -> tuple[str, tuple[str | bool, ...]]:
    return field.type, field.allowed()


def _beside(form: Form, vocabulary: Vocabulary) -> Iterator[str]:
    agencies = _allowed(vocabulary, ASKED, ANSWERED)
    whose = _allowed(vocabulary, VIEWS, "whose")
    for section in form.sections:
        for what, names, known in (("agency", section.agencies, agencies), ("view", section.views, whose)):
            yield from (f"section {section.id}: {problem}" for problem in _unknown(what, names, known))


def _allowed(vocabulary: Vocabulary, event: str, field: str) -> list[object]:
    kind = vocabulary.events.get(event)
    return [option.value for option in _options(kind.field(field) if kind else None)]


def _options(field: Field | None) -> tuple[Option, ...]:
    return field.options if field else ()


def _unknown(what: str, names: tuple[str, ...], known: Sequence[object]) -> Iterator[str]:
    expected = ", ".join(str(one) for one in known)
    yield from (
        f"no {what} is called {name!r}; expected one of {expected}" for name in names if name not in known
    )
