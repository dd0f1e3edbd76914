"""The people who may be meant, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cairn.core.people.compare import Match, compare
from cairn.core.people.particulars import Asked, Known
from cairn.core.people.short_forms import NO_SHORT_FORMS, ShortForms
from cairn.core.people.weights import HOPELESS_BELOW

ORDER: Final = {"strong": 0, "possible": 1, "unlikely": 2}


def rank(
    asked: Asked, candidates: Iterable[Known], short_forms: ShortForms = NO_SHORT_FORMS, limit: int = 10
) -> tuple[Match, ...]:
    """At most `limit` matches, best first, equals in the order of the candidates.

    Those against whom more speaks than for them are left out.
    """
    matches = (compare(asked, known, short_forms) for known in candidates)
    hopeful = [match for match in matches if match.score >= HOPELESS_BELOW]
    hopeful.sort(key=lambda match: (ORDER[match.strength], -match.score))
    return tuple(hopeful[:limit])
