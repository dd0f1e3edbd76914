"""Under which headings the shared questions of a long act stand, in the order in which they are answered.

A question that no heading names stands under the last one, so that a question added to the vocabulary is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

TIME = "when"


@dataclass(frozen=True)
class Group:
    """A heading, the questions under it, and a sentence before them. `with_time` asks first when it was."""

    title: str
    fields: tuple[str, ...]
    said: str = ""
    with_time: bool = False


MEETING: Final = (
    Group("Which meeting, and who chaired it", ("kind", "risk_reason", "chaired_by", "complex", "chair_discussed"), with_time=True),
    Group("Who was there", ("took_part", "there", "prepared", "parents_there", "parents_why_not")),
    Group("Who was not there, and how they were heard", ("not_there",)),
    Group("How everybody could take part", ("interpreter", "access", "assessment_there")),
    Group("What the family thinks", ("family_views",), "What a child thinks goes under the child’s name below."),
    Group("What it all means", ("analysis", "early_signs")),
    Group("What was discussed and agreed", ("account", "coordination"), "What was decided for a child goes under the child’s name below."),
    Group("What comes next", ("next_date", "meetings_every", "meetings_reason", "finish_by")),
    Group("Who disagrees", ("dissents",), "A different opinion stands on the record as it was said."),
)  # fmt: skip
REVIEW: Final = (
    Group("Which review, and who chaired it", ("kind", "chaired_by", "in_meeting", "outside_agreed"), with_time=True),
    Group("Who was asked, and who was there", ("asked_before", "took_part", "parents_there")),
    Group("When it is reviewed again", ("reviews_every", "reviews_reason")),
)  # fmt: skip
BOOKING: Final = (
    Group("Which meeting, when and where", ("kind", "when", "place", "timing")),
    Group("Who comes", ("invited", "agreed_with", "attendees_discussed")),
    Group("Whether child and family can come", ("school_day", "observances")),
    Group("What it may come to", ("closing_likely",)),
)  # fmt: skip
GROUPS: Final[Mapping[str, tuple[Group, ...]]] = {
    "record-meeting": MEETING,
    "hold-review": REVIEW,
    "book-meeting": BOOKING,
}
# Asked by one answer of a question under another heading, so they stand where they belong.
ELSEWHERE: Final[Mapping[str, frozenset[str]]] = {
    "record-meeting": frozenset({"risk_reason", "early_signs", "coordination"}),
}


def grouped(act: str, asked: Collection[str]) -> Iterator[Group]:
    """The headings of an act with those of their questions that are asked; nothing where the act has none."""
    groups = GROUPS.get(act, ())
    named = {name for group in groups for name in group.fields}
    rest = tuple(name for name in asked if name not in named)
    for group in groups:
        more = rest if group is groups[-1] else ()
        fields = tuple(name for name in group.fields if name in asked) + more
        if fields or group.with_time:
            yield Group(group.title, fields, group.said, group.with_time)
