"""The access log in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.application.looked import Did, Look, SeenBy
from cairn.application.procedures import in_use
from cairn.interfaces.web import words

PAGES = {
    "child": "the overview",
    "timeline": "the timeline",
    "people": "the people",
    "family": "the family",
    "documents": "the documents",
    "document": "a document",
    "looked": "who has seen this child",
    "entry": "an entry",
    "look-back": "the record as it stood on a day",
    "why": "why something is due",
    "draft": "a draft",
    "my-work": "My work",
    "team-work": "Team work",
    "lines": "lines chosen on a list",
    "team-list": "a list of Team work",
    "find": "a search",
    "move-entry": "a search for the right child",
    "new-contact": "a search for a new contact",
    "allocate": "allocation",
    "letter": "a letter",
    "letters": "the letters",
    "acts": "what may be recorded",
    "plan-version": "a version of the plan",
    "plan-pdf": "the plan",
    "assessment-section": "a section of the assessment",
    "assessment-passage": "a passage of the assessment",
    "assessment-text": "the assessment",
    "assessment-pdf": "the assessment",
    "sharing": "consent and checks",
    "restriction": "who may open it",
    "restricted": "the restricted records",
    "break-glass": "opening it in an emergency",
    "tie": "who may open it",
    "chairs": "who chairs",
    "audits": "a sample for an auditor",
    "referrer": "who referred",
    "alert": "an alert",
    "alerts": "the alerts",
    "own-looks": "their own look-ups",
    "unusual": "the unusual look-ups",
    "export": "a return",
    "allocation-meeting": "the allocation meeting",
}
VERBS = {
    "list": "saw the name in",
    "search": "found the name by",
    "act": "recorded",
    "add": "recorded",
    "draft": "wrote",
    "export": "took away",
    "tie given": "changed",
    "tie ended": "changed",
    "asked": "read what has to be said for",
    "identity": "read",
}
# What needs no page to be named.
WHOLE = {
    ("tie given", "tie:break-glass"): "opened it in an emergency",
    ("tie ended", "tie:break-glass"): "closed it again",
    ("tie given", "tie:named"): "named somebody who may open it",
    ("tie ended", "tie:named"): "ended that somebody named may open it",
    ("act", "chairs"): "set who chairs",
    ("tie given", "tie:chair"): "named who chairs",
    ("tie ended", "tie:chair"): "ended that somebody chairs",
    ("audit sample", "audits"): "drew it into a sample for an auditor",
    ("tie ended", "tie:auditor"): "ended a sample of an auditor",
}
# What stands after "as" or instead of it.
RELIED = {
    "own team": "as one of the team",
    "own work": "in their own work",
    "front door": "at the front door",
    "role": "",
    "search": "",
    "draft": "",
    "family": "beside a brother or sister",
    "restricts": "as one who restricts records",
    "breaks the glass": "",
    "own look-ups": "",
    "broken glass": "",
    "guards access": "as one who guards access",
    "names chairs": "as one who names chairs",
    "allocated worker": "as allocated worker",
    "manager of the team": "as manager of the team",
    "manager of the receiving team": "as manager of the receiving team",
}
TWICE = 2


def sentence(one: SeenBy, *, own: bool = False) -> str:
    """One person's day: "read the overview and the timeline 3 times, as allocated worker"; `own` is told to themselves."""
    said = words.listed([_did(did, refused="were refused" if own else "was refused") for did in one.did])
    because = relied_words(one.relied_on)
    purpose = f" ({one.purpose})" if one.purpose else ""
    whole = f"{said}{f', {because}' if because else ''}{purpose}."
    return _to_themselves(whole) if own else whole


def _to_themselves(said: str) -> str:
    """Of lists one's own log names no child, for there were many."""
    for told, own in (("the name in", "names in"), (", in their own work", ""), ("their own", "your own")):
        said = said.replace(told, own)
    return said


def when(one: SeenBy) -> str:
    """Between which times."""
    first, last = words.time_words(one.first), words.time_words(one.last)
    return first if first == last else f"{first} to {last}"


def why_refused(one: SeenBy) -> str:
    """Why they were refused, each reason once."""
    return "; ".join(dict.fromkeys(did.reason for did in one.did if did.reason))


def is_refused(one: SeenBy) -> bool:
    """Whether anything was refused."""
    return any(not did.allowed for did in one.did)


def _did(did: Did, refused: str = "was refused") -> str:
    whole = {WHOLE.get((did.what, page), "") for page, _ in did.pages} if did.allowed else {""}
    if "" not in whole:
        return words.listed(sorted(whole))
    verb = VERBS.get(did.what, "read") if did.allowed else refused
    pages = words.listed(list(_pages(did)))
    return f"{verb} {pages}{_times(did)}"


def _pages(did: Did) -> Iterator[str]:
    return iter(dict.fromkeys(page_words(page) for page, _ in did.pages))


def _times(did: Did) -> str:
    if did.number == len(list(_pages(did))):
        return ""
    return " twice" if did.number == TWICE else f" {did.number} times"


def relied_words(relied_on: str) -> str:
    """A relationship of the log in words: "as one of the team"; '' where it says nothing more."""
    return RELIED.get(relied_on, relied_on.replace("broken glass", "in an emergency"))


def did_once(look: Look) -> str:
    """What a single look was: "read the timeline"."""
    return _did(Did(look.what, look.allowed, ((look.page, 1),)))


def because(look: Look) -> str:
    """On what a single look relied."""
    return relied_words(look.relied_on)


def page_words(page: str) -> str:
    """A page of the log in words; of an act its title."""
    kind, _, name = page.partition(":")
    act = in_use().vocabulary.acts.get(name or kind)
    if act is not None and kind not in PAGES:
        return f"“{act.title}”"
    return PAGES.get(kind, f"the {kind.replace('-', ' ')}")
