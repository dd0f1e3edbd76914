"""What a duty is said to rest on is all it rests on: every worked case comes out the same without the rest of it."""

from __future__ import annotations

from collections import defaultdict

import pytest
from tests.worked_cases.worked_case import cases, view_of


def without_the_rest(view):
    """Each duty of the case as it is derived from nothing but what bears on it, beside what it is in the case."""
    kept = defaultdict(list)
    for provision, types in view.procedures.bearing.items():
        kept[tuple(event.id for event in view.stream if event.type in types)].append(provision)
    for ids, provisions in kept.items():
        alone = view.at(stream=[event for event in view.stream if event.id in ids])
        for provision in provisions:
            yield tuple([duty for duty in one.duties if duty.rule.id == provision] for one in (view, alone))


@pytest.mark.parametrize("name", cases())
def test_what_bears_on_no_duty_changes_none(name):
    for whole, alone in without_the_rest(view_of(cases()[name])):
        assert alone == whole
