"""Procedures are read from YAML: every fault at once, with its file, line and remedy."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import ACTS, EVENTS, HEAD, protocol

from cairn.core.protocol.load import ProceduresFaulty, compile_protocol, load_protocol, load_vocabulary

RULES = """rules:
- id: decide
  kind: duty
  title: Decide
  text: Decide.
  source: {document: book, paragraph: "4.20"}
  starts: referral.received
  within: 10 working days
  met_by: [referral.decided]
  who: team manager
"""


def faults(rules=RULES, head=HEAD, load=load_protocol, **files):
    with pytest.raises(ProceduresFaulty) as raised:
        load({"protocol.yaml": head, "rules.yaml": rules, **files})
    return [str(fault) for fault in raised.value.faults]


def vocabulary_faults(**files):
    with pytest.raises(ProceduresFaulty) as raised:
        load_vocabulary({"events.yaml": EVENTS, **files})
    return [str(fault) for fault in raised.value.faults]


class TestProtocol:
    def test_the_files_of_a_folder_are_one_protocol(self):
        second = RULES.replace("id: decide", "id: other")
        found = load_protocol({"protocol.yaml": HEAD, "a.yaml": RULES, "b.yaml": second})
        assert [rule.id for rule in found.rules] == ["decide", "other"]
        assert found.rules[0].source.paragraph == "4.20"

    def test_a_paragraph_that_is_a_number_is_refused_at_its_line(self):
        assert faults(RULES.replace('"4.20"', "4.20")) == [
            "rules.yaml, line 6: rules.0.duty.source.paragraph: Input should be a valid string"
        ]

    def test_a_key_given_twice(self):
        (fault,) = faults(RULES.replace("  text: Decide.\n", "  text: Decide.\n  text: Or not.\n"))
        assert fault.startswith('rules.yaml, line 6: the file: found duplicate key "text"')

    def test_a_key_that_nothing_reads(self):
        assert faults(RULES + "  wihtin: 3 days\n") == [
            "rules.yaml, line 11: rules.0.duty.wihtin: Extra inputs are not permitted"
        ]
        assert faults(RULES + "ruels: []\n") == ["rules.yaml, line 11: ruels: unknown; nothing reads it"]

    def test_a_duration_that_is_none_says_what_was_expected(self):
        (fault,) = faults(RULES.replace("10 working days", "ten days"))
        assert fault.startswith(
            "rules.yaml, line 8: rules.0.duty.within: Value error, 'ten days' is not a duration"
        )

    def test_what_every_rule_must_carry(self):
        (fault,) = faults(RULES.replace("  text: Decide.\n", ""))
        assert fault == "rules.yaml, line 2: rules.0.duty.text: Field required"
        (fault,) = faults(RULES.replace('  source: {document: book, paragraph: "4.20"}\n', ""))
        assert fault == "rules.yaml, line 2: rules.0.duty.source: Field required"

    def test_a_kind_of_rule_there_is_not(self):
        (fault,) = faults(RULES.replace("kind: duty", "kind: wish"))
        assert fault.startswith("rules.yaml, line 2: rules.0: Input tag 'wish'")

    def test_every_fault_of_every_file_at_once(self):
        wrong = RULES.replace('"4.20"', "4.20")
        assert len(faults(wrong, **{"more.yaml": wrong})) == 2

    @pytest.mark.parametrize("text", ["", "- one\n", "just words\n"])
    def test_a_file_without_sections(self, text):
        (fault,) = faults(text)
        assert fault.startswith("rules.yaml, line 1: the whole: expected the sections name, title")

    def test_what_is_no_yaml(self):
        (fault,) = faults("rules: [\n")
        assert fault.startswith("rules.yaml, line 2: the file:")

    def test_what_may_stand_only_once_stands_in_two_files(self):
        assert faults(RULES + "title: Another\n") == ["rules.yaml, line 11: title: stands in two files"]

    def test_a_head_that_is_missing(self):
        with pytest.raises(ProceduresFaulty, match=r"name: Field required"):
            load_protocol({"rules.yaml": RULES})

    def test_a_lone_pattern_and_a_list_are_the_same(self):
        listed = load_protocol({"protocol.yaml": HEAD, "rules.yaml": RULES})
        alone = load_protocol(
            {
                "protocol.yaml": HEAD,
                "rules.yaml": RULES.replace("[referral.decided]", "{event: referral.decided}"),
            }
        )
        assert listed == alone

    @pytest.mark.parametrize(
        ("condition", "problem"),
        [
            ("{}", "give exactly one of event, start, function"),
            ("{function: unborn, event: child.seen}", "give exactly one of event, start, function"),
        ],
    )
    def test_a_condition_is_one_thing(self, condition, problem):
        (fault,) = faults(RULES + f"  when: [{condition}]\n")
        assert problem in fault

    @pytest.mark.parametrize(
        ("need", "problem"),
        [
            ("{missing: x}", "give exactly one of event, field, author, function"),
            (
                "{missing: x, field: a, author: [partner]}",
                "give exactly one of event, field, author, function",
            ),
            ("{missing: x, event: child.seen, values: [true]}", "values are those of a field"),
        ],
    )
    def test_a_need_is_one_thing(self, need, problem):
        gate = RULES[: RULES.index("  starts:")].replace("kind: duty", "kind: gate")
        (fault,) = faults(gate + f"  before: assessment.approved\n  needs: [{need}]\n")
        assert problem in fault


class TestVocabulary:
    def test_files_are_joined(self):
        found = load_vocabulary({"events.yaml": EVENTS, "acts.yaml": ACTS})
        assert set(found.acts) == {"visit", "siblings", "decide"}

    def test_an_event_that_stands_twice(self):
        again = "events:\n  - {name: child.seen, title: Again, sort: fact}\n"
        assert vocabulary_faults(**{"more.yaml": again}) == ["more.yaml, line 2: child.seen: stands twice"]

    def test_keys_that_nothing_reads_at_every_depth(self):
        assert vocabulary_faults(**{"more.yaml": "evnets: []\n"}) == [
            "more.yaml, line 1: evnets: unknown; nothing reads it"
        ]
        wrong = "events:\n  - {name: a.b, title: A, sort: fact, ends_were: {}}\n"
        assert vocabulary_faults(**{"more.yaml": wrong}) == [
            "more.yaml, line 2: ends_were: Extra inputs are not permitted"
        ]

    @pytest.mark.parametrize("text", ["events: {a: b}\n", "events: words\n"])
    def test_a_section_that_is_no_list(self, text):
        assert vocabulary_faults(**{"more.yaml": text}) == ["more.yaml, line 1: events: expected a list"]

    def test_an_empty_file_and_a_row_that_is_no_object(self):
        assert vocabulary_faults(**{"more.yaml": ""}) == [
            "more.yaml, line 1: the whole: expected the sections events, acts"
        ]
        (fault,) = vocabulary_faults(**{"more.yaml": "events: [words]\n"})
        assert fault.startswith("more.yaml, line 0: the whole: Input should be a valid dictionary")

    def test_what_does_not_hang_together_is_told_once_all_can_be_read(self):
        wrong = "events:\n  - {name: a.b, title: A, sort: fact, within: [moon]}\n"
        assert vocabulary_faults(**{"more.yaml": wrong}) == [
            "vocabulary, line 0: the whole: a.b: no event opens the strand 'moon'"
        ]


def test_compiled_it_is_the_same_text_and_hash_whatever_the_spelling():
    rules = RULES.removeprefix("rules:\n")
    text, digest = compile_protocol(protocol(rules))
    respelt = rules.replace("[referral.decided]", "referral.decided")
    assert compile_protocol(protocol(respelt)) == (text, digest)
    assert '"within":"10 working days"' in text
    assert len(digest) == 64
    other = compile_protocol(protocol(rules.replace("10 working", "11 working")))
    assert other[1] != digest
