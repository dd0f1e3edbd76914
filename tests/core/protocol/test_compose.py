"""A local protocol over a national one: one rule of a topic is due, the weaker is said, no conflict is settled by order."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.made_up_procedures import calendar, event, instant, unchecked, vocabulary

from cairn.core.engine.view import Procedures, derive
from cairn.core.protocol.check import check_protocol
from cairn.core.protocol.compose import compose
from cairn.core.protocol.versions import in_force_on


def duty(identity, within, topic="timescale", document="book", **more):
    lines = "".join(f"  {key}: {value}\n" for key, value in more.items())
    time = f"  within: {within}\n" if within else ""
    return (
        f"- id: {identity}\n  kind: duty\n  title: T\n  text: T.\n  topic: {topic}\n"
        f'  source: {{document: {document}, paragraph: "1"}}\n'
        f"  starts: referral.received\n{time}  met_by: assessment.approved\n  who: social worker\n{lines}"
    )


def gate(identity, topic="timescale"):
    return (
        f"- id: {identity}\n  kind: gate\n  title: T\n  text: T.\n  topic: {topic}\n"
        '  source: {document: book, paragraph: "1"}\n  before: assessment.approved\n'
        "  needs: [{event: child.seen, missing: Not seen}]\n"
    )


def made(name, rules, extends="", since="", more="", document="book"):
    head = (
        f"name: {name}\ntitle: {name}\ndocuments:\n  {document}: {{title: {document}, publisher: Nobody}}\n"
    )
    head += f"extends: {extends}\n" if extends else ""
    head += f"in_force_from: {since}\n" if since else ""
    return unchecked(rules, head + more)


NATIONAL = made("national", duty("n-assess", "10 working days") + duty("n-other", "1 day", "other"))


def local(rules, **more):
    return made("local", rules, extends="national", **more)


def ids(composition):
    return [rule.id for rule in composition.protocol.rules]


def test_a_local_rule_takes_the_place_of_the_national_rule_of_its_topic():
    found = compose(NATIONAL, local(duty("l-assess", "5 working days")))
    assert ids(found) == ["n-other", "l-assess"]
    assert [(one.local.id, one.national.id) for one in found.replaced] == [("l-assess", "n-assess")]
    assert (found.weaker, found.conflicts) == ((), ())
    assert found.protocol.name == "local"
    assert check_protocol(found.protocol, vocabulary()) == []


def test_only_one_of_them_is_due():
    found = compose(NATIONAL, local(duty("l-assess", "5 working days")))
    under = Procedures(vocabulary(), found.protocol, calendar())
    referral = event("r1", "referral.received", "2026-01-05T10:00")
    due = derive([referral], under, as_at=instant("2026-01-06")).duties
    assert [one.rule.id for one in due] == ["n-other", "l-assess"]


def test_a_rule_without_a_topic_or_of_another_kind_replaces_nothing():
    found = compose(NATIONAL, local(duty("l-assess", "5 days", topic="''") + gate("l-gate")))
    assert ids(found) == ["n-assess", "n-other", "l-assess", "l-gate"]
    assert found.replaced == ()


@pytest.mark.parametrize(
    ("own", "weaker"),
    [
        ("10 working days", False),
        ("11 working days", True),
        ("9 working days", False),
        # From a Saturday, ten working days end on a Friday: two weeks are a day longer.
        ("2 weeks", True),
        ("13 days", True),
        ("12 days", False),
        ("240 hours", False),
        ("1 month", True),
        ("", True),
    ],
)
def test_a_weaker_rule_is_said(own, weaker):
    found = compose(NATIONAL, local(duty("l-assess", own)))
    assert bool(found.weaker) is weaker
    assert found.protocol is not None


def test_a_weaker_rule_is_said_with_both_citations():
    (weaker,) = compose(NATIONAL, local(duty("l-assess", "15 days"))).weaker
    assert str(weaker) == "book, paragraph 1 gives 15 days; book, paragraph 1 gives 10 working days"
    (weaker,) = compose(NATIONAL, local(duty("l-assess", ""))).weaker
    assert str(weaker).startswith("book, paragraph 1 gives no figure;")


def test_where_the_nation_gives_no_figure_a_figure_is_not_weaker():
    national = made("national", duty("n-assess", ""))
    assert compose(national, local(duty("l-assess", "1 year"))).weaker == ()


def test_the_interval_between_visits_may_be_weaker_too():
    def visits(identity, every):
        return duty(identity, "5 days", every=every).replace("starts: referral.received", "during: plan")

    (weaker,) = compose(made("national", visits("n", "6 weeks")), local(visits("l", "2 months"))).weaker
    assert "5 days, then every 2 months" in str(weaker)


def test_until_the_local_rule_is_in_force_the_national_one_is():
    found = compose(NATIONAL, local(duty("l-assess", "5 days"), since="2026-02-01")).protocol
    assert found.in_force_from is None
    on = {
        day: {rule.id for rule in in_force_on(found, day).rules}
        for day in (date(2026, 1, 31), date(2026, 2, 1))
    }
    assert on == {date(2026, 1, 31): {"n-assess", "n-other"}, date(2026, 2, 1): {"n-other", "l-assess"}}


def test_a_national_version_that_would_begin_after_the_local_rule_is_dropped():
    versions = duty("n-assess", "10 days") + duty("n-assess", "20 days", in_force_from="2026-06-01")
    found = compose(
        made("national", versions), local(duty("l-assess", "5 days"), since="2026-02-01")
    ).protocol
    assert [(rule.id, rule.in_force_until) for rule in found.rules] == [
        ("n-assess", date(2026, 2, 1)),
        ("l-assess", None),
    ]


def test_national_rules_keep_their_own_first_day():
    national = made("national", duty("n-other", "1 day", "other"), since="2013-04-15")
    found = compose(national, local(duty("l-assess", "5 days"))).protocol
    stated = in_force_on(found, date(2012, 1, 1))
    assert [rule.id for rule in stated.rules] == ["l-assess"]
    assert [one.rule for one in stated.missing] == ["n-other"]


def test_a_local_rule_may_keep_the_id():
    found = compose(NATIONAL, local(duty("n-assess", "5 days")))
    assert found.conflicts == ()
    assert ids(found) == ["n-other", "n-assess"]


LETTER = "letters:\n  - {{id: told, title: {title}, to: family, subject: x, paragraphs: [x], source: {{document: book, paragraph: '1'}}, meets: [n-assess]}}\n"
CHART = (
    "flow_charts:\n  - id: way\n    title: {title}\n    source: {{document: book, paragraph: '1'}}\n    edges: []\n"
    "    nodes: [{{id: a, title: A, column: 1, reached_by: referral.received, duty: n-assess}}]\n"
)


class TestWhatComesAlong:
    NATIONAL = made(
        "national",
        duty("n-assess", "10 days") + duty("n-other", "1 day", "other"),
        more=LETTER.format(title="National")
        + CHART.format(title="National")
        + "contradictions:\n"
        + "  - {paragraphs: ['1'], about: x, carried_as: x, reason: x, rules: [n-assess]}\n"
        + "  - {paragraphs: ['2'], about: x, carried_as: x, reason: x, rules: [n-other]}\n",
    )

    def test_what_named_the_national_rule_names_the_local_one(self):
        found = compose(self.NATIONAL, local(duty("l-assess", "5 days"))).protocol
        assert found.letters[0].meets == ("l-assess",)
        assert found.flow_charts[0].nodes[0].duty == "l-assess"
        assert [one.paragraphs for one in found.contradictions] == [("2",)]
        assert check_protocol(found, vocabulary()) == []

    def test_a_local_letter_and_chart_take_the_place_of_the_national(self):
        own = LETTER.format(title="Local") + CHART.format(title="Local")
        found = compose(self.NATIONAL, local(duty("l-assess", "5 days"), more=own)).protocol
        assert [letter.title for letter in found.letters] == ["Local"]
        assert [chart.title for chart in found.flow_charts] == ["Local"]

    def test_without_an_overlay_it_is_the_protocol_itself(self):
        found = compose(self.NATIONAL).protocol
        assert [rule.id for rule in found.rules] == ["n-assess", "n-other"]
        assert compose(NATIONAL).protocol.flow_charts == ()


class TestConflicts:
    def conflicts(self, *overlays, base=NATIONAL):
        found = compose(base, *overlays)
        assert found.protocol is None
        return [str(one) for one in found.conflicts]

    def other(self, rules, **more):
        return made("other", rules, extends="national", **more)

    def test_two_overlays_that_set_one_topic(self):
        found = self.conflicts(local(duty("l", "5 days")), self.other(duty("o", "6 days")))
        assert found == ["the topic 'timescale': local (book, paragraph 1) and other (book, paragraph 1)"]

    def test_two_overlays_with_one_letter_or_a_chart_each(self):
        own = LETTER.format(title="A") + CHART.format(title="A")
        found = self.conflicts(local("  []\n", more=own), self.other("  []\n", more=own))
        assert found == ["the letter 'told': local and other", "the flow chart 'way': local and other"]

    def test_one_id_for_two_things(self):
        found = self.conflicts(local(duty("n-assess", "5 days", "something else")))
        assert found == ["the rule 'n-assess': national (book, paragraph 1) and local (book, paragraph 1)"]

    def test_one_short_name_for_two_documents(self):
        base = made("national", duty("n", "1 day"))
        clash = made("local", duty("l", "1 day")).model_copy(
            update={
                "extends": "national",
                "documents": {"book": base.documents["book"].model_copy(update={"note": "x"})},
            }
        )
        assert self.conflicts(clash, base=base) == [
            "the document 'book': national cites one and local another"
        ]

    def test_a_protocol_that_extends_another_or_none(self):
        assert self.conflicts(made("local", duty("l", "1 day"))) == [
            "what local extends: nothing and national"
        ]
        assert (
            self.conflicts(made("local", duty("l", "1 day"), extends="x"))[0]
            == "what local extends: x and national"
        )


def drifting(name, extends="", **months):
    lines = "".join(
        f'  - {{of: {kind}, after: {time}, text: T., source: {{document: book, paragraph: "1"}}}}\n'
        for kind, time in months.items()
    )
    return made(name, duty(f"{name}-assess", "5 days", name), extends=extends, more=f"drift:\n{lines}")


def test_drift_is_looked_for_when_the_local_protocol_says_and_else_when_the_national_one_does():
    national = drifting("national", episode="12 months", plan="6 months")
    (plan, episode) = compose(national, drifting("local", "national", plan="3 months")).protocol.drift[::-1]
    assert (str(plan.after), str(episode.after)) == ("3 months", "12 months")


def test_drift_is_counted_in_no_hours_nor_working_days():
    with pytest.raises(ValueError, match="drift is counted in"):
        drifting("national", plan="10 working days")
