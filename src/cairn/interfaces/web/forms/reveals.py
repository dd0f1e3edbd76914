"""What is asked only with one answer of another question, by the vocabulary alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cairn.core.vocabulary.model import Act, Field, Yield
from cairn.interfaces.web.forms.act_form import Reveals
from cairn.interfaces.web.forms.typed import key


def reveals_of(act: Act, fields: Iterable[Field]) -> Reveals:
    """By question and answer the fields that stand under it: as the field says, or for the event that it goes into."""
    asked = {field.name: field for field in fields}
    shown: dict[str, dict[str, list[str]]] = {}
    for question, answer, name in (*_by_event(act, asked), *_by_field(asked)):
        shown.setdefault(question, {}).setdefault(answer, []).append(name)
    return shown


def _by_event(act: Act, asked: Mapping[str, Field]) -> Iterator[tuple[str, str, str]]:
    always = {name for made in act.yields if not made.when for name in made.fields}
    for made in act.yields:
        question, answers = _brought_about_by(made, asked)
        names = {(made.rename or {}).get(name, name) for name in made.fields} - always - {question}
        for answer in answers:
            for name in asked:
                if name in names and not asked[name].asked_when:
                    yield question, answer, name


def _by_field(asked: Mapping[str, Field]) -> Iterator[tuple[str, str, str]]:
    for field in asked.values():
        for question, answers in (field.asked_when or {}).items():
            if question in asked:
                yield from ((question, key(answer), field.name) for answer in answers)


def _brought_about_by(made: Yield, asked: Mapping[str, Field]) -> tuple[str, list[str]]:
    """The question and the answers that bring an event about, where one question alone decides."""
    if made.each is not None or not made.when or len(made.when) != 1:
        return "", []
    ((question, answers),) = made.when.items()
    if question not in asked or asked[question].type not in ("choice", "yes_no"):
        return "", []
    return question, [key(answer) for answer in answers]
