"""The vocabulary: event types with their fields, and acts with their forms, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Constrained

from cairn.core.roles import ROLES

FieldType = Literal[
    "text", "long_text", "choice", "choices", "yes_no", "date", "moment", "number", "list", "rows", "fields"
]
Name = Annotated[str, Constrained(pattern=r"^[a-z][a-z0-9_]*$")]
Birth = Literal["born", "unborn"]
EventName = Annotated[str, Constrained(pattern=r"^[a-z_]+\.[a-z_]+$")]


class Part(BaseModel):
    """A part of the vocabulary or of a protocol: frozen, and nothing undeclared is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


TextClass = Literal["ordinary", "protected address", "police text", "third party text"]


class ClassWhere(Part):
    """A class that a text has where an answer says so: of the same event, of any of its type on the record, or of any
    about the same person.
    """

    name: TextClass
    where: Mapping[str, tuple[str | bool, ...]]
    across: Literal["event", "record", "person"] = "event"


class Option(Part):
    """One answer of a choice. `paragraph` is where the procedure gives it."""

    value: str | bool
    label: str
    hint: str = ""
    paragraph: str = ""


class Field(Part):
    """One field of an event, as it is asked on a page and checked at the door.

    `must` says that the event cannot be without it; `personal` marks text about a person;
    "fields" holds the fields of another event, as a correction gives them; `longest` is how many
    characters a text (each text of a list) may have, where it has to stand in lists; `check` names
    the number whose check figure is tried, that it is the time of day at which it ended (5:10pm), or that of a time
    only the month or the year may be known. `own` marks a child's own part of an act for several
    children: it goes on that child's record only;
    `asked_when` names the answer under which alone it is asked, `asked_of` whether of a child who is born or of
    one who is not (left out: of both); `asked: false` marks what a page fills in itself, as the id of another entry.
    `class` says who may read a text (docs/adr/0018), where that depends on another answer too; `apart: referrer` marks
    what says who somebody is that does not wish to be named: it is never in the event's content.
    """

    name: Name
    label: str
    type: FieldType
    hint: str = ""
    options: tuple[Option, ...] = ()
    must: bool = False
    personal: bool = True
    fields: tuple[Field, ...] = ()
    longest: int | None = None
    check: Literal["nhs_number", "upn", "end_time", "roughly"] | None = None
    own: bool = False
    asked: bool = True
    asked_when: Mapping[str, tuple[str | bool, ...]] | None = None
    asked_of: tuple[Birth, ...] = ()
    class_: TextClass | ClassWhere | tuple[ClassWhere, ...] = Constrained(default="ordinary", alias="class")
    apart: Literal["referrer"] | None = None

    def classes(self) -> tuple[ClassWhere, ...]:
        """The classes of a text that is not ordinary, each with where it has it."""
        if isinstance(self.class_, str):
            return () if self.class_ == "ordinary" else (ClassWhere(name=self.class_, where={}),)
        return self.class_ if isinstance(self.class_, tuple) else (self.class_,)

    def allowed(self) -> tuple[str | bool, ...]:
        """The values a choice may take; empty where anything of the type may stand."""
        return tuple(option.value for option in self.options)


class EventType(Part):
    """One type of event: a fact is taken as it happened, an authorisation passes gates.

    `opens` is the strand kind it opens; `within` the kinds it may belong to, the nearest first
    (of an opener: its parents); `ends` the kinds it ends, where `ends_where` holds of its fields. One that
    `approves` another type names it in its field `approves`, and is refused to whoever wrote that. With `asked_of`
    it happens only to a child who is born, or only to one who is not (left out: to both). A fact that belongs to an
    open case alone is `while_open`: what happened after the closing is a new contact. Of one `dated_roughly` only the
    month or the year may be known. One that can lie `before_life` of the child names the answer that says so: without
    it, it is refused there. Its fields marked `apart` are kept apart where one of `apart_where` holds of its fields.
    What the family is given to read says so (`family_reads`): no text of the police stands in it that was not released.
    What is `final` is neither corrected, withdrawn nor moved: another entry takes its place.
    """

    name: EventName
    title: str
    sort: Literal["fact", "authorisation"]
    opens: str | None = None
    within: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    ends_where: Mapping[str, tuple[str | bool, ...]] | None = None
    approves: EventName | None = None
    asked_of: tuple[Birth, ...] = ()
    while_open: bool = False
    dated_roughly: bool = False
    before_life: Mapping[str, str] | None = None
    final: bool = False
    apart_where: tuple[Mapping[str, tuple[str | bool, ...]], ...] = ()
    family_reads: bool = False
    meaning: str = ""
    fields: tuple[Field, ...] = ()

    @property
    def apart(self) -> tuple[str, ...]:
        """The names of the fields that say who somebody is, and are kept apart where `apart_where` holds."""
        return tuple(one.name for one in self.fields if one.apart)

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


class Yield(Part):
    """One event that an act writes: which of the act's fields go in, and when it is written.

    `when` compares answers with listed values; `each` writes one event for each row of a
    rows field; `set` gives fixed values; `rename` maps an event's field to the answer's name.
    """

    event: EventName
    fields: tuple[str, ...] = ()
    when: Mapping[str, tuple[str | bool, ...]] | None = None
    each: str | None = None
    set: Mapping[str, Any] | None = None
    rename: Mapping[str, str] | None = None


class Act(Part):
    """What a person does on one page; it yields one or more events in one transaction.

    A `joint` act may be about several children at once: what is not each child's own is written once. They are
    those of one family, or `joint_over: caseload` those with whom the same worker works.
    """

    name: Annotated[str, Constrained(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    verb: str
    roles: tuple[str, ...]
    yields: tuple[Yield, ...]
    asks: tuple[Field, ...] = ()
    must: tuple[str, ...] = ()
    on: Literal["nobody", "record", "strand", "event"] = "record"
    joint: bool = False
    joint_over: Literal["family", "caseload"] = "family"


class Vocabulary(Part):
    """Every event type and act, by name."""

    events: Mapping[str, EventType]
    acts: Mapping[str, Act]

    def faults(self) -> list[str]:
        """What does not hang together: unknown roles, strands, events, fields or options; a name given twice."""
        return [*self._event_faults(), *self._act_faults()]

    def _event_faults(self) -> list[str]:
        kinds = {event.opens for event in self.events.values()} - {None}
        said: list[str] = []
        for event in self.events.values():
            named = {*event.ends, *event.within}
            said += [f"{event.name}: no event opens the strand {kind!r}" for kind in sorted(named - kinds)]
            said += [f"{event.name}: {problem}" for problem in _field_faults(event.fields)]
            said += [f"{event.name}: {problem}" for problem in _ends_faults(event)]
            said += [f"{event.name}: {problem}" for problem in self._approves_faults(event)]
            said += [f"{event.name}: {problem}" for problem in _class_faults(event)]
        return said

    def _approves_faults(self, event: EventType) -> Iterator[str]:
        if event.approves is None:
            return
        if event.approves not in self.events or event.approves == event.name:
            yield f"approves {event.approves}, which is no other event"
        if event.sort != "authorisation":
            yield "approves another event, so it is an authorisation"
        yield from (
            f"has no field {name!r}, which says what was approved"
            for name in ("approves", "shown")
            if event.field(name) is None
        )

    def _act_faults(self) -> list[str]:
        said: list[str] = []
        for act in self.acts.values():
            said += [f"{act.name}: no role is called {role!r}" for role in act.roles if role not in ROLES]
            said += [f"{act.name}: {problem}" for problem in _field_faults(act.asks)]
            said += [f"{act.name}: {problem}" for problem in self._form_faults(act)]
            for made in act.yields:
                said += [f"{act.name}: {problem}" for problem in self._yield_faults(act, made)]
        return said

    def _form_faults(self, act: Act) -> Iterator[str]:
        if act.joint and act.on not in ("record", "strand"):
            yield "may be about several children, so it has to be done on a record"
        if any(made.event not in self.events for made in act.yields):
            return
        asked = self.fields_of(act)
        names = {field.name for field in asked}
        for field in asked:
            for name in set(field.asked_when or ()) - names:
                yield f"{field.name} is asked with {name!r}, which is not asked"

    def _yield_faults(self, act: Act, made: Yield) -> Iterator[str]:
        event = self.events.get(made.event)
        if event is None:
            yield f"yields the unknown event {made.event}"
            return
        for name in dict.fromkeys((*made.fields, *(made.set or {}), *(made.rename or {}))):
            if event.field(name) is None:
                yield f"{made.event} has no field {name!r}"
        asked = {field.name for field in act.asks}
        if made.each is not None and made.each not in asked:
            yield f"writes one {made.event} for each of {made.each!r}, which it does not ask"

    def fields_of(self, act: Act) -> tuple[Field, ...]:
        """The form of an act: what it asks itself, then the fields of the events it yields.

        A field is asked under the answer's name, once; what stands fixed, or comes from the rows
        of another answer, is not asked.
        """
        found = {field.name: field for field in act.asks}
        for made in act.yields:
            for name in made.fields if made.each is None else ():
                field = self.events[made.event].field(name)
                answer = (made.rename or {}).get(name, name)
                if field is not None and name not in (made.set or {}):
                    found.setdefault(answer, field.model_copy(update={"name": answer}))
        return tuple(found.values())


def _field_faults(fields: tuple[Field, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for field in fields:
        if field.name in seen:
            yield f"{field.name} stands twice"
        seen.add(field.name)
        if field.type in ("choice", "choices") and not field.options:
            yield f"{field.name} is a choice without options"
        if (field.type == "rows") is not bool(field.fields):
            yield f"{field.name}: rows, and only rows, have fields of their own"
        yield from (f"{field.name}: {problem}" for problem in _field_faults(field.fields))


def _ends_faults(event: EventType) -> Iterator[str]:
    for name, values in (event.ends_where or {}).items():
        field = event.field(name)
        if field is None:
            yield f"ends_where names {name!r}, which it has not"
        elif field.options:
            yield from (f"{name} has no option {value!r}" for value in values if value not in field.allowed())


TEXTS = ("text", "long_text", "list", "rows")
IDENTITY = "identity_of"


def _class_faults(event: EventType) -> Iterator[str]:
    for field in event.fields:
        if field.classes() and field.type not in TEXTS:
            yield f"{field.name} has a class, and is no text"
        for one in field.classes():
            yield from (
                f"{field.name}: its class depends on {problem}" for problem in _depends(event, one.where)
            )
    for where in event.apart_where:
        yield from (f"apart_where depends on {problem}" for problem in _depends(event, where))
    if bool(event.apart) is not bool(event.apart_where) or (event.apart and event.field(IDENTITY) is None):
        yield f"fields apart, apart_where and the field {IDENTITY!r} go together"


def _depends(event: EventType, where: Mapping[str, tuple[str | bool, ...]]) -> Iterator[str]:
    for name, values in where.items():
        field = event.field(name)
        if field is None:
            yield f"{name!r}, which it has not"
        elif field.options:
            yield from (
                f"{name}={value!r}, which is no option" for value in values if value not in field.allowed()
            )
