"""A made-up population with families and twins, and the slips people make when they describe somebody."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from cairn.core.people.keys import broad, keys_of, narrow, worth
from cairn.core.people.particulars import Asked, Known
from cairn.core.people.rank import rank
from cairn.core.people.short_forms import ShortForms

GIRLS = [
    "Ifeoma",
    "Amara",
    "Chidinma",
    "Ngozi",
    "Oluwaseun",
    "Temitope",
    "Aisha",
    "Fatima",
    "Zainab",
    "Maryam",
    "Khadija",
    "Layla",
    "Sumaya",
    "Zofia",
    "Katarzyna",
    "Aleksandra",
    "Oliwia",
    "Maja",
    "Wiktoria",
    "Jaspreet",
    "Harpreet",
    "Simran",
    "Priya",
    "Anjali",
    "Lakshmi",
    "Elizabeth",
    "Catherine",
    "Margaret",
    "Rebecca",
    "Jessica",
    "Abigail",
    "Eleanor",
    "Charlotte",
    "Isabella",
    "Victoria",
    "Samantha",
    "Natalie",
    "Emily",
    "Sophie",
    "Lily",
    "Poppy",
    "Daisy",
    "Ruby",
    "Grace",
    "Ella",
    "Ellie",
    "Freya",
    "Evie",
    "Niamh",
    "Siobhan",
    "Carys",
    "Bethan",
    "Mia",
    "Ava",
    "Isla",
    "Holly",
    "Leah",
    "Megan",
    "Chloe",
    "Molly",
    "Lucy",
    "Hannah",
    "Alice",
    "Martha",
    "Rosie",
    "Willow",
    "Jasmine",
    "Paige",
    "Kayleigh",
    "Tia",
    "Demi",
    "Shanice",
    "Keira",
    "Lacey",
]
BOYS = [
    "Ifeanyi",
    "Chukwuemeka",
    "Obinna",
    "Oluwatobi",
    "Babatunde",
    "Kwame",
    "Kofi",
    "Yusuf",
    "Ibrahim",
    "Hassan",
    "Hussain",
    "Bilal",
    "Hamza",
    "Abdirahman",
    "Ismail",
    "Jakub",
    "Szymon",
    "Wojciech",
    "Tomasz",
    "Piotr",
    "Gurpreet",
    "Arjun",
    "Rohan",
    "Rajesh",
    "William",
    "James",
    "Thomas",
    "Daniel",
    "Matthew",
    "Christopher",
    "Alexander",
    "Joseph",
    "Samuel",
    "Benjamin",
    "Edward",
    "Robert",
    "Michael",
    "Anthony",
    "Nicholas",
    "Oliver",
    "George",
    "Harry",
    "Jack",
    "Alfie",
    "Archie",
    "Leo",
    "Leon",
    "Ellis",
    "Jayden",
    "Tyler",
    "Callum",
    "Connor",
    "Ryan",
    "Liam",
    "Sean",
    "Rhys",
    "Owen",
    "Dylan",
    "Ethan",
    "Mason",
    "Logan",
    "Luke",
    "Nathan",
    "Kieran",
    "Jerome",
    "Marcus",
    "Theo",
    "Finley",
    "Toby",
    "Zachary",
    "Reuben",
    "Kai",
    "Ashton",
    "Brandon",
    "Declan",
    "Jamal",
]
BEGINNINGS = [
    "Ash",
    "Bram",
    "Carl",
    "Dal",
    "East",
    "Fen",
    "Gar",
    "Hal",
    "Ing",
    "Kel",
    "Lang",
    "Mar",
    "Nor",
    "Oak",
    "Pem",
    "Quar",
    "Rad",
    "Sel",
    "Thorn",
    "Up",
    "Wal",
    "Win",
    "York",
    "Bux",
    "Crom",
    "Dun",
    "Fair",
    "Hart",
    "Hol",
    "Kirk",
    "Lyd",
    "Mill",
    "Nether",
    "Pick",
    "Ros",
    "Stan",
    "Tat",
    "Whit",
]
ENDINGS = ["ton", "ley", "ford", "ham", "worth", "field", "by", "well", "wood", "bury", "combe", "stead"]
FURTHER = [
    "Okafor",
    "Nwosu",
    "Adeyemi",
    "Balogun",
    "Mensah",
    "Owusu",
    "Ahmed",
    "Hussain",
    "Khan",
    "Begum",
    "Ali",
    "Hassan",
    "Patel",
    "Singh",
    "Kaur",
    "Sharma",
    "Kowalski",
    "Nowak",
    "Wisniewska",
    "Zielinska",
    "Nguyen",
    "Silva",
    "Fernandes",
    "O'Brien",
    "Murphy",
    "McIntyre",
    "Smith",
    "Jones",
    "Williams",
    "Brown",
    "Taylor",
    "Davies",
    "Evans",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Clarke",
    "Okafor-Reed",
    "Smith-Jones",
]
SURNAMES = FURTHER * 5 + [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]
FIRST_DAY = date(2008, 9, 1)
DAYS = 6574


def population(size: int, seed: int) -> list[Known]:
    """Families of one to four children at one postcode and school; one family in forty has twins."""
    made: list[Known] = []
    dice = random.Random(seed)
    while len(made) < size:
        made.extend(_family(dice, len(made)))
    return made[:size]


def _family(dice: random.Random, first: int) -> list[Known]:
    surname, postcode = dice.choice(SURNAMES), _postcode(dice)
    parent = f"{dice.choice(GIRLS)} {surname}"
    school = f"{dice.choice(BEGINNINGS)}{dice.choice(ENDINGS)} Primary School"
    born = [FIRST_DAY + timedelta(days=dice.randrange(DAYS)) for _ in range(dice.choice((1, 1, 2, 2, 3, 4)))]
    if dice.random() < 1 / 40:
        born.append(born[0])
    taken: set[str] = set()
    children = []
    for number, day in enumerate(born, start=first):
        sex = dice.choice("FM")
        forename = dice.choice([name for name in (GIRLS if sex == "F" else BOYS) if name not in taken])
        taken.add(forename)
        children.append(
            Known(
                id=str(number), forename=forename, surname=surname, born=day, sex=sex, postcode=postcode,
                school=school, parents=(parent,),
            )
        )  # fmt: skip
    return children


def _postcode(dice: random.Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"FM{dice.randrange(1, 30)} {dice.randrange(1, 10)}{dice.choice(letters)}{dice.choice(letters)}"


def typo(word: str, dice: random.Random) -> str:
    """One letter exchanged with the next, left out, doubled or mistaken, never the first."""
    at = dice.randrange(1, len(word) - 1) if len(word) > 2 else 0
    return dice.choice(
        (
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + dice.choice("aeioustrnl") + word[at + 1 :],
        )
    )


def swapped(born: date) -> date:
    """Day and month the other way round, where that is a date."""
    return born.replace(month=born.day, day=born.month) if born.day <= 12 else born


def one_figure_off(born: date, dice: random.Random) -> date:
    """The date with the last figure of its day, or of its year, mistaken."""
    if dice.random() < 0.5:
        return born.replace(day=min(28, born.day // 10 * 10 + dice.randrange(1, 10)))
    return born.replace(year=born.year - 1, day=min(28, born.day))


Slip = Callable[[Asked, random.Random], Asked]


def slips(short_forms: ShortForms) -> Mapping[str, Slip]:
    """Every slip by its name."""
    shorts: defaultdict[str, list[str]] = defaultdict(list)
    for short, full in short_forms.stands_for.items():
        for name in full:
            shorts[name].append(short.capitalize())

    def short_form(asked: Asked, dice: random.Random) -> Asked:
        found = shorts.get(short_forms.one_spelling(asked.forename.casefold()))
        return replace(asked, forename=dice.choice(found)) if found else asked

    return {
        "none": lambda asked, _: asked,
        "short form": short_form,
        "typed forename": lambda asked, dice: replace(asked, forename=typo(asked.forename, dice)),
        "typed surname": lambda asked, dice: replace(asked, surname=typo(asked.surname, dice)),
        "swapped date": lambda asked, _: replace(asked, born=asked.born and swapped(asked.born)),
        "figure off": lambda asked, dice: replace(
            asked, born=asked.born and one_figure_off(asked.born, dice)
        ),
        "no date": lambda asked, _: replace(asked, born=None),
        "names exchanged": lambda asked, _: replace(asked, forename=asked.surname, surname=asked.forename),
        "other surname": lambda asked, dice: replace(asked, surname=dice.choice(SURNAMES)),
        "moved": lambda asked, dice: replace(asked, postcode=_postcode(dice)),
    }


def describe(known: Known, chosen: Iterable[Slip], dice: random.Random) -> Asked:
    """A caller's description of somebody, with slips; each of school, parent, sex and postcode half the time."""
    asked = Asked(
        forename=known.forename,
        surname=known.surname,
        born=known.born,
        sex=known.sex if dice.random() < 0.5 else "",
        postcode=known.postcode if dice.random() < 0.5 else "",
        school=known.school if dice.random() < 0.5 else "",
        parents=(known.parents[0].split()[0],) if dice.random() < 0.5 else (),
    )
    for slip in chosen:
        asked = slip(asked, dice)
    return asked


class Register:
    """A register held in memory, looked up as `cairn.core.people.keys` says."""

    def __init__(self, people: Iterable[Known], short_forms: ShortForms, enough: int = 100) -> None:
        self.short_forms, self.enough = short_forms, enough
        self.filed: defaultdict[str, list[Known]] = defaultdict(list)
        for person in people:
            for key in keys_of(person, short_forms):
                self.filed[key].append(person)

    def candidates(self, keys: Iterable[str]) -> list[Known]:
        """Those whose shared keys are worth most, at most `enough`."""
        shared: Counter[str] = Counter()
        by_id = {}
        for key in keys:
            for person in self.filed.get(key, ()):
                shared[person.id] += worth(key)
                by_id[person.id] = person
        return [by_id[found] for found, _ in shared.most_common(self.enough)]

    def look_up(self, asked: Asked, limit: int = 10):
        """The matches for a description, by narrow keys, and by broad ones where none is at least possible."""
        keys = keys_of(asked, self.short_forms)
        found = rank(asked, self.candidates(narrow(keys)), self.short_forms, limit)
        if found and found[0].strength != "unlikely":
            return found
        wider = self.candidates(narrow(keys)) + self.candidates(broad(keys))
        return rank(asked, {person.id: person for person in wider}.values(), self.short_forms, limit)
