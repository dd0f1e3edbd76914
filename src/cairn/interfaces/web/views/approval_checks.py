"""What is missing before an assessment is signed, first; what can follow; and what is met, last."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.application.actors import Actor
from cairn.application.approving import ToSign
from cairn.application.assessing import named
from cairn.application.doing import may_do
from cairn.core.assessing.sections import Lack
from cairn.core.engine.four_eyes import OWN_WORK
from cairn.core.engine.gates import NeedJudged
from cairn.core.protocol.model import Gate, Source
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.decision_frame import past
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.refusals import source_words

MISSING, YOURS, FOLLOWS, MET = "Missing", "For you to do", "Can follow", "Met"
NOT_SEEN = "record-not-seen"
LATE = "late_reason"
MOST_NAMED = 4


def check_list(actor: Actor, it: ToSign) -> c.CheckList:
    """Every check of the manager's page: missing, theirs to do, can follow, met."""
    rows = [*_own(it), *_late(actor, it), *_needs(actor, it), *_lacking(it), *_yours(it), *_follows(it)]
    order = (MISSING, YOURS, FOLLOWS, MET)
    return c.CheckList(rows=tuple(sorted(rows, key=lambda row: order.index(_group(row)))))


def _group(row: c.CheckRow) -> str:
    return row.mark.word if row.mark.word in (MISSING, YOURS, FOLLOWS) else MET


def missing_tag(checks: c.CheckList) -> Mark:
    """How much is missing, beside the heading."""
    number = sum(row.mark.word == MISSING for row in checks.rows)
    if number:
        return Mark("gap", f"{number} missing, and your decision")
    return Mark("to_come", "Only your decision", tone="info")


def _own(it: ToSign) -> Iterator[c.CheckRow]:
    if it.is_own:
        yield c.CheckRow(Mark("gap", MISSING), "Somebody else has to sign it", f"{OWN_WORK}.")
    else:
        yield c.CheckRow(
            Mark("done", MET), "You did not write any part of it", "Nobody approves their own work."
        )


def _late(actor: Actor, it: ToSign) -> Iterator[c.CheckRow]:
    for duty in it.overdue:
        departure = duty.rule.departure
        if departure and actor.role in departure.by:
            where = _where(departure.source)
            text = f"Its time ran out ({where}). The date stays, and so does the lateness; the reason stands beside it."
            link = c.Link("Give the reason", f"#{LATE}")
            yield c.CheckRow(Mark("gap", MISSING), "The reason why it took longer", text, link)
            return


def _needs(actor: Actor, it: ToSign) -> Iterator[c.CheckRow]:
    for one in it.needs:
        if one.departed:
            yield c.CheckRow(
                Mark("part", "Departed from"),
                one.gate.title,
                f"A reason is recorded ({_where(one.gate.source)}).",
            )
        elif one.answer.truth == "yes" and all(
            other.answer.truth == "yes" for other in it.needs if other.gate.id == one.gate.id
        ):
            yield c.CheckRow(Mark("done", MET), one.gate.title, _met(one, it))
        elif one.answer.truth != "yes":
            yield _missing(actor, one, it)


def _met(one: NeedJudged, it: ToSign) -> str:
    where = _where(one.gate.source)
    if one.need.function and "seen" in one.need.function and it.facts.seen:
        last = it.facts.seen[-1]
        return f"Last on {words.moment_words(last.happened_at)}, recorded by {last.author.name} ({where})."
    return f"{one.gate.text} ({where})"


def _missing(actor: Actor, one: NeedJudged, it: ToSign) -> c.CheckRow:
    unknown = (
        f" Not known: {it.view.world.words(one.answer.missing)}." if one.answer.truth == "unknown" else ""
    )
    text = f"{one.gate.text} ({_where(one.gate.source)}){unknown}"
    return c.CheckRow(Mark("gap", MISSING), one.need.missing, text, _remedy(actor, one.gate, it))


def _remedy(actor: Actor, gate: Gate, it: ToSign) -> c.Link | None:
    if gate.departure and actor.role in gate.departure.by:
        return c.Link("Record why you go on without it", f"#{past(gate.id)}", gate.title)
    if "seen" in gate.topic and may_do(actor, NOT_SEEN):
        record = it.page.identity.record
        return c.Link("Record that you agreed", act_address(record, NOT_SEEN), gate.title)
    return None


def _lacking(it: ToSign) -> Iterator[c.CheckRow]:
    """Sections that are not completed, in one line: of an assessment cut short they are left out by choice (4.6)."""
    sections = [one for one in it.lacks if one.blocks]
    if sections:
        named = words.listed([_name(one, it) for one in sections[:MOST_NAMED]])
        more = f" and {len(sections) - MOST_NAMED} more" if len(sections) > MOST_NAMED else ""
        title = words.counted(len(sections), "section is not completed", "sections are not completed")
        short = bool(str(it.submitted.data.get("synopsis") or "").strip())
        mark = Mark("no", FOLLOWS) if short else Mark("gap", MISSING)
        why = " It was cut short, and says why (4.7)." if short else ""
        yield c.CheckRow(mark, title, f"{named}{more}.{why}", c.Link("Read it", "#whole"))
    for one in it.lacks:
        if not one.blocks and "has not answered" not in one.what:
            yield c.CheckRow(Mark("gap", MISSING), one.what, f"Paragraph {one.paragraph}.")


def _name(lack: Lack, it: ToSign) -> str:
    """The section's title alone: some titles hold a colon themselves."""
    section = it.form.section(lack.section) if it.form else None
    return named(section.title if section else lack.what, it.page.identity.name)


def _yours(it: ToSign) -> Iterator[c.CheckRow]:
    if not it.is_own:
        yield c.CheckRow(
            Mark("to_come", YOURS, tone="info"),
            "Your decision and reasons, with your name and date",
            "Paragraph 4.20.",
            c.Link("Go to decision", "#decide"),
        )


def _follows(it: ToSign) -> Iterator[c.CheckRow]:
    for check in it.facts.unanswered:
        asked = words.listed([words.day_words(one.happened_at.day) for one in check.asked])
        yield c.CheckRow(
            Mark("waits", FOLLOWS), f"The answer of {check.name or check.agency}", f"Asked on {asked}."
        )


def _where(source: Source) -> str:
    return source_words(source)
