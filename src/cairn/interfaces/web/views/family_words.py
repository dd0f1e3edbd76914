"""How a family is put in words: who is what to whom, who lives where, who holds parental responsibility."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from cairn.application.family import FamilyChild, FamilyPage
from cairn.application.procedures import in_use
from cairn.core.people.around import RELATED, Risk
from cairn.core.people.family import Bond, Household, Person, Tie
from cairn.core.people.names import age_in_words
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.due import act_address

# Names up to this long are not broken in the table.
ONE_LINE = 20
NOT_RECORDED = "Not recorded"
DOES_NOT_APPLY = "Does not apply"
RESTRICTED = "Address protected"
# What is under way for a child, as its tag says it.
RUNNING = {
    "child_protection": "Child protection plan",
    "child_in_need": "Child in need plan",
    "enquiry": "Section 47 enquiry",
    "assessment": "Assessment under way",
}
# The words for a brother or sister whose sex is known.
BY_SEX = {"M": "brother", "F": "sister"}
# What may be recorded of somebody around a child, each on a form of its own.
ABOUT_SOMEBODY = (
    "record-household", "record-responsibility", "record-safe-contact", "describe-adult", "record-risk", "end-relationship",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table: texts in the order of its columns; `good` is what is good to know, each a line."""

    name: str
    who: str
    age: str
    lives: str
    responsibility: str
    href: str = ""
    good: tuple[str, ...] = ()
    marks: tuple[tuple[Mark, str], ...] = ()
    links: tuple[c.Link, ...] = field(default_factory=tuple)

    @property
    def is_short(self) -> bool:
        """Whether the name stands on one line of a wide table."""
        return len(self.name) <= ONE_LINE


def first_name(child: FamilyChild) -> str:
    """What a child is called in sentences; a baby who is not born yet by the whole name."""
    return child.name if child.born is None else child.name.split(" ")[0]


def label_of(event: str, name: str, value: str) -> str:
    """The words of one answer of the vocabulary."""
    asked = in_use().vocabulary.events[event].field(name)
    options = asked.options if asked else ()
    return next((one.label for one in options if one.value == value), value)


def relation_words(relation: str) -> str:
    """A relation as the middle of a sentence: "mother", "a parent's partner"."""
    return label_of(RELATED, "relation", relation).lower() if relation else "relation not known"


def sibling_words(relation: str, sex: str) -> str:
    """A relation in the middle of a sentence, said of one whose sex may be known: "half-sister"."""
    said = relation_words(relation)
    one, _, other = said.partition(" or ")
    if sex not in BY_SEX or not one.endswith("brother") or not other.endswith("sister"):
        return said
    return one if sex == "M" else other


def by_answer(
    page: FamilyPage, ties: Iterable[Tie], answer: Callable[[Tie], str]
) -> list[tuple[str, list[str]]]:
    """The children for each answer, in the order of the page: [("mother", ["Amara", "Theo"])]."""
    found: dict[str, list[str]] = {}
    by_child = {tie.child: tie for tie in ties}
    for child in page.children:
        tie = by_child.get(str(child.record))
        if tie is not None:
            found.setdefault(answer(tie), []).append(first_name(child))
    return list(found.items())


def who_words(page: FamilyPage, person: Person) -> str:
    """Mother of Amara and Theo; aunt of all 3 children."""
    told = []
    for relation, children in by_answer(page, person.ties, _relation):
        whole = len(children) == len(page.children) > 2  # noqa: PLR2004 - two are named
        told.append(f"{relation} of {f'all {len(children)} children' if whole else words.listed(children)}")
    return _capital("; ".join(told))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _relation(tie: Tie) -> str:
    ended = f", until {words.day_words(tie.ended)}" if tie.ended else ""
    return relation_words(tie.relation) + ended


def responsibility_words(page: FamilyPage, person: Person) -> str:
    """Yes; or child by child, where it is not the same for all."""
    told = by_answer(page, person.ties, _responsibility)
    if len(told) == 1:
        return told[0][0]
    return "; ".join(f"{answer}, for {words.listed(children)}" for answer, children in told)


def _responsibility(tie: Tie) -> str:
    if not tie.responsibility:
        return NOT_RECORDED
    return label_of(RELATED, "parental_responsibility", tie.responsibility)


def lives_words(page: FamilyPage, person: Person) -> str:
    """Where somebody lives: an address, or with whom. A restricted one is named as that and no more."""
    if person.about.day("died"):
        return DOES_NOT_APPLY
    together = next((one for one in page.family.households if person.key in one.people), None)
    place = _place(together) if together else ""
    since = next((tie.household_since for tie in person.ties if tie.household == "same"), None)
    if together and together.children and not place:
        place = f"With {words.listed(_names(page, together.children))}"
    elsewhere = [tie.household for tie in person.ties if tie.household in ("other", "visitor")]
    if not place and elsewhere:
        place = "Elsewhere, and often with the children" if "visitor" in elsewhere else "Elsewhere"
    return f"{place}, since {words.day_words(since)}" if place and since else place or NOT_RECORDED


def _place(household: Household) -> str:
    return RESTRICTED if household.restricted else household.address


def _names(page: FamilyPage, records: Iterable[str]) -> list[str]:
    return [first_name(child) for record in records if (child := page.of(record)) is not None]


def age_words(page: FamilyPage, person: Person) -> str:
    """36; 36, born 4 May 1990; died 2019."""
    born, died = person.about.day("born"), person.about.day("died")
    if died:
        return f"Died {words.day_words(died)}"
    if born is None:
        return "Not known"
    about = "about " if person.about.says("estimated") else ""
    return f"{age_in_words(born, page.today)}, born {about}{words.day_words(born)}"


def child_row(page: FamilyPage, child: FamilyChild) -> Row:
    """A child of the family as a line of the table."""
    home = child.around.home
    bonds = [bond for bond in page.family.bonds if bond.child == str(child.record)]
    born = f"{child.age}, born {words.day_words(child.born)}" if child.born else _capital(child.age)
    return Row(
        name=child.name,
        href=reverse("child", args=[child.record]),
        who="Child" if child.born or not child.expected else "Unborn baby",
        age=born,
        lives=RESTRICTED if home and home.restricted else home.address if home else NOT_RECORDED,
        responsibility=DOES_NOT_APPLY,
        good=tuple(filter(None, (child.health_alert, child.school, *_bond_words(page, bonds)))),
    )


def _bond_words(page: FamilyPage, bonds: Iterable[Bond]) -> Iterator[str]:
    by_relation: dict[str, list[str]] = {}
    for bond in bonds:
        other = page.of(bond.other)
        if other is not None:
            by_relation.setdefault(sibling_words(bond.relation, other.sex), []).append(first_name(other))
    yield from (f"{words.listed(names)}: {relation}" for relation, names in by_relation.items())


def person_row(page: FamilyPage, person: Person) -> Row:
    """Somebody of the family as a line of the table, with what may be recorded about them."""
    return Row(
        name=person.name or "Name not known",
        who=who_words(page, person),
        age=age_words(page, person),
        lives=lives_words(page, person),
        responsibility=DOES_NOT_APPLY if person.is_sibling else responsibility_words(page, person),
        good=tuple(_good(person)),
        marks=tuple(_marks(person)),
        links=tuple(_links(page, person)),
    )


def _good(person: Person) -> Iterator[str]:
    about = person.about
    for said, name in (
        ("", "contact"),
        ("Safe: ", "safe_ways"),
        ("Speaks ", "language"),
        ("", "organisation"),
    ):
        if about.text(name):
            yield f"{said}{about.text(name)}"
    if about.says("interpreter"):
        yield "Needs an interpreter, signer or other aid"
    yield from (about.text(name) for name in ("communication", "disability") if about.text(name))
    yield from _good_of_ties(person.ties)
    if person.other_names:
        yield f"Also recorded as {words.listed(list(person.other_names))}"
    if person.record:
        yield "Has a record that you may not open: only what stands on the records you may open is shown"


def _good_of_ties(ties: Sequence[Tie]) -> Iterator[str]:
    by = {label_of(RELATED, "responsibility_by", tie.responsibility_by) for tie in ties if _holds_by(tie)}
    if by:
        yield f"Parental responsibility by {words.listed(sorted(one.lower() for one in by))}"
    if any(tie.looks_after for tie in ties):
        yield "The child looks after them"
    if any(tie.in_care for tie in ties):
        yield "A young person in care or entitled to leaving care support (3.17)"


def _holds_by(tie: Tie) -> bool:
    """Whether it is known by what somebody holds parental responsibility; of a mother it needs no saying."""
    return tie.responsibility == "yes" and tie.responsibility_by not in ("", "not_known", "birth")


def _marks(person: Person) -> Iterator[tuple[Mark, str]]:
    if person.about.text("unsafe_ways"):
        yield Mark("gap", "Not safe"), person.about.text("unsafe_ways")
    for risk in person.risks:
        yield risk_mark(risk), risk_words(risk)
    for said in dict.fromkeys(tie.risk for tie in person.ties if tie.risk):
        yield Mark("gap", "May be a risk"), said


def risk_mark(risk: Risk) -> Mark:
    """Whether somebody is, or was, seen as a risk."""
    return Mark("no", "No longer seen as a risk") if risk.ended else Mark("gap", "May be a risk")


def risk_words(risk: Risk) -> str:
    """Who says so, since when, and what is known."""
    since = f", since {words.day_words(risk.since)}" if risk.since else ""
    contact = f" Contact with the child: {risk.contact}" if risk.contact else ""
    ended = f" Ended {words.day_words(risk.ended)}: {risk.why_ended}" if risk.ended else ""
    return f"{risk.known} Said by {risk.said_by}{since}.{contact}{ended}"


def _links(page: FamilyPage, person: Person) -> Iterator[c.Link]:
    """What may be recorded about them: on the page's own child, or the first whose record tells of them."""
    here = str(page.child.identity.record)
    tie = next((tie for tie in person.ties if tie.child == here), person.ties[0])
    yield c.Link("Entry", reverse("entry", args=[tie.child, tie.entries[0]]), f"about {person.name}")
    listed = person.about.listed
    if person.is_sibling and listed:
        referral = _open_referral(page, tie.child)
        if not person.record and "decide-sibling" in page.may and referral:
            href = f"{reverse('decide-sibling', args=[tie.child])}?strand={referral}&sibling={listed}"
            yield c.Link("Open a referral for them", href, f", {person.name} (3.9)")
        return
    if len(person.ties) < len(page.children) and "record-relationship" in page.may:
        href = f"{reverse('record-relationship', args=[here])}?person={person.key}"
        yield c.Link("Add to another child", href, f"of the family: {person.name}")
    acts = in_use().vocabulary.acts
    for act in (one for one in ABOUT_SOMEBODY if one in page.may):
        yield c.Link(
            acts[act].title, f"{act_address(UUID(tie.child), act)}?person={person.key}", f"of {person.name}"
        )


def _open_referral(page: FamilyPage, record: str) -> str:
    child = page.of(record)
    return child.referral if child else ""


def household_words(
    page: FamilyPage, households: Sequence[Household], names: Mapping[str, str]
) -> list[dict[str, object]]:
    """Each household with its address and who is in it, those with children first."""
    return [
        {
            "address": _place(one) or "Address not recorded",
            "restricted": one.restricted,
            "members": [*_names(page, one.children), *(names[key] for key in one.people if names.get(key))],
        }
        for one in sorted(households, key=lambda one: not one.children)
        if one.children or len(one.people) > 0
    ]
