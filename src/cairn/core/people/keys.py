"""Keys under which a person is filed and looked for: two descriptions of one person share some.

Keep every key of every person in a table. To look somebody up, make the keys of what was said, take the people
who share `narrow` ones (those first whose shared keys are `worth` most; a hundred are enough) and let `rank` decide;
only where none of them is at least possible, take those who share `broad` ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Final

from cairn.core.people.identifiers import tidy_number
from cairn.core.people.particulars import Age, Known, PartialDate, Particulars
from cairn.core.people.short_forms import NO_SHORT_FORMS, ShortForms
from cairn.core.people.spelling import sound, words

SOUND: Final = "s:"
PAIR: Final = "p:"
BORN: Final = "b:"
YEAR: Final = "y:"
PLACE: Final = "c:"
# The rarer a key is, the more it is worth to share it: in a register of 200,000 some 30 people have a date of birth
# or a pair of sounds in common, a handful a postcode with a sound, some hundreds a year with a sound.
WORTH: Final = {PAIR: 4, BORN: 4, PLACE: 3, YEAR: 1, SOUND: 1}


def match_keys(
    names: Iterable[str],
    born: date | PartialDate | None,
    postcode: str | None,
    short_forms: ShortForms = NO_SHORT_FORMS,
    age: Age | None = None,
) -> frozenset[str]:
    """The keys of a person, for filing and for looking up alike.

    `names` are whole names, aliases among them, in any order of first name and surname. Keys are the sound of
    every word and of what it may be short for; the sounds of two words of one name together; the date of birth and
    the same with day and month exchanged; the year of birth (or the two that an age leaves open) with a sound; the
    postcode with a sound. Give no postcode where the address is restricted.
    """
    heard = [_sounds(name, short_forms) for name in names]
    sounds = frozenset(code for name in heard for word in name for code in word)
    keys = {SOUND + code for code in sounds}
    keys.update(key for name in heard for key in _pairs(name))
    keys.update(BORN + day for day in _birth_dates(born))
    keys.update(f"{YEAR}{year}+{code}" for year in _birth_years(born, age) for code in sounds)
    if place := tidy_number(postcode or ""):
        keys.update(f"{PLACE}{place}+{code}" for code in sounds)
    return frozenset(keys)


def keys_of(person: Particulars, short_forms: ShortForms = NO_SHORT_FORMS) -> frozenset[str]:
    """The keys of what was asked, or of a person on the register, a restricted address left out."""
    names = (f"{person.forename} {person.surname}", *person.aliases)
    hidden = isinstance(person, Known) and person.address_restricted
    return match_keys(names, person.born, None if hidden else person.postcode, short_forms, person.age)


def narrow(keys: Iterable[str]) -> frozenset[str]:
    """Those keys that few people share."""
    return frozenset(key for key in keys if not key.startswith(SOUND))


def broad(keys: Iterable[str]) -> frozenset[str]:
    """Those keys that many people share: a sound alone."""
    return frozenset(key for key in keys if key.startswith(SOUND))


def worth(key: str) -> int:
    """What sharing a key is worth when those to be compared are chosen; its first two characters say its kind."""
    return WORTH[key[:2]]


def _sounds(name: str, short_forms: ShortForms) -> list[frozenset[str]]:
    """For each word of a name, the sounds it may stand for."""
    found = ((short_forms.one_spelling(word), word) for word in words(name))
    return [
        frozenset(sound(form) for form in (one, word, *short_forms.full_names(one))) for one, word in found
    ]


def _pairs(name: list[frozenset[str]]) -> Iterator[str]:
    for one, other in combinations(name, 2):
        for first in one:
            for second in other:
                yield PAIR + "+".join(sorted((first, second)))


def _birth_dates(born: date | PartialDate | None) -> Iterator[str]:
    if born is None or not (born.year and born.month and born.day):
        return
    yield f"{born.year:04}-{born.month:02}-{born.day:02}"
    yield f"{born.year:04}-{born.day:02}-{born.month:02}"


def _birth_years(born: date | PartialDate | None, age: Age | None) -> Iterator[int]:
    if born is not None and born.year:
        yield born.year
    elif age is not None:
        yield from (age.on.year - age.years, age.on.year - age.years - 1)
