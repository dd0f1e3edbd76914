"""Why something is due when it is: the answer in a sentence, the rule, the clock, who, what ends it, and the days counted."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.doing import may_do
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.duties import DutyView
from cairn.core.protocol.model import Contradiction, Duty, EventPattern
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.drawing.day_count import count_calendar, sum_rows
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.hours import hours_sum
from cairn.interfaces.web.views.provisions import document_title, in_words, roles_in_words
from cairn.interfaces.web.views.times import ReadAt
from cairn.interfaces.web.views.why_words import answer, question

LONGEST_DRAWN = 200
OF_A_TEAM = frozenset({"team manager", "duty manager", "social worker", "consultant social worker"})


def why_panel(actor: Actor, found: ChildPage, duty: DutyView, at: ReadAt) -> c.WhyPanel:
    """The panel for one duty, as the record stands at the time it is read at. Looking back, it offers no act."""
    rule = duty.rule
    drawn = (
        duty.deadline is not None and (duty.deadline.due_day - duty.deadline.start.day).days <= LONGEST_DRAWN
    )
    return c.WhyPanel(
        question=question(duty),
        answer=answer(found, duty),
        rule=rule.text,
        source=f"{document_title(rule.source.document)}, paragraph {rule.source.paragraph}",
        rule_more=_rule_more(rule),
        started=_started(found, duty, at),
        who=_who(found, rule),
        ends=_ends(found, duty, at),
        may_extend=_may_extend(actor, found, duty, at),
        other_rules=_other_readings(found, duty),
        calendar=_calendar(found, duty) if drawn else None,
        sum=sum_rows(duty.deadline.sum) or hours_sum(duty.deadline) if duty.deadline else (),
        sum_note=_sum_note(duty),
        wrong=() if at.on else tuple(_wrong(actor, found, duty)),
    )


def _rule_more(rule: Duty) -> c.WhyAnswer:
    since = f"In force since {words.day_words(rule.in_force_from)}." if rule.in_force_from else ""
    read = c.Link("Read the rule", reverse("provision", args=[rule.id]), hidden=f": {rule.title}")
    return c.WhyAnswer("", small=since, links=(read,))


def _started(found: ChildPage, duty: DutyView, at: ReadAt) -> c.WhyAnswer:
    event = duty.started_by
    title = found.view.procedures.vocabulary.events[event.type].title
    link = c.Link("Open the entry", reverse("entry", args=[found.identity.record, event.id]) + at.query)
    recorded = (
        f"Recorded by {event.author.name}, {event.author.role}, {words.moment_words(event.recorded_at)}."
    )
    return c.WhyAnswer(f"{title}, {_weekday(event.happened_at)}.", f"{recorded}{_day_nought(duty)}", (link,))


def _weekday(at: Moment) -> str:
    return f"{words.WEEKDAYS[at.day.weekday()]} {words.moment_words(at)}"


def _day_nought(duty: DutyView) -> str:
    if duty.deadline is None:
        return ""
    if duty.deadline.within.in_hours:
        return " Hours are counted from that minute, through nights, weekends and bank holidays."
    counted = [day for day in duty.deadline.counted_days() if day.count == 1]
    begins = f", so counting starts on {words.weekday_words(counted[0].day)}" if counted else ""
    return f" That day is day 0{begins}."


def _who(found: ChildPage, rule: Duty) -> c.WhyAnswer:
    worker, team = found.identity.worker, found.identity.team
    who = roles_in_words((rule.who,))
    if worker and "worker" in rule.who:
        return c.WhyAnswer(f"**{worker}**, who works with the child ({who}).")
    return c.WhyAnswer(f"The {who} of {team}." if team and rule.who in OF_A_TEAM else f"The {who}.")


def _ends(found: ChildPage, duty: DutyView, at: ReadAt) -> c.WhyAnswer:
    done = in_words(duty.rule.met_by)
    over = [pattern for pattern in duty.rule.ends if not _is_met(pattern, duty.rule)]
    other = f"It is no longer due after: {in_words(over)}." if over else ""
    links: tuple[c.Link, ...] = ()
    for event, text in ((duty.met_by, "Open what met it"), (duty.ended_by, "Open what ended it")):
        if event is not None:
            links = (
                *links,
                c.Link(text, reverse("entry", args=[found.identity.record, event.id]) + at.query),
            )
    return c.WhyAnswer(f"It is done when this is on the record: {done}.", other, links)


def _is_met(pattern: EventPattern, rule: Duty) -> bool:
    return any(pattern.event == met.event for met in rule.met_by)


def _may_extend(actor: Actor, found: ChildPage, duty: DutyView, at: ReadAt) -> c.WhyAnswer:
    departure = duty.rule.departure
    if departure is None:
        return c.WhyAnswer("Nobody can move the date, and the procedures name nobody who may go past it.")
    by = roles_in_words(departure.by, "or")
    if departure.moves_date:
        text = f"The **{by}** may agree a new date before this one has passed, and must record the reasons (paragraph {departure.source.paragraph})."
    else:
        text = (
            f"Nobody can move the date. The **{by}** may agree to go past it and must record the reasons "
            f"(paragraph {departure.source.paragraph}). The record will still say how late it was."
        )
    may = not at.on and duty.is_open and actor.role in departure.by and may_do(actor, "record-departure")
    address = reverse("act", args=[found.identity.record, "record-departure"])
    ask = c.Link("Give the reason for going past it", f"{address}?{urlencode({'duty': duty.key})}")
    return c.WhyAnswer(text, links=(ask,) if may else ())


def _other_readings(found: ChildPage, duty: DutyView) -> c.WhyAnswer:
    told = [
        f"Paragraph {one.source.paragraph} says {one.within}: **{due_date(one.due)}**." for one in duty.also
    ]
    touching = contradictions(found, duty.rule.id)
    told += [f"{one.about.rstrip('.')}. {one.reason.rstrip('.')}." for one in touching]
    if not told:
        return c.WhyAnswer("No other paragraph of these procedures sets another date.")
    links = (c.Link("Every place where the procedures differ", f"{reverse('procedures')}#contradictions"),)
    return c.WhyAnswer(" ".join(told), links=links if touching else ())


def contradictions(found: ChildPage, rule: str) -> list[Contradiction]:
    """The places where the procedures contradict themselves that touch a rule."""
    return [one for one in found.view.procedures.protocol.contradictions if rule in one.rules]


def _calendar(found: ChildPage, duty: DutyView) -> c.CountCalendar | None:
    if duty.deadline is None:
        return None
    today = found.as_at.astimezone(LONDON).date() if duty.is_open else date.min
    days = str(duty.deadline.within)
    return count_calendar(f"How the {days} are counted", duty.deadline.counted_days(), today)


def _sum_note(duty: DutyView) -> str:
    if duty.deadline is None or not duty.deadline.within.in_working_days:
        return ""
    note = f"Bank holidays: England and Wales, as announced by {words.day_words(duty.deadline.known_on)}."
    return (
        f"{note} Provisional: some of these years’ holidays are not announced yet."
        if duty.deadline.provisional
        else note
    )


def _wrong(actor: Actor, found: ChildPage, duty: DutyView) -> list[c.Link]:
    links = []
    if may_do(actor, "correct-entry"):
        title = found.view.procedures.vocabulary.events[duty.started_by.type].title
        address = reverse("correct", args=[found.identity.record, duty.started_by.id])
        links.append(c.Link(f"Correct the entry “{title}”", address))
    return [*links, c.Link("tell us that the rule is wrong", reverse("help-problem"))]
