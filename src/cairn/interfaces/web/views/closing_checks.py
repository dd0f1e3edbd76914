"""What has to be in order before a case closes, line by line: missing first, each with its paragraph and the act that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.closing import PROPOSE, SIGNATURE, ClosingPage, ToClose
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.core.closing.stage import Closing, Dissent
from cairn.core.engine.four_eyes import OWN_WORK
from cairn.core.engine.gates import NeedJudged
from cairn.core.planning.plans import Action
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.decision_frame import past
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.refusals import source_words

MISSING, YOURS, WAITS, THERE, DEPARTED = "Missing", "For you to do", "Waiting", "There", "Departed from"
ANSWER = "answer-dissent"
ORDER = (MISSING, YOURS, WAITS, DEPARTED, THERE)


def check_list(actor: Actor, it: ClosingPage) -> c.CheckList:
    """The checks of the page on closing: of the rules that stand before it, whoever they are for."""
    rows = [_need(actor, it, one) for one in _once(it.needs)]
    return c.CheckList(rows=_ordered(rows))


def beside_list(actor: Actor, it: ClosingPage) -> c.CheckList:
    """What is missing besides what the summary itself says."""
    outside = [one for one in it.needs if one.need.act != PROPOSE and not _is_there(one)]
    return c.CheckList(rows=tuple(_need(actor, it, one) for one in _once(outside)))


def manager_list(actor: Actor, it: ToClose) -> c.CheckList:
    """The checks of the manager's page: the same, and that somebody else wrote the summary."""
    if it.is_own:
        own = c.CheckRow(Mark("gap", MISSING), "Somebody else has to sign it", f"{OWN_WORK}.")
    else:
        own = c.CheckRow(
            Mark("done", THERE), "You did not write the summary", "Nobody approves their own work."
        )
    yours = c.CheckRow(
        Mark("to_come", YOURS, tone="info"),
        "Your audit, and whose involvement ends",
        "Paragraph 10.10.",
        c.Link("Go to your decision", "#decide"),
    )
    rows = [own, *(_for_manager(actor, it, one) for one in _once(it.needs)), *(() if it.is_own else (yours,))]
    return c.CheckList(rows=_ordered(rows))


def missing_tag(checks: c.CheckList) -> Mark:
    """How much is missing, beside the heading."""
    number = sum(row.mark.word == MISSING for row in checks.rows)
    return Mark("gap", f"{number} missing") if number else Mark("done", "Nothing is missing")


def _ordered(rows: Iterable[c.CheckRow]) -> tuple[c.CheckRow, ...]:
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.mark.word)))


def _once(needs: Sequence[NeedJudged]) -> Iterator[NeedJudged]:
    """Each thing that is missing, and each rule once of which nothing is."""
    lacking = {one.gate.id for one in needs if not _is_there(one)}
    seen: set[str] = set()
    for one in needs:
        key = one.gate.id if _is_there(one) else one.need.function or one.need.missing
        if key not in seen and not (_is_there(one) and one.gate.id in lacking):
            seen.add(key)
            yield one


def _need(actor: Actor, it: ClosingPage, one: NeedJudged) -> c.CheckRow:
    if one.need.function == SIGNATURE and it.waits is not None:
        by = it.waits.proposed.author.name
        when = words.moment_words(it.waits.proposed.happened_at)
        text = f"{by} handed it in, {when}. It waits for a manager ({_where(one)})."
        decide = _decide(actor, it, it.waits)
        mark = Mark("to_come", YOURS, tone="info") if decide else Mark("waits", WAITS)
        return c.CheckRow(mark, "A manager signs it", text, decide)
    if _is_there(one):
        return _met(one)
    link = _mend(actor, it.page.identity.record, it.referral.id if it.referral else "", one, waits=it.waits)
    return c.CheckRow(
        Mark("gap", MISSING), one.need.missing, _said(it.page.view.world.words, one, it.actions), link
    )


def _decide(actor: Actor, it: ClosingPage, waits: Closing) -> c.Link | None:
    if not may_do(actor, "sign-closure"):
        return None
    href = f"{act_address(it.page.identity.record, 'sign-closure')}?strand={waits.id}"
    return c.Link("Read and decide it", href)


def _for_manager(actor: Actor, it: ToClose, one: NeedJudged) -> c.CheckRow:
    if _is_there(one):
        return _met(one)
    record, referral = it.page.identity.record, it.closing.strand.path[0]
    link = _mend(actor, record, referral, one, waits=it.closing)
    if one.gate.departure and actor.role in one.gate.departure.by:
        link = c.Link("Record why you go on without it", f"#{past(one.gate.id)}", one.gate.title)
    return c.CheckRow(Mark("gap", MISSING), one.need.missing, _said(it.page.view.world.words, one, ()), link)


def _is_there(one: NeedJudged) -> bool:
    return one.departed or one.answer.truth == "yes"


def _met(one: NeedJudged) -> c.CheckRow:
    title = one.gate.title
    if one.departed:
        return c.CheckRow(Mark("part", DEPARTED), title, f"A reason is recorded ({_where(one)}).")
    return c.CheckRow(Mark("done", THERE), title, f"{_where(one).capitalize()}.")


def _said(in_plain: Callable[[str], str], one: NeedJudged, actions: Iterable[Action]) -> str:
    unknown = f" Not known: {in_plain(one.answer.missing)}." if one.answer.truth == "unknown" else ""
    named = "; ".join(f"{each.key}: {each.what}" for each in actions) if _is_of_actions(one) else ""
    return " ".join(filter(None, (f"{one.gate.title} ({_where(one)}).{unknown}", named)))


def _is_of_actions(one: NeedJudged) -> bool:
    return one.need.act == "record-progress"


def _mend(
    actor: Actor, record: UUID, referral: str, one: NeedJudged, *, waits: Closing | None
) -> c.Link | None:
    """The act by which what is missing comes to be there; of a summary that a manager has, nothing is changed any more."""
    act = one.need.act
    if act == ANSWER:
        return c.Link("See who disagrees", reverse("disagreements", args=[record]))
    if not act or not may_do(actor, act) or (act == PROPOSE and waits is not None):
        return None
    verb = in_use().vocabulary.acts[act].verb
    query = f"?strand={referral}" if act == PROPOSE and referral else ""
    return c.Link(verb, f"{act_address(record, act)}{query}", f": {one.need.missing}")


def _where(one: NeedJudged) -> str:
    return source_words(one.gate.source)


def dissent_row(found: Dissent) -> dict[str, object]:
    """Somebody's disagreement, with what they were answered."""
    event = found.event
    return {
        "id": event.id,
        "whose": str(event.data.get("whose") or "Somebody"),
        "about": str(event.data.get("about") or ""),
        "text": str(event.data.get("text") or ""),
        "when": words.moment_words(event.happened_at),
        "by": event.author.name,
        "answers": [
            {
                "text": str(one.data.get("text") or ""),
                "how": {"written": "In writing", "telephone": "By telephone", "in_person": "In person"}.get(
                    str(one.data.get("how")), ""
                ),
                "when": words.moment_words(one.happened_at),
                "by": one.author.name,
            }
            for one in found.answers
        ],
        "reply": str(event.data.get("reply") or ""),
        "is_answered": found.is_answered,
        "mark": Mark("done", "Answered in writing")
        if found.is_answered
        else Mark("gap", "No written answer"),
    }
