"""What the page of a new contact shows: its parts and how far they are, the matches, the clock, what sending does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString

from cairn.application.actors import Actor
from cairn.application.contact import clock_of, who_decides
from cairn.application.drafting import Diverged
from cairn.application.people import PersonFound
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import contact as parts
from cairn.interfaces.web.forms.act_form import summary_of
from cairn.interfaces.web.forms.typed import is_empty
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.clock import clock_card
from cairn.interfaces.web.views.contact_writing import Writing
from cairn.interfaces.web.views.finding import today_in_london
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.matches import how_many, match_card

STATES: dict[parts.State, tuple[c.Tag, Mark]] = {
    "complete": (c.Tag("Complete", "done"), Mark("done", "Complete")),
    "begun": (c.Tag("Being written", "info"), Mark("part", "Being written")),
    "not begun": (c.Tag("Not started", "plain"), Mark("to_come", "Not started")),
}
HER = {"F": "her", "M": "him"}
WHO_BUTTONS = frozenset({"do", "use", "not", "new", "unknown", "change"})


def context_of(
    actor: Actor,
    writing: Writing,
    *,
    pressed: frozenset[str] = frozenset(),
    problem: str = "",
    refused: Refused | None = None,
    diverged: Diverged | None = None,
) -> dict[str, Any]:
    """Everything the template needs, as plain values and components."""
    received = received_at(writing)
    clock = clock_of(received, {})
    return {
        "writing": writing,
        "typed": writing.typed,
        "form": writing.form,
        "searched": writing.found is not None,
        "errors": _errors(writing, problem),
        "problem": problem,
        "born_error": f"Date of birth {writing.asked.born_problem}" if writing.asked.born_problem else "",
        "sections": {
            part.id: (part.title, _rendered(part, writing), _tag(part, writing), _below(part, writing))
            for part in parts.PARTS
        },
        "facts": writing.form.render("facts"),
        "opinions": writing.form.render("opinions"),
        "folded": [
            (title, writing.form.render(name), _is_begun(name, writing))
            for name, title in parts.FOLDED.items()
        ],
        "left_over": writing.form.render(*parts.fields_left(writing.form))
        if parts.fields_left(writing.form)
        else "",
        "parts": [(part.title, part.id, _mark(part, writing)) for part in parts.PARTS],
        "clock": clock_card(clock, now(), who=f"{who_decides()} decides.") if clock else None,
        "lede": _lede(received, actor),
        "restricted": _restricted(writing),
        "danger": _danger(writing),
        "sends": list(_what_sending_does(writing, clock)),
        "gate": gate(refused) if refused and refused.refusals else None,
        "diverged": diverged,
        "at_who": bool(pressed & WHO_BUTTONS),
        **_people(writing),
    }


def received_at(writing: Writing) -> Moment:
    """When it came in, as far as the page says so; else now."""
    said = parts.received_of(writing.form)
    moment = parse_moment(said) if said else None
    return moment if isinstance(moment, Moment) else Moment.exact(now())


def _errors(writing: Writing, problem: str) -> c.ErrorSummary | None:
    found = summary_of(writing.form)
    faults = found.faults if found else ()
    who = (c.Fault(problem, "first_name"),) if problem else ()
    return c.ErrorSummary(faults=(*who, *faults)) if who or faults else None


def _rendered(part: parts.PartOfForm, writing: Writing) -> list[SafeString]:
    """The columns of a part, as far as they are asked now."""
    if part.id == "who" and writing.who != "new":
        return []
    apart = {"facts", "opinions"} | parts.FOLDED.keys() | _not_asked_now(writing)
    columns = [
        [name for name in column if name in writing.form.fields and name not in apart]
        for column in part.columns
    ]
    return [writing.form.render(*names) for names in columns if names]


def _below(part: parts.PartOfForm, writing: Writing) -> SafeString:
    """Rows under the columns of a part, but for those that are folded away."""
    names = [name for name in part.below if name not in parts.FOLDED]
    if not names or (part.id == "who" and writing.who != "new"):
        return SafeString("")
    return writing.form.render(*names)


def _is_begun(rows: str, writing: Writing) -> bool:
    """Whether something stands in these rows, or is about to."""
    posted = writing.draft.posted
    added = posted is not None and posted.get("add-another") == rows
    return added or not is_empty(writing.form.typed[rows])


def _not_asked_now(writing: Writing) -> set[str]:
    """What is new on an open case is asked only where the child has a worker."""
    is_open = (
        writing.chosen is not None and writing.chosen.summary is not None and writing.chosen.summary.worker
    )
    return set() if is_open else {"about_open_case"}


def _state(part: parts.PartOfForm, writing: Writing) -> parts.State:
    if part.id != "who":
        return parts.state_of(part, writing.form)
    if writing.who:
        return "complete"
    return "not begun" if writing.typed.is_empty else "begun"


def _tag(part: parts.PartOfForm, writing: Writing) -> c.Tag:
    if part.id == "who" and _to_choose(writing):
        return c.Tag(_to_choose(writing), "soon")
    return STATES[_state(part, writing)][0]


def _mark(part: parts.PartOfForm, writing: Writing) -> Mark:
    if part.id == "who" and _to_choose(writing):
        return Mark("soon", _to_choose(writing))
    return STATES[_state(part, writing)][1]


def _to_choose(writing: Writing) -> str:
    if writing.who or not writing.found or not writing.found.people:
        return ""
    many = len(writing.found.people)
    return f"Choose 1 of {many}" if many > 1 else "Choose"


def _people(writing: Writing) -> dict[str, Any]:
    today = today_in_london()
    if writing.chosen:
        return {"chosen": match_card(writing.chosen, 1, today, lambda *_: (None, None))}
    if writing.found is None:
        return {}
    people = writing.found.people
    return {
        "heading": how_many(len(people)),
        "matches": [match_card(person, number, today, _buttons) for number, person in enumerate(people, 1)],
        "unused": writing.asked.unused,
    }


def _buttons(person: PersonFound, number: int) -> tuple[c.Post | None, c.Post | None]:
    sex = person.known.sex if person.known else ""
    use = c.Post("Use this person", "", "use", str(person.record), f": {person.name}", secondary=number > 1)
    return use, c.Post(f"Not {HER.get(sex, 'them')}", "", "not", str(person.record), f": {person.name}")


def _lede(received: Moment, actor: Actor) -> str:
    at = received.latest
    when = (
        words.weekday_words(received.day)
        if received.is_day
        else f"{words.weekday_words(at)}, **{words.time_words(at)}**"
    )
    return f"Received {when}, taken by {actor.name}. It is a contact until a manager decides."


def _restricted(writing: Writing) -> c.Gate | None:
    person = writing.chosen
    if person is None or person.known is None or not person.known.address_restricted:
        return None
    return c.Gate(
        title=f"{person.name}’s address is protected",
        text="Do not say or confirm an address to anyone who rings. If it is needed to keep the child safe, ask "
        f"the team that holds the record. {person.with_whom}.",
    )


def _danger(writing: Writing) -> c.Gate | None:
    if writing.form.typed.get("in_danger") != "yes":
        return None
    return c.Gate(
        title="The child is in danger: act now, write later",
        text=f"Ring the police on 999 if that was not done, then {who_decides()}. What you wrote is kept.",
    )


def _what_sending_does(writing: Writing, clock: DutyView | None) -> Iterator[str]:
    yield _where_it_goes(writing)
    if clock and clock.due:
        by = words.moment_words(clock.due)
        if writing.chosen and writing.chosen.summary and writing.chosen.summary.team:
            yield f"The team that works with the child sees it on its list, to be decided by {by}."
        else:
            yield f"{who_decides()} sees it on the Contact Centre’s list, to be decided by {by}."
    yield "Nothing is sent to the caller: no address, no phone number and nothing of an earlier record."


def _where_it_goes(writing: Writing) -> str:
    if writing.chosen:
        number = f", {writing.chosen.number}" if writing.chosen.number else ""
        return f"It goes on the record of **{writing.chosen.name}**{number}. {writing.chosen.with_whom}."
    if writing.who == "new":
        return f"A new record opens for **{writing.typed.name or 'somebody whose name is still missing'}**."
    if writing.who == "unknown":
        return "A record opens without a name. It can be joined to a person later."
    return "It goes on the record of whom it is about, once you have said who that is."
