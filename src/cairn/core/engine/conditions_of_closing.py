"""Named conditions about closing a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cairn.core.engine.conditions_of_plans import number_of, rows
from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, REFERRED, Step, came_before, example, named, on_one_day
from cairn.core.engine.truth import NO, YES, Answer, every, is_answered, is_one_of, unknown
from cairn.core.history.event import Event

_CLOSED: Step = ("here", "case.closed", {"reason": "RC7"})
_ACTION: Mapping[str, object] = {"key": "1", "what": "Made up.", "who": "A Worker"}
_PLAN: Step = ("p1", "plan.made", {"kind": "child_in_need", "actions": [_ACTION]})


def _proposed(**data: object) -> Step:
    return ("z1", "closure.proposed", {"summary": "Made up.", **data})


def _closing(*steps: Step) -> Mapping[str, object]:
    return example(BORN, REFERRED, *steps, _CLOSED)


def _since_last_closed(facts: Facts, kind: str) -> list[Event]:
    """The events of a type that belong to what is being closed: a closing that names no referral closes all that is open."""
    if facts.strand is not None:
        return list(facts.of_type(kind, "episode"))
    place_of = facts.standing.place_of
    here = place_of.get(facts.start.id, len(place_of))
    closed = [place_of[one.id] for one in facts.of_type("case.closed", "history")]
    last = max((place for place in closed if place < here), default=-1)
    return [one for one in facts.of_type(kind, "episode") if place_of[one.id] > last]


def not_told(facts: Facts, kind: str) -> str:
    """Why events of a type may have happened unseen in what is being closed: a source that could not know them, or ''."""
    for opener in _since_last_closed(facts, "referral.received"):
        if kind in (opener.data.get("not_known") or ()):
            return f"whether it was done: {opener.data.get('imported_from') or 'the source'} does not say"
    return ""


def _proposal(facts: Facts, field: str, missing: str) -> object:
    """What the last closing summary says in a field: an answer where there is no summary, or where it does not say."""
    found = _since_last_closed(facts, "closure.proposed")
    if not found:
        return NO
    value = found[-1].data.get(field)
    return value if is_answered(value) else unknown(missing)


def _proposal_says(facts: Facts, field: str, missing: str, *wanted: str | bool) -> Answer:
    """Whether the last closing summary gives one of these answers to a field; unknown is what is then missing."""
    said = _proposal(facts, field, missing)
    return said if isinstance(said, Answer) else (YES if is_one_of(said, wanted) else NO)


@named(
    "Was the case worked on, with an assessment or a plan?",
    ("assessment.started", "plan.made"),
    {
        "yes": _closing(("a1", "assessment.started", {"kind": "initial"}), _PLAN),
        "no": _closing(),
        "unknown": example(
            BORN,
            ("r1", "referral.received", {"not_known": ["assessment.started"], "imported_from": "a file"}),
            _CLOSED,
        ),
    },
)
def was_worked_on(facts: Facts) -> Answer:
    """Peterborough 10.9: what is closed then has a closing summary; a referral without more ends with its decision."""
    if any(_since_last_closed(facts, kind) for kind in ("assessment.started", "plan.made")):
        return YES
    silent = not_told(facts, "assessment.started")
    return unknown(silent) if silent else NO


@named(
    "Is there a plan?",
    ("plan.made",),
    {
        "yes": _closing(_PLAN),
        "no": _closing(),
        "unknown": example(
            BORN,
            ("r1", "referral.received", {"not_known": ["plan.made"], "imported_from": "a file"}),
            _CLOSED,
        ),
    },
)
def was_on_a_plan(facts: Facts) -> Answer:
    """Peterborough 8.15, 10.3: a child in need or child protection plan."""
    if _since_last_closed(facts, "plan.made"):
        return YES
    silent = not_told(facts, "plan.made")
    return unknown(silent) if silent else NO


@named(
    "Has a manager read and signed the closing summary?",
    ("closure.proposed", "closure.signed", "closure.returned"),
    {
        "yes": _closing(_proposed(), ("z2", "closure.signed", {"audit": ["record"]})),
        "no": _closing(_proposed(), ("z2", "closure.returned", {"reason": "Made up."})),
        "unknown": example(
            BORN,
            ("r1", "referral.received", {"not_known": ["closure.signed"], "imported_from": "a file"}),
            _CLOSED,
        ),
    },
)
def closing_was_signed(facts: Facts) -> Answer:
    """Peterborough 10.9 and 10.10: a closing summary is completed; the manager reads it and signs it."""
    if _since_last_closed(facts, "closure.signed"):
        return YES
    silent = not_told(facts, "closure.signed")
    return unknown(silent) if silent else NO


@named(
    "Is every action of the plan done, or said what becomes of it?",
    (
        "plan.made.actions",
        "plan.revised.actions",
        "action.progressed.action",
        "action.progressed.state",
        "closure.proposed.actions_left",
    ),
    {
        "yes": _closing(
            _PLAN,
            ("q1", "plan.revised", {"kind": "child_in_need", "actions": [_ACTION]}),
            _proposed(actions_left=[{"action": "1", "becomes": "taken_on"}]),
        ),
        "no": _closing(_PLAN, ("g1", "action.progressed", {"action": "1", "state": "going_on"})),
        "unknown": _closing(_PLAN, ("g1", "action.progressed", {"action": "1"})),
    },
)
def actions_are_settled(facts: Facts) -> Answer:
    """Peterborough 8.15: all actions are met. What is left is taken on by somebody, or given up with a reason."""
    told = _told_of(facts)
    plans = [*_since_last_closed(facts, "plan.made"), *_since_last_closed(facts, "plan.revised")]
    if not plans:
        return YES
    last = max(plans, key=lambda one: facts.standing.place_of[one.id])
    numbers = [number_of(row, place) for place, row in enumerate(rows(last.data, "actions"), start=1)]
    return every(_settled(number, facts) for number in numbers if number not in told)


def _told_of(facts: Facts) -> set[str]:
    """The actions of which the last closing summary says what becomes of them."""
    found = _since_last_closed(facts, "closure.proposed")
    left = rows(found[-1].data, "actions_left") if found else ()
    return {str(row.get("action")) for row in left if is_answered(row.get("becomes"))}


def _settled(number: str, facts: Facts) -> Answer:
    said = [
        one for one in _since_last_closed(facts, "action.progressed") if str(one.data.get("action")) == number
    ]
    if not said:
        return NO
    state = said[-1].data.get("state")
    if not state:
        return unknown("how far an action of the plan is")
    return YES if state in ("done", "not_needed") else NO


@named(
    "Was closing decided in a meeting or a conference?",
    ("closure.proposed.decided_in",),
    {
        "yes": _closing(_PLAN, _proposed(decided_in="meeting")),
        "no": _closing(_PLAN, _proposed(decided_in="consultation")),
        "unknown": _closing(_PLAN, _proposed()),
    },
)
def closing_was_decided_in_a_meeting(facts: Facts) -> Answer:
    """Peterborough 8.16 and 10.3: of a child on a plan it is decided in the meeting or the conference."""
    return _proposal_says(facts, "decided_in", "where closing was decided", "meeting", "conference")


@named(
    "Did child and family take part in deciding to close?",
    ("closure.proposed.family_part",),
    {
        "yes": _closing(_PLAN, _proposed(family_part="consulted")),
        "no": _closing(_PLAN, _proposed(family_part="not_reached")),
        "unknown": _closing(_PLAN, _proposed()),
    },
)
def family_took_part_in_closing(facts: Facts) -> Answer:
    """Peterborough 10.3: they are there where that can be; where not, the social worker talks with them."""
    return _proposal_says(facts, "family_part", "how child and family took part", "there", "consulted")


@named(
    "Do the agencies agree that the case closes?",
    ("closure.proposed.agencies_agree",),
    {
        "yes": _closing(_PLAN, _proposed(agencies_agree=True)),
        "no": _closing(_PLAN, _proposed(agencies_agree=False)),
        "unknown": _closing(_PLAN, _proposed()),
    },
)
def agencies_agree_to_close(facts: Facts) -> Answer:
    """Peterborough 10.1: the agencies are consulted, and agree together."""
    return _proposal_says(facts, "agencies_agree", "what the agencies say", True)


@named(
    "Is it said who is lead professional from now on, where others go on helping?",
    ("closure.proposed.other_help", "closure.proposed.lead_professional"),
    {
        "yes": _closing(_proposed(other_help="caf", lead_professional="Made up.")),
        "no": _closing(_proposed(other_help="caf")),
        "unknown": _closing(_proposed()),
    },
)
def next_lead_professional_is_named(facts: Facts) -> Answer:
    """Peterborough 8.16: where another agency goes on, there is a new lead professional."""
    said = _proposal(facts, "other_help", "who goes on helping")
    if isinstance(said, Answer):
        return said
    if said == "nobody":
        return YES
    lead = _proposal(facts, "lead_professional", "")
    return NO if isinstance(lead, Answer) else YES


_DISSENT: Step = ("x1", "dissent.recorded", {"whose": "A school", "about": "Closing"})
_ANSWERED: Mapping[str, object] = {"dissent": "x1", "how": "written", "text": "Made up."}


@named(
    "Has everybody who disagrees had a written answer?",
    ("dissent.recorded.about", "dissent.answered.dissent", "dissent.answered.how"),
    {
        "yes": _closing(_DISSENT, ("x2", "dissent.answered", _ANSWERED)),
        "no": _closing(_DISSENT),
        "unknown": _closing(_DISSENT, ("x2", "dissent.answered", {"dissent": "x1"})),
    },
)
def dissent_is_answered(facts: Facts) -> Answer:
    """Peterborough 10.7: whoever disagrees puts it in writing and gets a written answer."""
    answers = _since_last_closed(facts, "dissent.answered")
    against = [one for one in _since_last_closed(facts, "dissent.recorded") if _is_about_closing(one)]
    return every(_answered(one, answers) for one in against)


def _is_about_closing(dissent: Event) -> bool:
    """Whether somebody disagrees with closing: the record says so, or does not say with what."""
    about = str(dissent.data.get("about") or "").lower()
    return not about.strip() or "clos" in about


def _answered(dissent: Event, answers: list[Event]) -> Answer:
    if is_answered(dissent.data.get("reply")):
        return YES
    how = [one.data.get("how") for one in answers if one.data.get("dissent") == dissent.id]
    if "written" in how:
        return YES
    return unknown("whether the answer was in writing") if None in how else NO


_DESCRIBED: Step = ("k1", "person.described", {"ethnicity": "WBRI"})
_RELATED: Step = ("k2", "relationship.recorded", {"name": "Made-up mother", "relation": "parent_mother"})


def _taken_over(silent: str, *steps: Step) -> Mapping[str, object]:
    taken: Step = ("r1", "referral.received", {"not_known": [silent], "imported_from": "a file"})
    return example({}, taken, *steps, _CLOSED)


def _or_not_told(found: bool, facts: Facts, kind: str) -> Answer:
    if found:
        return YES
    silent = not_told(facts, kind)
    return unknown(silent) if silent else NO


@named(
    "Is the birth date filled in?",
    ("person.described.born",),
    {
        "yes": _closing(("k1", "person.described", {"born": "2016-05-04"})),
        "no": example({}, REFERRED, _CLOSED),
        "unknown": _taken_over("person.described"),
    },
)
def birth_date_is_filled_in(facts: Facts) -> Answer:
    """Peterborough 10.9: fields such as the birth date are filled in. Of an unborn child it is the day expected."""
    known = facts.subject.born is not None or facts.subject.expected is not None
    return _or_not_told(known, facts, "person.described")


@named(
    "Is the ethnicity filled in?",
    ("person.described.ethnicity",),
    {"yes": _closing(_DESCRIBED), "no": _closing(), "unknown": _taken_over("person.described")},
)
def ethnicity_is_filled_in(facts: Facts) -> Answer:
    """Peterborough 10.9: fields such as the ethnicity are filled in."""
    described = facts.of_type("person.described", "history")
    known = any(is_answered(one.data.get("ethnicity")) for one in described)
    return _or_not_told(known, facts, "person.described")


@named(
    "Is anybody recorded who belongs to the child?",
    ("relationship.recorded",),
    {"yes": _closing(_RELATED), "no": _closing(), "unknown": _taken_over("relationship.recorded")},
)
def relationships_are_filled_in(facts: Facts) -> Answer:
    """Peterborough 10.9: the relationships are filled in."""
    known = bool(facts.of_type("relationship.recorded", "history"))
    return _or_not_told(known, facts, "relationship.recorded")


_ENTERED: Step = ("c1", "chronology.entered", {"what": "Made up."})


@named(
    "Does the chronology say that the case closes, who decided it and when?",
    ("closure.proposed.decided_on", "chronology.entered"),
    {
        "yes": _closing(_ENTERED, _proposed(decided_on="2026-01-05")),
        "no": _closing(_ENTERED, _proposed()),
        "unknown": on_one_day(_closing(_ENTERED, _proposed())),
    },
)
def closing_is_in_the_chronology(facts: Facts) -> Answer:
    """Peterborough 10.9: the chronology is up to date, with the decision, who made it and when.

    The decision stands under its own day, which lies before the summary is handed in; where no day is given, an
    entry after the summary counts.
    """
    proposed = _since_last_closed(facts, "closure.proposed")
    if not proposed:
        return NO
    entered = _since_last_closed(facts, "chronology.entered")
    answers = [_is_of_the_decision(one, proposed[-1], facts) for one in entered]
    if YES in answers:
        return YES
    return next((answer for answer in answers if answer.truth == "unknown"), NO)


def _is_of_the_decision(entry: Event, proposed: Event, facts: Facts) -> Answer:
    decided = proposed.data.get("decided_on")
    if isinstance(decided, str) and entry.happened_at.day >= date.fromisoformat(decided):
        return YES
    return came_before(proposed, entry, facts)


_LEAFLET: Step = ("f1", "leaflet.given", {"leaflet": "access_to_records"})
_COMMENTS: Step = ("f2", "leaflet.given", {"leaflet": "comments_compliments_complaints"})
BOTH_LEAFLETS = {"access_to_records", "comments_compliments_complaints"}


@named(
    "Has the family had both leaflets?",
    ("leaflet.given.leaflet",),
    {
        "yes": _closing(_LEAFLET, _COMMENTS),
        "no": _closing(_LEAFLET),
        "unknown": example(
            BORN,
            ("r1", "referral.received", {"not_known": ["leaflet.given"], "imported_from": "a file"}),
            _LEAFLET,
            _CLOSED,
        ),
    },
)
def both_leaflets_were_given(facts: Facts) -> Answer:
    """Peterborough 10.9: on files, and on comments, compliments and complaints; if not before, then at closing."""
    given = {str(one.data.get("leaflet")) for one in facts.of_type("leaflet.given", "history")}
    if given >= BOTH_LEAFLETS:
        return YES
    silent = not_told(facts, "leaflet.given")
    return unknown(silent) if silent else NO
