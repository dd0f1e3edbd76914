"""The children of one worker: whom an act about the worker's caseload, as supervision, may be about too."""

from __future__ import annotations

from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.door import decisions_on, write_access
from cairn.application.family_records import OtherChild
from cairn.application.ports import now
from cairn.core.access.facts import Decision
from cairn.core.calendar.moment import LONDON
from cairn.core.people.names import age_in_words
from cairn.records import work_lists

UNNAMED = "Name not known"


def children_of_worker(actor: Actor, page: ChildPage) -> tuple[OtherChild, ...]:
    """The other open cases of the worker of this child that the actor may open, by name. That they were shown is logged.

    Of a case that the actor may not open nothing is told, not even that there is one.
    """
    worker, own = page.identity.worker_id, page.identity.record
    if worker is None:
        return ()
    cases = {case.record_id: case.summary for case in work_lists.cases_of_staff(worker)}
    cases.pop(own, None)
    may = {record for record, found in decisions_on(actor, cases).items() if found.allowed}
    if may:
        write_access(
            actor,
            sorted(may),
            Decision(allowed=True, relied_on="worker’s cases"),
            page="act:record-supervision",
            what="list",
        )
    today = now().astimezone(LONDON).date()
    return tuple(
        OtherChild(row.name or UNNAMED, age_in_words(row.born, today, row.expected), record)
        for record, row in cases.items()
        if record in may
    )
