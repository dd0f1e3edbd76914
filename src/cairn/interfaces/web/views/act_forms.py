"""The forms of an act's page: its answers, when it happened, to which process it belongs, and departures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from cairn.application.acting import ActPage
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web.forms import ActForm, summary_of
from cairn.interfaces.web.forms.reveals import reveals_of

WHEN = Field(
    name="happened",
    label="When did it happen?",
    type="moment",
    hint="Leave it empty if it is happening now. The time of recording is kept beside it.",
)

# Where the link of a mistake leads that stands at no input of the page.
TOP = "main"


@dataclass(frozen=True)
class Read:
    """What was sent, as the door takes it."""

    answers: dict[str, Any]
    at: str
    strand: str | None
    departures: dict[str, str]


class ActForms:
    """All the forms of one act's page, shown, read and shown again as one."""

    def __init__(self, page: ActPage, request: HttpRequest, typed: QueryDict | None) -> None:
        self.page = page
        self.is_sent = request.method == "POST"
        posted = request.POST if self.is_sent else typed
        self.answers = ActForm(
            page.fields,
            posted=posted,
            initial=request.GET.dict(),
            must=page.act.must,
            reveals=reveals_of(page.act, page.fields),
        )
        self.when = ActForm([WHEN], posted=posted, prefix="when")
        self.strand = ActForm(
            _strand(page),
            posted=posted,
            initial={"strand": request.GET.get("strand", "")},
            must=("strand",),
            prefix="in",
        )
        self.departures = ActForm(departures_of(page), posted=posted, prefix="depart")
        self._besides: list[c.Fault] = []

    @property
    def parts(self) -> tuple[ActForm, ...]:
        """The forms of the page."""
        return (self.strand, self.answers, self.when, self.departures)

    @property
    def in_order(self) -> tuple[ActForm, ...]:
        """The forms in the order of the page."""
        return self.parts

    @property
    def is_asking_for_more(self) -> bool:
        """Whether a row was added or taken away: nothing is sent yet."""
        return self.is_sent and self.answers.is_asking_for_more

    def read(self) -> Read | None:
        """Everything as the door takes it; None where something has to be put right first."""
        strand, answers, when, departures = (form.read() for form in self.parts)
        if (
            isinstance(answers, tuple)
            or isinstance(when, tuple)
            or isinstance(strand, tuple)
            or isinstance(departures, tuple)
        ):
            return None
        return Read(
            answers=answers,
            at=str(when.get("happened", "")),
            strand=strand.get("strand") or self.named_strand,
            departures={gate.id: departures.get(departure_name(gate.id), "") for gate in self.page.gates},
        )

    named_strand: str | None = None

    def refuse(self, refused: Refused) -> None:
        """Put what the door found wrong beside the fields it is about."""
        for fault in refused.faults:
            self._say(fault.place.removeprefix("data."), f"{fault.problem}: expected {fault.expected}")
        for refusal in refused.refusals:
            if refusal.field:
                self._say(refusal.field, refusal.missing)

    def _say(self, place: str, message: str) -> None:
        name = place.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
        if name == "at":
            self.when.refuse("happened", message)
        elif name in ("for", "strand") and self.strand.fields:
            self.strand.refuse("strand", message)
        elif name in self.answers.fields:
            self.answers.refuse(name, message)
        else:
            self._besides.append(c.Fault(f"{_label(name)}: {message}", TOP))

    def errors(self) -> c.ErrorSummary | None:
        """The mistakes of all parts, and what is wrong with something that the page does not ask."""
        found = summary_of(*self.in_order)
        faults = (*(found.faults if found else ()), *self._besides)
        return c.ErrorSummary(faults=faults) if faults else None

    def rendered(self, refused: Refused | None) -> Mapping[str, Any]:
        """The markup of each part. Departures are asked once a gate was met, or where one is typed already."""
        asked = self._departures_to_ask(refused)
        return {
            "strand": self.strand.render() if self.strand.fields else "",
            "fields": self.answers.render(),
            "when": self.when.render(),
            "departures": self.departures.render(*asked) if asked else "",
        }

    def _departures_to_ask(self, refused: Refused | None) -> list[str]:
        met = {one.provision for one in refused.refusals} if refused else set()
        typed = self.departures.typed
        return [
            departure_name(gate.id)
            for gate in self.page.gates
            if gate.id in met or typed[departure_name(gate.id)]
        ]


def _label(name: str) -> str:
    """What a field that the page does not show is called where it is shown."""
    kinds = in_use().vocabulary.events.values()
    found = next((field for kind in kinds if (field := kind.field(name)) is not None), None)
    return found.label if found else name


def _strand(page: ActPage) -> list[Field]:
    if not page.strands:
        return []
    options = tuple(Option(value=value, label=label) for value, label in page.strands)
    return [Field(name="strand", label="What does this belong to?", type="choice", options=options)]


def departures_of(page: ActPage) -> list[Field]:
    """A reason for each gate that this person may go past."""
    return [
        Field(
            name=departure_name(gate.id),
            label=f"Your reason for going past “{gate.title}”",
            type="long_text",
            hint=f"Paragraph {gate.source.paragraph}: {gate.text} The reason stays on the record.",
        )
        for gate in page.gates
    ]


def departure_name(provision: str) -> str:
    """The field in which the reason for going past a gate is typed."""
    return f"past_{provision.replace('-', '_')}"


def typed_words(fields: Iterable[Field], typed: QueryDict) -> c.SummaryList:
    """What another draft of the same form holds, to be read beside it."""
    labels = {field.name: field.label for field in fields}
    rows = [
        c.SummaryRow(labels.get(name.split("-")[0], name), ", ".join(values))
        for name, values in typed.lists()
        if any(value.strip() for value in values)
    ]
    return c.SummaryList(rows=tuple(rows))
