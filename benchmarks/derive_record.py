"""Deriving one record: its duties, what was recorded without what, its place on the flow chart.

    python -m benchmarks.derive_record

A made-up case of about thirty events under the shipped protocol, read from its stream each time, as
after every act. Prints JSON: the median milliseconds of each part (the parts before it included), of
the same for a tenth of the events, and how many times as long the whole takes as the tenth.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.table import Line, times
from cairn.application.procedures import procedures
from cairn.core.engine.view import Procedures, View, derive
from cairn.core.history.case_file import CaseFile, read_case

FIRST = datetime(2025, 11, 3, 9, tzinfo=UTC)
AS_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BY = {"name": "A Worker", "role": "team manager"}
FRONT_DOOR = (
    ("person.described", 0, "", {"name": "Kene Fen", "born": "2016-05-04"}),
    ("contact.received", 0, "", {"source": "school"}),
    ("contact.decided", 0.1, "", {"outcome": "progress_to_referral"}),
    ("referral.received", 0.2, "", {"source": "school"}),
    ("sibling.listed", 0.2, "", {"name": "Ada Fen"}),
    ("check.requested", 0.3, "e03", {}),
    ("check.answered", 0.6, "e03", {}),
    ("referral.acknowledged", 0.7, "e03", {}),
    ("consent.recorded", 0.8, "", {}),
    ("sibling.decided", 0.9, "e03", {"sibling": "e04", "decision": "do_not_open"}),
    ("referral.decided", 0.95, "e03", {"outcome": ["assessment"], "reason": "Made up."}),
    ("allocation.made", 1.5, "", {}),
)
ASSESSMENT = (
    ("assessment.started", 2, "e03", {"kind": "initial"}),
    ("child.seen", 4, "", {}),
    ("views.recorded", 4, "", {}),
    ("visit.made", 4, "e12", {"child_seen": True}),
    ("assessment.submitted", 9, "e12", {"kind": "initial"}),
    ("assessment.approved", 10, "e12", {"kind": "initial"}),
    ("assessment.shared", 12, "e12", {}),
    ("referral.outcome_told", 13, "e03", {}),
    ("meeting.held", 15, "e12", {"kind": "child_in_need_planning"}),
    ("plan.made", 16, "e03", {"kind": "child_in_need"}),
)
PLAN = (
    ("service.agreed", 17, "e21", {}),
    ("visit.made", 30, "e21", {"child_seen": True}),
    ("child.seen", 30, "", {}),
    ("note.added", 40, "", {"text": "Made up."}),
    ("visit.made", 62, "e21", {"child_seen": True}),
    ("review.held", 70, "e21", {"kind": "child_in_need"}),
    ("plan.revised", 71, "e21", {"kind": "child_in_need"}),
    ("supervision.held", 80, "", {}),
)


def run(repeats: int = 200) -> dict[str, Any]:
    """The median milliseconds of each part, for the whole case and for a tenth of it, and their ratio."""
    under = procedures("peterborough")
    if under is None:
        raise RuntimeError("the protocol that is measured is not shipped")
    whole = _case(FRONT_DOOR + ASSESSMENT + PLAN, under)
    twelve = _case(FRONT_DOOR, under)
    tenth = _case(FRONT_DOOR[:3], under)
    return {
        "events": len(whole.events),
        "rules": len(under.protocol.rules),
        "repeats": repeats,
        "whole": {name: _milliseconds(whole, under, part, repeats) for name, part in PARTS.items()},
        "twelve": {name: _milliseconds(twelve, under, part, repeats) for name, part in PARTS.items()},
        "tenth": {name: _milliseconds(tenth, under, part, repeats) for name, part in PARTS.items()},
        "lateness_gone": _milliseconds(whole, under, lambda view: view.lateness_gone, repeats),
        "ratio_to_a_tenth": _ratio(whole, tenth, under, repeats),
    }


PARTS: dict[str, Callable[[View], Any]] = {
    "standing": lambda view: view.standing,
    "duties": lambda view: view.duties,
    "all": lambda view: (view.duties, view.recorded_without, view.positions),
}


def _milliseconds(case: CaseFile, under: Procedures, part: Callable[[View], Any], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = perf_counter()
        part(derive(case.events, under, as_at=AS_AT, subject=case.subject))
        times.append(perf_counter() - start)
    return round(1000 * median(times), 3)


def _ratio(whole: CaseFile, tenth: CaseFile, under: Procedures, repeats: int) -> float:
    """The median of the ratios of the two, each pair measured in turn."""
    pairs = [[_milliseconds(case, under, PARTS["all"], 1) for case in (whole, tenth)] for _ in range(repeats)]
    return round(median(one / other for one, other in pairs), 1)


def _case(rows: Sequence[tuple[str, float, str, dict[str, Any]]], under: Procedures) -> CaseFile:
    events = [
        {
            "id": f"e{number:02}",
            "type": kind,
            "at": (FIRST + timedelta(days=day)).isoformat(),
            "recorded_at": (FIRST + timedelta(days=day, minutes=20)).isoformat(),
            "by": BY,
            "data": data,
            **({"for": strand} if strand else {}),
        }
        for number, (kind, day, strand, data) in enumerate(rows)
    ]
    case = read_case({"child": {"born": "2016-05-04"}, "events": events}, under.vocabulary)
    if not isinstance(case, CaseFile):
        raise TypeError("; ".join(str(fault) for fault in case))
    return case


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    whole, twelve, tenth = found["whole"], found["twelve"], found["tenth"]
    yield Line(
        "all duties of a record of twelve events derived",
        f"{twelve['duties']} ms",
        f"the same of a tenth of a case: {tenth['duties']} ms",
        times(twelve["duties"] / tenth["duties"]),
    )
    yield Line(
        f"a record of {found['events']} events derived whole",
        f"{whole['all']} ms",
        f"the same of a tenth of it: {tenth['all']} ms",
        f"{found['ratio_to_a_tenth']} times",
    )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
