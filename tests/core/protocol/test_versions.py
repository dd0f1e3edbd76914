"""Which version of a rule is in force on a day, and what is said of a day without one."""

from __future__ import annotations

from datetime import date

from tests.core.made_up_procedures import HEAD, protocol

from cairn.core.protocol.versions import in_force_on, version_on

RULE = """
- id: RULE
  kind: next step
  title: T
  text: T.
  source: {document: book, paragraph: "1"}
  after: referral.received
"""


def rule(identity="one", **more):
    return (
        RULE.replace("RULE", identity).rstrip()
        + "".join(f"\n  {key}: {value}" for key, value in more.items())
        + "\n"
    )


def on(rules, day, head=HEAD):
    return in_force_on(protocol(rules, head), date.fromisoformat(day))


def test_a_rule_without_a_day_is_in_force_from_the_calendars_first_day():
    assert [one.id for one in on(rule(), "1900-01-01").rules] == ["one"]


def test_the_latest_that_has_begun_whatever_the_order_of_the_file():
    rules = rule(in_force_from="2020-01-01", note="newer") + rule(note="older")
    assert on(rules, "2019-12-31").rules[0].note == "older"
    assert on(rules, "2020-01-01").rules[0].note == "newer"
    assert protocol(rules).rule("one").note == "newer"
    assert protocol(rules).rule("two") is None


def test_a_day_before_the_first_is_stated():
    found = on(rule(in_force_from="2020-01-01"), "2019-12-31")
    assert found.rules == ()
    assert [str(one) for one in found.missing] == [
        "the rule in force on 31 December 2019 (the protocol has one only from 1 January 2020)"
    ]


def test_so_is_a_day_before_the_protocol():
    head = HEAD + "in_force_from: 2013-04-15\n"
    assert len(on(rule(), "2013-04-14", head).missing) == 1
    assert len(on(rule(), "2013-04-15", head).rules) == 1


def test_what_was_introduced_had_nothing_before_it():
    found = on(rule(in_force_from="2020-01-01", introduced="true"), "2019-12-31")
    assert (found.rules, found.missing) == ((), ())


def test_what_was_in_force_until_a_day_is_not_on_that_day():
    rules = rule(in_force_until="2020-01-01")
    assert len(on(rules, "2019-12-31").rules) == 1
    found = on(rules, "2020-01-01")
    assert (found.rules, found.missing) == ((), ())


def test_a_version_after_a_gap():
    rules = rule(in_force_until="2020-01-01") + rule(in_force_from="2021-01-01")
    versions = protocol(rules).next_steps["one"]
    days = [date(2019, 1, 1), date(2020, 6, 1), date(2021, 1, 1)]
    assert [version_on(versions, day) is not None for day in days] == [True, False, True]
