"""Transfers as the lines of records keep them: those that are open for some teams, and who was at their meetings."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from cairn.records.models import RecordSummary

AGREED = frozenset({"agreed", "completed"})


def open_between(team_ids: Iterable[UUID]) -> list[UUID]:
    """The records with an open transfer from or to one of these teams."""
    teams = list(team_ids)
    found = RecordSummary.listed.filter(transfer_to__isnull=False, episode_closed_at__isnull=True)
    rows = found.filter(Q(team_id__in=teams) | Q(transfer_to_id__in=teams))
    return list(rows.order_by("name", "record_id").values_list("record_id", flat=True))


def meetings_of(team_ids: Iterable[UUID]) -> dict[str, frozenset[str]]:
    """Who was at each allocation meeting that agreed a transfer from or to these teams, by its day (ISO).

    Nothing of a child is told, so it is the same whoever may read the records.
    """
    teams = {str(one) for one in team_ids}
    wanted = Q(pk__in=())
    for team in sorted(teams):
        wanted |= Q(transfers__contains=[{"from": team}]) | Q(transfers__contains=[{"to": team}])
    found: dict[str, frozenset[str]] = {}
    for lines in RecordSummary.listed.filter(wanted).values_list("transfers", flat=True):
        for line in lines:
            if line["stage"] in AGREED and line["meeting"] and teams & {line["from"], line["to"]}:
                found[line["meeting"]] = found.get(line["meeting"], frozenset()) | frozenset(line["attended"])
    return found
