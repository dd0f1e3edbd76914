"""Every date explains itself: the provision, what started the clock, the sum, and what became of it."""

from __future__ import annotations

from tests.core.made_up_procedures import event, view, vocabulary

from cairn.core.engine.explain import explain

RULES = """
- id: decide
  kind: duty
  title: Decide
  text: Decide what to do.
  source: {document: book, paragraph: "1.1"}
  starts: referral.received
  within: 10 working days
  also: [{within: 5 working days, source: {document: book, paragraph: "1.9"}}]
  met_by: referral.decided
  who: team manager
  departure: {by: [team manager], source: {document: book, paragraph: "1.2"}, moves_date: true}
"""
R1 = event("r1", "referral.received", "2025-12-24T16:45")
START = "The clock started with: Referral received, 24 December 2025, 4:45pm."


def decided(at):
    return event("d1", "referral.decided", at, {"outcome": ["advice"]}, strand="r1")


def said(*events, rules=RULES, as_at="2025-12-29"):
    (duty,) = view(rules, *(events or (R1,)), as_at=as_at).duties
    return explain(duty, vocabulary())


def test_the_provision_the_start_the_sum_and_the_other_figure():
    assert said() == (
        f"Decide what to do (book, paragraph 1.1). {START} "
        "10 working days from 24 December 2025 (day 0), passing over 3 weekends, Christmas Day "
        "(25 December 2025), Boxing Day (26 December 2025) and New Year's Day (1 January 2026): 12 January 2026. "
        "Or 5 January 2026 on the 5 working days of paragraph 1.9."
    )


def test_what_became_of_it():
    assert said(R1, decided("2025-12-29T10:00")).endswith(" Done, 29 December 2025, 10am.")
    assert said(R1, decided("2026-02-02T10:00"), as_at="2026-03-01").endswith(
        " Done late, 2 February 2026, 10am."
    )
    closed = event("x1", "case.closed", "2025-12-29", strand="r1")
    assert said(R1, closed).endswith(" It no longer applies, since 29 December 2025.")
    late = event("x1", "case.closed", "2026-02-02", strand="r1")
    assert said(R1, late, as_at="2026-03-01").endswith(
        " It ended without being done in time, since 2 February 2026."
    )


def departed(**data):
    given = {"provision": "decide", "reason": "The family is away.", **data}
    return event("x1", "departure.recorded", "2025-12-27T10:00", given, strand="r1", role="team manager")


def test_a_departure_with_its_reason_and_a_date_that_was_moved():
    words = "by A Worker, team manager, 27 December 2025, 10am: The family is away."
    assert said(R1, departed()).endswith(f" Departed from {words}")
    assert said(R1, departed(new_date="2026-02-02")).endswith(
        f" The date was moved to 2 February 2026 {words}"
    )


def test_what_cannot_be_told():
    rules = RULES.replace(
        "starts: referral.received", "starts: {event: referral.received, where: {urgent: [true]}}"
    )
    assert said(rules=rules).endswith(
        " It cannot be told: not known is “Is it urgent?” (Referral received, 24 December 2025)."
    )


def test_no_figure():
    rules = RULES.replace("  within: 10 working days\n", "  pace: as soon as may be.\n")
    rules = rules[: rules.index("  also:")] + rules[rules.index("  met_by:") :]
    assert said(rules=rules) == (
        f"Decide what to do (book, paragraph 1.1). {START} The paragraph says: as soon as may be. "
        "It gives no figure, so no date is set."
    )
    assert "The paragraph says" not in said(rules=rules.replace("  pace: as soon as may be.\n", ""))


def test_no_rule_in_force_is_not_said_to_be_no_figure():
    said_of_it = said(rules=RULES.replace("  within:", "  in_force_from: 2026-01-01\n  within:"))
    assert said_of_it.startswith(f"Decide what to do (book, paragraph 1.1). {START} It cannot be told")
    assert "no figure" not in said_of_it


def test_another_paragraph_with_the_same_figure():
    assert "Paragraph 1.9 gives the same." in said(rules=RULES.replace("5 working days", "10 working days"))


def test_a_duty_that_repeats_without_a_figure_for_the_rest_says_what_began_it():
    repeats = RULES.replace("starts: referral.received", "during: referral").replace(
        "within: 10 working days", "within: 10 working days\n  pace: as agreed"
    )
    found = view(repeats, R1, decided("2025-12-29T10:00"), as_at="2026-01-05").duties
    assert explain(found[1], vocabulary()).startswith(
        "Decide what to do (book, paragraph 1.1). The clock started with: Decision on the referral, 29 December 2025, 10am."
    )


def test_another_figure_that_comes_to_the_same_day_says_so():
    same = RULES.replace("also: [{within: 5 working days", "also: [{within: 10 working days")
    assert "Paragraph 1.9 gives the same." in said(rules=same)
    assert "Paragraph 1.9 gives the same." not in said()
