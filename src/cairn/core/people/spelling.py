"""How a name looks when only its letters count, and how it sounds: both pure functions of text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from cairn.core.unicode import normal

SOUND_LENGTH: Final = 7
LONGEST_UNHEARD: Final = 20
LETTERS_NOT_DECOMPOSED: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e", "ŋ": "ng"}
)

# In order; capitals are finished sounds. Wide on purpose: the sound only finds candidates, the comparison
# afterwards is what decides, so two names that share a sound cost a little time, two that don't cost a child.
SOUNDS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Silent or joined beginnings: Knight, Gnanam, Wright, Psaila, Xiu; McIntyre and MacIntyre.
        (r"^[kgp]n", "n"),
        (r"^wr", "r"),
        (r"^ps|^x", "s"),
        (r"^mc|^mac(?=[^aeiouy]|in|iv)", "mk"),
        # Szymon and Simon, Shola and Sola, Shaun and Sean; Czesława and Cheslava; Chloe and Khloe.
        (r"szcz|shch|sch|sz|sh|sj|zh", "S"),
        (r"tsch|tch|cz", "C"),
        (r"ch(?=[lr])", "k"),
        (r"ch", "C"),
        (r"ph", "f"),
        (r"^gh", "g"),
        (r"gh", ""),
        # Qasim, Kassim and Khasim; Kwame and Quame; Chukwu and Chuku.
        (r"kh|ck|q[uv]?|kw", "k"),
        # Irish: Siobhan and Shivaun, Niamh and Neve. At the beginning it is Indian: Bhavna and Bavna.
        (r"(?<=.)[bm]h", "v"),
        (r"([bdrt])h", r"\1"),
        # Igbo and Yoruba: Igbinedion, Kpodo, Nwosu, Ngozi.
        (r"gb", "b"),
        (r"kp", "p"),
        (r"n[gw]", "n"),
        # Jakub and Yakub, Jasmine and Yasmin, Geoff and Jeff, Djamila and Jamila.
        (r"^y(?=[aeiou])|d[jz]|j|g(?=[eiy])", "J"),
        (r"c(?=[eiy])", "S"),
        (r"[ck]", "k"),
        (r"x", "ks"),
        (r"[sz]", "S"),
        # Polish w is v: Ewa and Eva, Paweł and Pavel. Before a consonant it is part of a vowel: Shawn.
        (r"w(?=[aeiouy])", "v"),
        (r"w", "u"),
        (r"(?<=.)h", ""),
    )
)
FIRST_VOWEL: Final = re.compile(r"^[aeiouy]+")
OTHER_VOWELS: Final = re.compile(r"[aeiouy]+")
DOUBLED: Final = re.compile(r"(.)\1+", re.IGNORECASE)


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters without accents; hyphens part words, apostrophes don't.

    Letters only: figures and signs are left out, so a name that holds none gives no words.
    """
    # Small letters before, for the table, and after, for signs that only then become letters.
    spread = normal("NFKD", name.casefold().translate(LETTERS_NOT_DECOMPOSED)).casefold()
    kept = (letter if letter.isalpha() else "" if _joins(letter) else " " for letter in spread)
    return tuple("".join(kept).split())


def _joins(sign: str) -> bool:
    return sign in "'’‘ʼ`." or unicodedata.combining(sign) > 0


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A short code of how a word (as `words` gives it) sounds; never empty for a word with letters.

    Vowels count only as "begins with one". Other alphabets are left as they are, but for the end of a long word.
    """
    if not word.isascii():
        return word[:LONGEST_UNHEARD]
    heard = word
    for pattern, replacement in SOUNDS:
        heard = pattern.sub(replacement, heard)
    # Doubled letters are joined before vowels go, so that Nan keeps its two and Ann has one.
    heard = FIRST_VOWEL.sub("A", DOUBLED.sub(r"\1", heard.replace("u", "o")))
    return OTHER_VOWELS.sub("", heard).upper()[:SOUND_LENGTH]
