"""Named conditions about an assessment: what it rests on, and whether an earlier one is finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, REFERRED, Step, example, named, on_one_day
from cairn.core.engine.truth import NO, YES, Answer, is_answered, unknown
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

# The sections of an assessment's form in which the child and the parents speak.
CHILDS_SECTION, PARENTS_SECTION = "wishes", "parents"
PARENTS = frozenset({"parent", "carer", "family"})

_STARTED: Step = ("a1", "assessment.started", {"kind": "initial"})
_APPROVED: Step = ("here", "assessment.approved", {"kind": "initial"})


def _case(*events: Step) -> Mapping[str, object]:
    return example(BORN, REFERRED, _STARTED, *events, _APPROVED)


def _views(**data: object) -> Step:
    return ("w1", "views.recorded", {"text": "Made up.", **data})


@named(
    "Has each agency that was asked answered?",
    ("check.requested.agency", "check.answered.agency", "check.answered.check"),
    {
        "yes": _case(
            ("c1", "check.requested", {"agency": "school"}),
            ("c2", "check.requested", {"agency": "gp"}),
            ("s1", "check.answered", {"agency": "school", "answer": "Made up."}),
            ("s2", "check.answered", {"check": "c2", "answer": "Made up."}),
        ),
        "no": _case(("c1", "check.requested", {"agency": "school"})),
        "unknown": _case(("c1", "check.requested", {"agency": "school"}), ("s1", "check.answered", {})),
    },
)
def every_agency_answered(facts: Facts) -> Answer:
    """Peterborough 4.9, 4.15: an answer names its request, or else its agency; asked again, the next answer is for both."""
    waiting: dict[str, str] = {}
    doubtful: Event | None = None
    for event in facts.events("episode"):
        if event.type == "check.requested":
            waiting[event.id] = str(event.data.get("agency", ""))
        elif event.type == "check.answered":
            answered = waiting.get(str(event.data.get("check")), event.data.get("agency"))
            doubtful = doubtful if answered else event
            waiting = {key: agency for key, agency in waiting.items() if agency != answered}
    if not waiting:
        return YES
    return unknown("which agency it was that answered") if doubtful else NO


@named(
    "Is it on the record what the child says, or shows, of what they wish and feel?",
    (
        "views.recorded.whose",
        "views.recorded.text",
        "child.seen.child_said",
        "child.seen.observed",
        "assessment.submitted.sections",
    ),
    {
        "yes": _case(_views(whose="child")),
        "no": _case(("v1", "child.seen", {"child_said": " ", "observed": ""}), _views(whose="parent")),
        "unknown": _case(
            _views(),
            ("s1", "assessment.submitted", {"kind": "initial", "sections": [{"section": CHILDS_SECTION}]}),
        ),
    },
)
def childs_views_recorded(facts: Facts) -> Answer:
    """Peterborough 4.16: in the child's words at a visit, among the views recorded, or in the assessment itself."""
    seen = facts.of_type("child.seen")
    if any(is_answered(one.data.get(name)) for one in seen for name in ("child_said", "observed")):
        return YES
    return _heard(facts, frozenset({"child"}), CHILDS_SECTION)


@named(
    "Is it on the record what a parent or carer thinks?",
    ("views.recorded.whose", "views.recorded.text", "assessment.submitted.sections"),
    {
        "yes": _case(_views(whose="parent")),
        "no": _case(
            _views(whose="child"),
            ("s1", "assessment.submitted", {"kind": "initial", "sections": [{"section": PARENTS_SECTION}]}),
        ),
        "unknown": _case(_views()),
    },
)
def parents_views_recorded(facts: Facts) -> Answer:
    """Peterborough 4.10: the child, and the parent or carer, take part in the assessment."""
    return _heard(facts, PARENTS, PARENTS_SECTION)


def _heard(facts: Facts, whose: frozenset[str], section: str) -> Answer:
    views = [one for one in facts.of_type("views.recorded") if is_answered(one.data.get("text"))]
    if any(one.data.get("whose") in whose for one in views) or _written(facts, section):
        return YES
    if any(not one.data.get("whose") for one in views):
        return unknown("whose views were recorded")
    silent = facts.not_known(["views.recorded"])
    return unknown(silent) if silent else NO


def _written(facts: Facts, section: str) -> bool:
    """Whether something stands in that section of the assessment as it was last handed in."""
    handed_in = facts.of_type("assessment.submitted")[-1:]
    rows: Sequence[object] = [row for one in handed_in for row in one.data.get("sections") or ()]
    return any(
        isinstance(row, Mapping)
        and row.get("section") == section
        and any(is_answered(row.get(name)) for name in ("own_words", "text"))
        for row in rows
    )


@named(
    "Was it considered whether the child needs an advocate?",
    ("child.seen.advocate", "views.recorded.whose", "views.recorded.advocate"),
    {
        "yes": _case(("v1", "child.seen", {"advocate": "not_needed"})),
        "no": _case(_views(whose="child", advocate=False)),
        "unknown": _case(("v1", "child.seen", {})),
    },
)
def advocate_considered(facts: Facts) -> Answer:
    """Peterborough 4.11: where it is hard for the child to say what they wish; that it is not hard has to be said too."""
    if any(is_answered(one.data.get("advocate")) for one in facts.of_type("child.seen")):
        return YES
    views = [one for one in facts.of_type("views.recorded") if one.data.get("whose") == "child"]
    said = [one.data["advocate"] for one in views if isinstance(one.data.get("advocate"), bool)]
    if True in said:
        return YES
    return NO if said else unknown("whether it is hard for the child to say what they wish and feel")


def _handed_in(**data: object) -> Mapping[str, object]:
    return _case(("s1", "assessment.submitted", {"kind": "initial", **data}))


@named(
    "If the assessment was cut short, is it written down why?",
    ("assessment.submitted.cut_short", "assessment.submitted.synopsis"),
    {
        "yes": _handed_in(cut_short=True, synopsis="Made up."),
        "no": _handed_in(cut_short=True),
        "unknown": _handed_in(),
    },
)
def short_assessment_explained(facts: Facts) -> Answer:
    """Peterborough 4.6 and 4.7: of the assessment as it was last handed in; where it was not, that is said elsewhere."""
    handed_in = facts.of_type("assessment.submitted")
    if not handed_in:
        return YES
    data = handed_in[-1].data
    if is_answered(data.get("synopsis")) or data.get("cut_short") is False:
        return YES
    return NO if data.get("cut_short") is True else unknown("whether the assessment was cut short")


_FULLER: Step = ("here", "assessment.started", {"kind": "child_and_family"})
_RUNNING: Step = ("a1", "assessment.started", {"kind": "child_and_family"})
_FIRST_APPROVED: Step = ("a2", "assessment.approved", {"kind": "initial"})


@named(
    "Is the first assessment finished, if there was one?",
    ("assessment.started.kind", "assessment.approved"),
    {
        "yes": example(BORN, REFERRED, _STARTED, _FIRST_APPROVED, _FULLER),
        "no": example(BORN, REFERRED, _STARTED, _FULLER),
        "unknown": on_one_day(example(BORN, REFERRED, _STARTED, _FIRST_APPROVED, _FULLER)),
    },
)
def first_assessment_finished(facts: Facts) -> Answer:
    """Peterborough 4.21: the initial assessments of the same episode that began before, each signed by then."""
    at = facts.start.happened_at
    answers = [
        strand.ended
        for strand in _assessments(facts, "initial")
        if strand.id != facts.start.id and strand.opener.happened_at.earliest <= at.latest
    ]
    if any(ended is None or ended.happened_at.earliest > at.latest for ended in answers):
        return NO
    if any(ended is not None and ended.happened_at.latest > at.earliest for ended in answers):
        return unknown("which came first, as the hour was not recorded")
    return YES


def _assessments(facts: Facts, kind: str) -> list[Strand]:
    """The assessments of that kind in the same episode."""
    episode = facts.strand.path[0] if facts.strand else None
    return [
        strand
        for strand in facts.standing.strands.values()
        if strand.kind == "assessment"
        and strand.opener.data.get("kind") == kind
        and (episode is None or strand.path[0] == episode)
    ]


_BEGUN_HERE: Step = ("here", "assessment.started", {"kind": "initial"})


@named(
    "Is no other assessment of its kind open in the referral, or is it written down why there are two?",
    ("assessment.started.kind", "assessment.started.reason"),
    {
        "yes": example(
            BORN,
            REFERRED,
            _STARTED,
            ("here", "assessment.started", {"kind": "initial", "reason": "Made up."}),
        ),
        "no": example(BORN, REFERRED, _STARTED, _BEGUN_HERE),
        "unknown": on_one_day(example(BORN, REFERRED, _STARTED, _FIRST_APPROVED, _BEGUN_HERE)),
    },
)
def no_second_without_reason(facts: Facts) -> Answer:
    """Peterborough 4.5, 4.29: a new one belongs to a new referral; an open one goes on. With a reason there may be two."""
    if is_answered(facts.start.data.get("reason")):
        return YES
    at, within = facts.start.happened_at, facts.strand.path if facts.strand else ()
    before = [
        strand.ended
        for strand in _assessments(facts, str(facts.start.data.get("kind")))
        if strand.id != facts.start.id
        and _holder(strand.path, strand.id) == _holder(within, facts.start.id)
        and strand.opener.happened_at.earliest <= at.latest
    ]
    if any(ended is None or ended.happened_at.earliest > at.latest for ended in before):
        return NO
    if any(ended is not None and ended.happened_at.latest > at.earliest for ended in before):
        return unknown("which came first, as the hour was not recorded")
    return YES


def _holder(path: Sequence[str], own: str) -> str:
    """The strand that holds one, which is a referral; '' where none does."""
    above = [one for one in path if one != own]
    return above[-1] if above else ""


@named(
    "Is a Child and Family Assessment under way already?",
    ("assessment.started.kind",),
    {
        "yes": example(BORN, REFERRED, ("here", "strategy.held", {}), _RUNNING),
        "no": example(BORN, REFERRED, _STARTED, ("here", "strategy.held", {})),
        "unknown": example(
            BORN,
            ("r1", "referral.received", {"source": "school", "not_known": ["assessment.started"]}),
            ("here", "strategy.held", {}),
        ),
    },
)
def fuller_assessment_under_way(facts: Facts) -> Answer:
    """Peterborough 4.30, 4.31: one that was begun in the same episode and is not finished."""
    if any(strand.ended is None for strand in _assessments(facts, "child_and_family")):
        return YES
    silent = facts.not_known(["assessment.started"])
    return unknown(silent) if silent else NO
