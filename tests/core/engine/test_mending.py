"""A correction or withdrawal is taken only where what it names is there and what it leaves could have been."""

from __future__ import annotations

from tests.core.made_up_procedures import correct, event, view, withdraw

from cairn.core.engine.view import gates

RULES = """
- id: decide
  kind: duty
  title: Decide
  text: Decide.
  source: {document: book, paragraph: "1.1"}
  starts: referral.received
  within: 1 working day
  met_by: referral.decided
  who: team manager
"""
R1 = event("r1", "referral.received", "2026-01-05T10:00", {"source": "school"})
D1 = event("d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["advice"]}, strand="r1")
NOW = "2026-01-09T10:00"


def refused(candidate):
    return [(one.code, one.field, one.missing) for one in gates(view(RULES, R1, D1), candidate)]


def test_what_could_have_been_recorded_at_first_is_taken():
    assert refused(correct("c1", "r1", NOW, {"source": "police"}, at="2026-01-04T10:00")) == []
    assert refused(withdraw("w1", "d1", NOW)) == []


def test_what_is_not_on_the_record_can_be_neither_corrected_nor_withdrawn():
    expected = "no event has the id 'zz'; expected the id of an event of this record"
    assert refused(correct("c1", "zz", NOW)) == [("impossible", "corrects", expected)]
    assert refused(withdraw("w1", "zz", NOW)) == [("impossible", "withdraws", expected)]


def test_a_field_or_option_that_does_not_exist_is_refused_at_the_field():
    ((code, field, _),) = refused(correct("c1", "r1", NOW, {"source": "moon"}))
    assert (code, field) == ("impossible", "data.source")


def test_an_opener_is_not_moved_past_what_belongs_to_it():
    assert refused(correct("c1", "r1", NOW, at="2026-01-07T10:00")) == [
        ("impossible", "at", "Decision on the referral would then have happened before its referral")
    ]


def test_nor_an_event_before_its_opener():
    found = refused(correct("c1", "d1", NOW, at="2026-01-05T09:00"))
    assert [(code, field) for code, field, _ in found] == [("impossible", "at")]


def test_it_is_not_moved_past_the_time_of_recording():
    found = refused(correct("c1", "d1", NOW, at="2026-01-09T10:01"))
    assert found == [
        ("impossible", "at", "it cannot have happened after it was recorded; expected an earlier time")
    ]


def test_a_correction_may_be_withdrawn_and_corrected_and_a_withdrawal_only_withdrawn():
    corrected, withdrawn = correct("c1", "r1", NOW, {"source": "police"}), withdraw("w1", "d1", NOW)
    seen = view(RULES, R1, D1, corrected, withdrawn)
    later = "2026-01-10T10:00"
    assert gates(seen, withdraw("w2", "c1", later)) == []
    assert gates(seen, withdraw("w2", "w1", later)) == []
    assert gates(seen, correct("c2", "c1", later, {"source": "anonymous"})) == []
    (refusal,) = gates(seen, correct("c2", "w1", later))
    assert refusal.missing == "'w1' cannot be corrected; expected withdraw it instead"


class TestWhatCannotBeOfOneChild:
    """A second birth is refused, whenever it happened; so is a correction that would make one of the first."""

    BORN = event("b1", "child.born", "2026-01-07T10:00", {"born": "2026-01-07"})

    def refused(self, candidate, *events, **kwargs):
        return [
            (one.code, one.field, one.provision)
            for one in gates(view(RULES, R1, *events, **kwargs), candidate)
        ]

    def test_a_second_birth(self):
        again = event("b2", "child.born", "2026-01-08T10:00", {"born": "2026-01-08"})
        assert self.refused(self.BORN) == []
        found = self.refused(again, self.BORN)
        assert found == [("impossible", "born", "")]
        assert not gates(view(RULES, R1, self.BORN), again)[0].missing.endswith(".")

    def test_recorded_after_what_is_looked_at_it_is_refused_all_the_same(self):
        again = event("b2", "child.born", "2026-01-08T10:00", {"born": "2026-01-08"}, recorded="2026-03-01")
        assert self.refused(again, self.BORN, as_at="2026-02-01", known_at="2026-02-01") != []

    def test_one_that_was_withdrawn_is_none(self):
        again = event("b2", "child.born", "2026-01-08T10:00", {"born": "2026-01-08"}, recorded="2026-01-10")
        assert self.refused(again, self.BORN, withdraw("w1", "b1", "2026-01-09")) == []

    def test_what_stands_so_already_is_not_refused_for_something_else(self):
        second = event("b2", "child.born", "2026-01-08T10:00", {"born": "2026-01-08"})
        note = event("n1", "note.added", "2026-01-09T10:00", {"text": "x"})
        assert self.refused(note, self.BORN, second) == []


def test_what_is_not_known_yet_cannot_be_mended():
    later = event("n1", "note.added", "2026-01-08T10:00", {"text": "x"}, recorded="2026-02-01")
    seen = view(RULES, R1, later, as_at="2026-01-20", known_at="2026-01-20")
    assert [one.field for one in gates(seen, withdraw("w1", "n1", "2026-01-21T10:00"))] == ["withdraws"]


def test_what_lay_before_its_opener_already_is_no_fault_of_another_correction():
    early = event("d1", "referral.decided", "2026-01-04T10:00", {"outcome": ["advice"]}, strand="r1")
    seen = view(RULES, R1, early)
    assert gates(seen, correct("c1", "r1", NOW, {"source": "police"})) == []
