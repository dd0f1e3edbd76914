"""Why is this due? The rule with its paragraph, the entry that started the clock, and the days counted."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse
from tests.cases import record as do
from tests.interfaces.web.views.children import (
    DECISION,
    allocated,
    decided,
    due_key,
    event,
    later,
    looks,
    main,
    referral,
)


def why(people, name, child, provision, **query):
    return people.client(name).get(reverse("why", args=[child, due_key(child, provision)]), query)


def test_working_days_are_drawn_and_added_up(people):
    child = allocated(people)
    page = main(why(people, "Priya Shah", child, "assessment-complete"))
    assert "Why is this due by 7 December 2026?" in page
    assert "within <strong>10 working days</strong>" in page
    assert "Today is day 0: <strong>10 working days are left.</strong>" in page
    assert "Complete the assessment" in page
    assert "Child in Need Procedures, paragraph 4.19" in page
    assert "How the 10 working days are counted" in page
    assert '<td class="end"><b>10<span class="govuk-visually-hidden">, due</span></b>7</td>' in page
    assert "Less 2 weekends, Saturdays and Sundays" in page
    assert "− 4" in page
    assert "Referral received, Monday 23 November 2026, 10:12am." in page
    assert reverse("entry", args=[child, event(child, "referral.received").id]) in page
    assert reverse("correct", args=[child, event(child, "referral.received").id]) in page


def test_another_reading_of_the_source_is_shown_with_its_own_date(people):
    child = allocated(people)
    page = main(why(people, "Priya Shah", child, "assessment-complete"))
    assert "Paragraph 4.5 says 10 days: <strong>3 December 2026</strong>" in page
    overview = main(people.client("Priya Shah").get(reverse("child", args=[child])))
    assert "or 3 December 2026 on 4.5’s 10 days" in overview


def test_paragraphs_that_differ_are_said_to_differ(people):
    child = referral(people)
    page = main(why(people, "Martin Oyelaran", child, "referral-response-decision"))
    assert "The two paragraphs lay different duties on different people" in page
    assert reverse("procedures") + "#contradictions" in page


def test_hours_are_added_up_day_by_day(people):
    page = main(why(people, "Martin Oyelaran", referral(people), "referral-assess-or-not"))
    assert "Why is this due by 24 November 2026, 10:12am?" in page
    assert "Hours are counted from that minute, through nights, weekends and bank holidays." in page
    assert "Monday 23 November 2026, 10:12am to midnight" in page
    assert "<td>13:48</td>" in page
    assert "<td>10:12</td>" in page
    assert "<td>24</td>" in page


def test_what_was_done_late_says_by_how_much_for_good(people, clock):
    child = referral(people)
    later(clock, days=3)
    do(people, ("Martin Oyelaran", "decide-referral", DECISION), on=child)
    page = main(why(people, "Martin Oyelaran", child, "referral-response-decision"))
    assert "Why was this due by 24 November 2026?" in page
    assert "<strong>2 working days late</strong>. That stays on the record." in page
    hours = main(why(people, "Martin Oyelaran", child, "referral-assess-or-not"))
    assert "<strong>48 hours late</strong>" in hours
    chart = main(people.client("Martin Oyelaran").get(reverse("child", args=[child])))
    assert "26 November 2026, 2 working days late" in chart
    assert "Done late" in chart


def test_what_was_done_in_time_says_so(people):
    page = main(why(people, "Martin Oyelaran", decided(people), "referral-response-decision"))
    assert "<strong>on time</strong>" in page


def test_a_duty_without_a_figure_borrows_none(people):
    page = main(why(people, "Priya Shah", allocated(people), "see-child-as-soon-as-possible"))
    assert "It gives no figure, so no date is set and none is borrowed." in page
    assert "c-cal" not in page


def test_what_cannot_be_told_names_the_missing_fact(people, clock):
    child = referral(people)
    later(clock, days=1)
    do(people, ("Martin Oyelaran", "decide-referral", DECISION), on=child)
    decision = event(child, "referral.decided")
    form = {
        "outcome": DECISION["outcome"],
        **{name: value for name, value in DECISION.items() if isinstance(value, str)},
        "no_siblings": "yes",
        "when-happened-day": "24",
        "when-happened-month": "11",
        "when-happened-year": "2026",
        "mend-reason": "The hour was guessed.",
    }
    client = people.client("Martin Oyelaran")
    assert client.post(reverse("correct", args=[child, decision.id]), form).status_code == 302
    page = main(why(people, "Martin Oyelaran", child, "referral-assess-or-not"))
    assert "Why can this not be told?" in page
    assert "the hour, which was not recorded" in page


def test_a_departure_is_told_with_its_reason_and_moves_nothing(people):
    child = allocated(people)
    do(
        people,
        (
            "Joanne Whitlock",
            "record-departure",
            {"provision": "assessment-complete", "reason": "The family is away."},
        ),
        on=child,
    )
    page = main(why(people, "Priya Shah", child, "assessment-complete"))
    assert "Going past the date was agreed by Joanne Whitlock, team manager" in page
    assert "The family is away" in page
    assert "by <strong>7 December 2026</strong>" in page
    overview = main(people.client("Priya Shah").get(reverse("child", args=[child])))
    assert "The family is away." in overview


def test_who_may_go_past_the_date_is_offered_it_and_nobody_else(people):
    child = allocated(people)
    offer = "Give the reason for going past it"
    page = main(why(people, "Joanne Whitlock", child, "assessment-complete"))
    assert offer in page
    assert quote(due_key(child, "assessment-complete"), safe="") in page.partition(offer)[0]
    for name in ("Priya Shah", "Dilys Penhale"):
        assert offer not in main(why(people, name, child, "assessment-complete"))


def test_it_explains_the_date_as_it_stood_on_another_day(people, clock):
    child = referral(people)
    later(clock, days=3)
    then = main(why(people, "Martin Oyelaran", child, "referral-response-decision", on="2026-11-23"))
    assert "1 working day is left" in then
    now = main(why(people, "Martin Oyelaran", child, "referral-response-decision"))
    assert "2 working days overdue" in now


def test_it_is_logged_and_refused_to_another_team(people):
    child = allocated(people)
    assert why(people, "Priya Shah", child, "assessment-complete").status_code == 200
    assert looks(child)[0] == ("why", "view", True)
    assert why(people, "Rosa Quill", child, "assessment-complete").status_code == 403
    assert looks(child)[0] == ("why", "refused", False)


def test_a_key_of_nothing_is_not_found_and_a_post_is_not_taken(people):
    child = referral(people)
    client = people.client("Martin Oyelaran")
    assert client.get(reverse("why", args=[child, "nothing:1"])).status_code == 404
    assert client.post(reverse("why", args=[child, "nothing:1"])).status_code == 405


def test_every_rule_has_a_page_and_the_index_leads_to_each(people):
    from cairn.application.procedures import in_use  # noqa: PLC0415 - the procedures in use, whichever they are

    client = people.client("Priya Shah")
    index = main(client.get(reverse("procedures")))
    for rule in in_use().protocol.rules:
        assert reverse("provision", args=[rule.id]) in index, rule.id
        page = client.get(reverse("provision", args=[rule.id]))
        assert page.status_code == 200, rule.id
        assert f"paragraph {rule.source.paragraph}" in main(page)
    assert "Where the procedures contradict themselves" in index
    assert client.get(reverse("provision", args=["no-such-rule"])).status_code == 404
