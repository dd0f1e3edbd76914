"""What is open for a child, in one word: the weightiest process that runs. Every open case is counted under one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from cairn.core.engine.view import View
from cairn.core.history.history import Strand

OpenWork = Literal[
    "child_protection_plan", "child_in_need_plan", "enquiry", "assessment", "referral", "contact", ""
]
# The first of these that runs is what the child is counted under: one with a plan who is being assessed again is
# counted under the plan.
_STRANDS: tuple[OpenWork, ...] = ("enquiry", "assessment", "referral", "contact")
PLAN = "plan"


def open_work(view: View) -> OpenWork:
    """The weightiest of the processes that run; '' where none does."""
    plans = {str(strand.opener.data.get("kind", "")) for strand in _plans(view.open_strands)}
    if "child_protection" in plans:
        return "child_protection_plan"
    if plans:
        return "child_in_need_plan"
    running = {strand.kind for strand in view.open_strands}
    return next((kind for kind in _STRANDS if kind in running), "")


def plan_made(view: View) -> datetime | None:
    """When (UTC) the oldest of the plans that run was made; None where there is none."""
    return min((strand.opener.happened_at.earliest for strand in _plans(view.open_strands)), default=None)


def _plans(strands: Iterable[Strand]) -> list[Strand]:
    return [strand for strand in strands if strand.kind == PLAN]
