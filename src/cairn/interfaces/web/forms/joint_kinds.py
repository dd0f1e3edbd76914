"""How the acts about several children differ on their page: the words, the time that is asked, and what more is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cairn.application.jointly import JointPage
from cairn.core.calendar.end_time import ended_before_it_began
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.engine.gates import PAST_MIDNIGHT
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.joint_bookings import meeting_as_booked, time_as_booked, which_meeting

Check = Callable[[ActForm, ActForm, datetime], None]


def _nothing(*_: object) -> None:
    return None


def _nothing_known(_: JointPage, _asked: Mapping[str, str]) -> Mapping[str, str]:
    return {}


def _no_time_known(_: JointPage, _asked: Mapping[str, str]) -> str:
    return ""


def the_worker(page: JointPage, _asked: Mapping[str, str]) -> Mapping[str, str]:
    """Supervision is with the worker of the child from whose record it was begun."""
    return {"with_whom": page.children[0].page.identity.worker}


def when(label: str, hint: str = "") -> Field:
    """The question about the time of an act."""
    return Field(name="happened", label=label, type="moment", hint=hint)


@dataclass(frozen=True)
class Kind:
    """One act as its page differs.

    `send` is on the button, `done` says what was done for whom, `after` what is to be known then. `when` is asked,
    and may stay empty unless `when_missing` says what to enter; where `when_apart` has words it is now as a rule, and
    is asked after the rest under them. `at_once`: nothing is asked of each child that is
    to be read again, so there is no page to check it on. `must` are answers needed here beyond the vocabulary's,
    `own_must` those of each child where there are several. `begins_with`
    is what stands in the shared part to begin with, `begins_at` the time that does; both are told from the page and
    from what the address asks for. `opens` names the questions of each child of which every answer says what it opens,
    with the entry that holds it. `goes_on` is the act that one answer of a child leads to once it is signed: the first
    of those named that the person may do. `asks` puts a question of the shared part another way. `says_optional`: a child's questions that may stay empty say so. `to` is the page of the record that comes next.
    """

    noun: str = "it"
    send: str = ""
    done: str = "Signed for"
    after: str = ""
    when: Field = field(default_factory=lambda: when("When was it?"))
    when_missing: str = "Enter when it was"
    when_apart: str = ""
    at_once: bool = False
    own_must: frozenset[str] = frozenset()
    messages: Mapping[str, str] = field(default_factory=dict)
    check: Check = _nothing
    says_optional: bool = False
    begins_with: Callable[[JointPage, Mapping[str, str]], Mapping[str, str]] = _nothing_known
    begins_at: Callable[[JointPage, Mapping[str, str]], str] = _no_time_known
    opens: Mapping[str, str] = field(default_factory=dict)
    goes_on: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    asks: Mapping[str, Callable[[Field], Field]] = field(default_factory=dict)
    to: str = "child"

    def shared(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """The questions of the shared part as this page asks them."""
        return tuple(self.asks[one.name](one) if one.name in self.asks else one for one in fields)

    @property
    def button(self) -> str:
        """What the button says with which the page is sent."""
        return self.send or f"Check and sign {self.noun}"


def still_to_come(shared: ActForm, made: ActForm, at: datetime) -> None:
    """A visit or meeting is booked for a time to come, unless the booking itself lies back too."""
    asked, happened = shared.read(), made.read()
    if isinstance(asked, tuple) or isinstance(happened, tuple):
        return
    booked, since = (
        parse_moment(str(asked.get("when") or "")),
        parse_moment(str(happened.get("happened") or "")),
    )
    earliest = at if isinstance(since, TimeFault) else since.earliest
    if not isinstance(booked, TimeFault) and booked.latest < earliest:
        shared.refuse(
            "when", "Enter a time that is still to come; what has happened is recorded as it happened"
        )


def ends_after_it_began(shared: ActForm, made: ActForm, at: datetime) -> None:
    """A visit ends no earlier than it began; past midnight the writer says that it was the next day."""
    asked, happened = shared.read(), made.read()
    if isinstance(asked, tuple) or isinstance(happened, tuple):
        return
    began = parse_moment(str(happened.get("happened") or ""))
    until = str(asked.get("until") or "")
    if not isinstance(began, TimeFault) and ended_before_it_began(until, began):
        shared.refuse(
            "until", f"Enter a time after the visit began. {PAST_MIDNIGHT}, such as “12:40am the next day”"
        )


def _booking(noun: str, to: str, asks: Mapping[str, Callable[[Field], Field]], **messages: str) -> Kind:
    return Kind(
        noun=noun,
        asks=asks,
        send="Book it",
        done="Booked for",
        after="It stands in My work until it is recorded.",
        when=when("When was it booked?", "Leave it empty if it is being booked now."),
        when_missing="",
        when_apart="It was booked earlier",
        at_once=True,
        messages={"when": "Enter the day, and the time if it is known", **messages},
        check=still_to_come,
        to=to,
    )


KINDS: Final[Mapping[str, Kind]] = {
    "record-visit": Kind("visit", check=ends_after_it_began),
    "record-meeting": Kind(
        "meeting",
        messages={"kind": "Choose which meeting it was", "took_part": "Tick or enter who took part"},
        begins_with=meeting_as_booked,
        begins_at=time_as_booked,
        opens={"outcome": "meeting.held"},
        to="meetings",
    ),
    "hold-review": Kind(
        "review",
        messages={
            "kind": "Choose which review it was",
            "outcome": "Choose what was decided",
            "reason": "Enter the reasons for what was decided",
        },
        begins_with=meeting_as_booked,
        begins_at=time_as_booked,
        opens={"outcome": "review.held"},
        goes_on={("outcome", "significant_harm"): ("raise-harm", "hold-strategy")},
        to="meetings",
    ),
    "record-supervision": Kind(
        "supervision",
        messages={
            "with_whom": "Enter with whom it was",
            "discussed": "Enter what was discussed about the child",
            "plan_discussed": "Say whether the plan was discussed",
            "plan_why_not": "Enter why the plan was not discussed",
            "drift": "Say whether you looked for drift",
            "drift_said": "Enter what is drifting, and what is done about it",
        },
        says_optional=True,
        begins_with=the_worker,
    ),
    "send-letter": Kind(
        "letter",
        when=when("When was it sent?"),
        when_missing="Enter when it was sent",
        own_must=frozenset({"about_child"}),
        messages={
            "to": "Enter to whom it was sent",
            "how": "Choose how it was sent",
            "text": "Enter what it says",
        },
        to="documents",
    ),
    "give-leaflet": Kind(
        "leaflet",
        send="Record it",
        done="Recorded for",
        when=when("When was it given?", "Leave it empty if it was given just now."),
        when_missing="",
        at_once=True,
        messages={"leaflet": "Choose which leaflet", "to": "Enter to whom it was given"},
        to="sharing",
    ),
    "enter-chronology-together": Kind(
        "line",
        send="Check and enter",
        done="Entered in the chronology of",
        when=when(
            "When did it happen?",
            "Leave out the day, or the day and the month, where they are not known; and the time where it does not matter.",
        ).model_copy(update={"check": "roughly"}),
        when_missing="Enter when it happened",
        messages={"what": "Enter what happened", "significance": "Enter why it matters for the child"},
        to="chronology",
    ),
    "propose-transfer": Kind(
        "transfer",
        send="Propose it",
        done="Proposed for",
        after="Tell the manager of the receiving team, and take it to the allocation meeting.",
        when=when("When was it proposed?", "Leave it empty if it is being proposed now."),
        when_missing="",
        when_apart="It was proposed earlier",
        at_once=True,
        messages={
            "to_team": "Choose to which team",
            "reason": "Enter why another team is to take over",
        },
        to="transfer",
    ),
    "book-visit": _booking("visit", "bookings", {}),
    "book-meeting": _booking(
        "meeting", "meetings", {"kind": which_meeting}, kind="Choose which meeting it is"
    ),
}


def kind_of(act: str) -> Kind:
    """How the page of that act differs; of one that is not named here, in nothing."""
    return KINDS.get(act, Kind())
