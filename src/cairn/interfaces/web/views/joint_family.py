"""What a page about several children takes from their records: the adults to tick, and what waits for a child to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from cairn.application.jointly import Child, JointPage
from cairn.application.ports import now
from cairn.core.assessing.stage import assessments, not_seen_yet
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.core.people.around import Someone, around
from cairn.core.vocabulary.model import Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.family_words import relation_words

PRESENT = "present"
ADULT = 18
YOUNG = frozenset({"half_brother_or_sister", "brother_or_sister", "step_brother_or_sister", "child"})


@dataclass
class _Adult:
    """One grown-up person: who they are, and what they are to which of the children."""

    key: str
    name: str
    born: date | None
    relations: dict[str, list[str]] = field(default_factory=dict)

    def is_same(self, one: Someone) -> bool:
        """Whether somebody of another child's record is this person; of one name alone that is not known."""
        same_birth = self.born is not None and (self.name, self.born) == (one.text("name"), one.day("born"))
        return self.key == one.key or same_birth

    def told(self, everybody: int) -> str:
        """What they are to the children: "step-parent of Amara, father of Theo"."""
        return ", ".join(_relations(self.relations, everybody))


def adults(page: JointPage) -> tuple[Option, ...]:
    """The grown-up people of the children's records, each once, to be ticked as having been there.

    Kept by name. What each is to the children is said beside it: "Daniel Reed, step-parent of Amara, father of Theo";
    where two have one name that is kept with it, so that nobody is taken for the other.
    """
    found = _people(page)
    names = Counter(one.name for one in found)
    apart = _told_apart(found)
    return tuple(
        _option(one, apart[one.key], len(page.children), alone=names[one.name] == 1) for one in found
    )


def _option(one: _Adult, apart: str, everybody: int, *, alone: bool) -> Option:
    if alone:
        return Option(value=one.name, label=", ".join(filter(None, (one.name, one.told(everybody)))))
    return Option(value=apart, label=", ".join(filter(None, (one.name, one.told(0), _born(one)))))


def _people(page: JointPage) -> list[_Adult]:
    """Everybody once. Two on one child's record are two people, whatever they are called."""
    found: list[_Adult] = []
    for child in page.children:
        before = tuple(found)
        for one in _grown_up(child):
            adult = next((known for known in before if known.is_same(one)), None)
            if adult is None:
                adult = _Adult(one.key, one.text("name"), one.day("born"))
                found.append(adult)
            adult.relations.setdefault(relation_words(one.text("relation")), []).append(child.first_name)
    return found


def _told_apart(found: list[_Adult]) -> dict[str, str]:
    """By key the name with what tells its bearer from others: what they are to whom, the birthday, else a number."""
    told = {one.key: f"{one.name} ({', '.join(filter(None, (one.told(0), _born(one))))})" for one in found}
    count: Counter[str] = Counter()
    for key, text in told.items():
        count[text] += 1
        told[key] = text if count[text] == 1 else f"{text}, number {count[text]}"
    return told


def _born(one: _Adult) -> str:
    return f"born {words.day_words(one.born)}" if one.born else ""


def _grown_up(child: Child) -> Iterator[Someone]:
    today = now().astimezone(LONDON).date()
    for one in around(child.page.view.standing.events, today).people:
        born = one.day("born")
        young = one.text("relation") in YOUNG if born is None else _years(born, today) < ADULT
        if one.text("name") and not (young or one.text("record") or one.listed or one.ended):
            yield one


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _relations(relations: dict[str, list[str]], everybody: int) -> Iterable[str]:
    if len(relations) == 1 and everybody == len(next(iter(relations.values()))):
        return relations
    return (f"{relation} of {words.listed(names)}" for relation, names in relations.items())


def waits_to_be_seen(child: Child) -> tuple[c.Gate, ...]:
    """An assessment that cannot be approved before this child is seen, or it is agreed why not (Peterborough 4.12)."""
    who, view = child.page.identity, child.page.view
    if child.signed or who.born is None:
        return ()
    waiting = [one for one in assessments(view) if not_seen_yet(view, one)]
    if not waiting:
        return ()
    due = next((duty for duty in child.page.open_duties if _is_approval(duty)), None)
    until = f" The assessment is due by **{due_date(due.due)}**." if due is not None and due.due else ""
    return (
        c.Gate(
            title=f"{child.first_name}’s assessment cannot be approved until this is answered",
            text="The child must be seen, or the team manager must agree and record why not "
            f"(paragraph 4.12).{until}",
        ),
    )


def not_seen_before_birth(child: Child) -> c.Note:
    """Why it is not asked whether a child was seen who was not born by then, and where to go if it was (3.13, 4.12)."""
    first, who = child.first_name, child.page.identity
    lines = [
        f"**{first} was not born on that day**, so it is not asked whether {first} was seen (3.13, 4.12)."
    ]
    if who.born is not None:
        born = words.day_words(who.born)
        return c.Note(
            lines=(*lines, f"{first} was born on {born}. If the visit was later, change its day above.")
        )
    lines[0] = f"**{first} is not born yet**, so it is not asked whether {first} was seen (3.13, 4.12)."
    due = f"{first} is expected on {words.day_words(who.expected)}." if who.expected else ""
    record = act_address(child.record, "record-birth")
    link = c.Link("Record the birth", record, f"of {first}")
    return c.Note(
        lines=(*lines, f"{due} If {first} is born, save this and record the birth first.".strip()), link=link
    )


def _is_approval(duty: DutyView) -> bool:
    return any(one.event == "assessment.approved" for one in duty.rule.met_by)
