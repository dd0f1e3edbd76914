"""What may stand in braces in a letter: a closed list, each with the question that is asked where it is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
# Whatever stands in braces, well formed or not, and a brace that stands alone.
IN_BRACES: Final = re.compile(r"\{[^{}\n]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name that a letter may have in braces. `asks` is put to the writer where the record does not tell."""

    name: str
    asks: str
    long: bool = False


def _table(*rows: tuple[str, str] | tuple[str, str, bool]) -> Mapping[str, Placeholder]:
    return {row[0]: Placeholder(*row) for row in rows}


PLACEHOLDERS: Final = _table(
    # Who writes to whom, about whom.
    ("recipient", "Who is the letter to?"),
    ("child_name", "What is the child’s name?"),
    ("child_first_name", "What is the child called?"),
    ("child_born", "When was the child born?"),
    ("reference", "What is our reference?"),
    ("today", "What is the date of the letter?"),
    ("authority", "What is the authority called?"),
    ("team", "From which team is the letter?"),
    ("telephone", "Which telephone number can they ring?"),
    ("worker", "Who works with the child?"),
    ("signed_by", "Who signs the letter?"),
    ("signed_role", "What is the role of who signs it?"),
    # The referral.
    ("referrer_name", "What is the referrer’s name?"),
    ("received_on", "On which day did the referral come?"),
    ("decide_by", "By when is it decided?"),
    ("outcome_by", "By when is the outcome told?"),
    ("decided_on", "On which day was it decided?"),
    ("outcome", "What was decided?"),
    ("next_steps", "What are the next steps?", True),
    # A meeting that is to come, and one that was.
    ("meeting", "Which meeting is it?"),
    ("meeting_on", "When is the meeting?"),
    ("meeting_place", "Where is the meeting?"),
    ("invited", "Who is invited?"),
    ("answer_by", "By when do you ask for an answer?"),
    ("held_on", "On which day was the meeting?"),
    ("took_part", "Who took part?"),
    ("agreed", "What was discussed and agreed?", True),
    ("next_meeting", "When is the next meeting?"),
    # A plan and its review.
    ("plan", "Which plan is it?"),
    ("plan_from", "From which day is the plan?"),
    ("lead_professional", "Who is the lead professional?"),
    ("review_outcome", "What did the review decide?"),
    # An assessment.
    ("assessment", "Which assessment is it?"),
    ("approved_on", "On which day was the assessment approved?"),
    ("assessment_outcome", "What follows from the assessment?"),
    ("survey", "How can they tell us what it was like?"),
    # Transfer, step-down, closing.
    ("transfer_on", "On which day does the other team take over?"),
    ("new_team", "Which team takes over?"),
    ("new_worker", "Who will work with the family there?"),
    ("transfer_reason", "Why does another team take over?", True),
    ("stepped_down_on", "On which day was that decided?"),
    ("new_service", "Which service goes on with it?"),
    ("step_down_reason", "Why is that enough now?", True),
    ("closed_on", "On which day did our work end?"),
    ("closing_reason", "Why did our work end?", True),
    ("closing_outcome", "What came of it?", True),
)


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in braces in these texts, each once, in order."""
    return tuple(dict.fromkeys(name for text in texts for name in PLACEHOLDER.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with each name replaced by its value; a name that has none stays as it is, and is seen."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def missing(texts: Iterable[str], values: Mapping[str, str]) -> tuple[Placeholder, ...]:
    """What these texts ask for and nobody knows, in order."""
    return tuple(
        PLACEHOLDERS[name] for name in names_in(texts) if name in PLACEHOLDERS and not values.get(name)
    )


def faults_in(text: str) -> Iterator[str]:
    """What is wrong with the braces of a letter's text, each with what to do about it."""
    for found in IN_BRACES.findall(text):
        name = found.strip("{}").strip()
        if found in ("{", "}"):
            yield f"a brace {found} stands alone; write a name between two, such as {{child_name}}"
        elif PLACEHOLDER.fullmatch(found) is None or name not in PLACEHOLDERS:
            yield f"nothing fills {found}; {_meant(name)}"


def _meant(name: str) -> str:
    written = re.sub(r"[^a-z]+", "_", name.casefold()).strip("_")
    near = [written] if written in PLACEHOLDERS else get_close_matches(written, PLACEHOLDERS, n=2)
    if near:
        return f"did you mean {' or '.join(f'{{{one}}}' for one in near)}?"
    return f"write it out, or use one of {', '.join(sorted(PLACEHOLDERS))}"
