"""Returns judged in tests: a clean child, children with something changed, and which rules they break."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from tests.core.returns.made_up_returns import (
    HEADER,
    assessment,
    child,
    enquiry,
    episode,
    message,
    protection_plan,
    read,
)

from cairn.adapters import code_sets
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.working_days import Calendar
from cairn.core.returns.rules.judge import Judge, standard_for
from cairn.core.returns.rules.model import Fault

CALENDAR = Calendar(
    HolidayTable.from_csv(
        (files("cairn.procedures") / "calendars" / "bank_holidays_england.csv").read_text("utf-8")
    )
)
HEADER_2027 = HEADER.replace("2026", "2027")
UPN = "<UPN>A123456789012</UPN>"


def judge_of(year: int = 2026) -> Judge:
    standard = standard_for(date(year, 3, 31), code_sets.load(), CALENDAR, code_sets.rules())
    return Judge(standard)


def faults(text: str, year: int = 2026) -> list[Fault]:
    found, judge = read(text), judge_of(year)
    said = list(judge.header(found.header))
    for one in found.children:
        said += judge.child(one)
    return said + list(judge.end())


# What any return of few children is queried for.
OF_FEW = frozenset({"2887Q"})


def broken(*children: str, header: str = HEADER, year: int = 2026) -> set[str]:
    """The rules that a return of these children breaks, without the query that every small return gets."""
    return {one.rule for one in faults(message(*children, header=header), year)} - OF_FEW


def upn(figures: str = "201123456789") -> str:
    """A made-up unique pupil number with its check letter."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    return letters[sum(int(one) * place for place, one in enumerate(figures, start=2)) % 23] + figures


def own_upn(figures: str) -> str:
    """The element of a made-up unique pupil number."""
    return f"<UPN>{upn(figures)}</UPN>"


def a_child(*episodes: str, **more: object) -> str:
    """A clean child of nine with these episodes; `more` as for any made-up child."""
    return child(*episodes, **{"more": f"<UPN>{upn()}</UPN>", **more})  # type: ignore[arg-type]


def assessed(*steps: str, **more: object) -> str:
    """An episode with an assessment that was authorised, and more."""
    done = assessment("2025-06-03", "2025-07-10", ("2B",))
    return episode(done, *steps, **more)  # type: ignore[arg-type]


def protected(*steps: str, start: str = "2025-09-01", end: str = "", **more: object) -> str:
    """An episode with an assessment, an enquiry, its conference and the plan that began at it."""
    return assessed(enquiry("2025-08-11", "2025-09-01"), protection_plan(start, end, **more), *steps)  # type: ignore[arg-type]


CLEAN = (
    a_child(assessed()),
    a_child(protected(reviews=("2025-11-28",)), number="MADEUP2", more=f"<UPN>{upn('202123456789')}</UPN>"),
    a_child(
        assessed(closed="2025-08-01", reason="RC8"),
        number="MADEUP3",
        more=f"<UPN>{upn('203123456789')}</UPN>",
    ),
    a_child(
        episode(need="", nfa="1"), number="MADEUP4", more=f"<UPN>{upn('204123456789')}</UPN>", disabilities=()
    ),
    child(
        assessed(),
        number="MADEUP5",
        birth="<ExpectedPersonBirthDate>2026-03-05</ExpectedPersonBirthDate>",
        sex="<Sex>U</Sex>",
        disabilities=(),
    ),
)
