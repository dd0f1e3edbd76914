"""Each rule of the census broken once: that rule is found, and no other but those that cannot but be broken with it."""

from __future__ import annotations

import pytest
from tests.core.returns.made_up_returns import (
    assessment,
    enquiry,
    episode,
    message,
    plan,
    protection_plan,
)
from tests.core.returns.rules.judged import (
    CLEAN,
    HEADER,
    HEADER_2027,
    a_child,
    assessed,
    broken,
    faults,
    protected,
    upn,
)

from cairn.adapters import code_sets

DONE = assessment("2025-06-03", "2025-07-10", ("2B",))
SCHOOL_REASON = "<UPNunknown>{}</UPNunknown>".format


def own(number: str) -> str:
    return f"<UPN>{number}</UPN>"


def died(day: str) -> str:
    return f"{own(upn())}<PersonDeathDate>{day}</PersonDeathDate>"


def closed(*steps: str, reason: str = "RC7", day: str = "2025-12-01", **more: str) -> str:
    return episode(*steps, closed=day, reason=reason, **more)


def target(day: str) -> str:
    return enquiry("2025-08-11", "2025-09-01").replace(
        "<DateOfInitialCPC>", f"<InitialCPCtarget>{day}</InitialCPCtarget><DateOfInitialCPC>"
    )


def moved_in(day: str) -> str:
    """A conference with no enquiry, of a child who moved in on a plan."""
    return f"<DateOfInitialCPC>{day}</DateOfInitialCPC>"


# The rule, the child that breaks it, and what else is broken with it.
OF_ONE_CHILD = [
    ("1103", a_child(episode(assessment("2025-06-01", "2025-07-10", ("2B",)))), ()),
    ("1104", a_child(assessed(enquiry("2025-06-02", "2025-05-30"))), ("8615",)),
    ("1105", a_child(assessed(protection_plan("2025-05-30"))), ("2883", "2885")),
    ("1510", a_child(assessed(), more=own("A" + upn()[1:] if upn()[0] != "A" else "B" + upn()[1:])), ()),
    ("1530", a_child(assessed(), more=own(upn("999123456789"))), ()),
    ("1540", a_child(assessed(), more=own("A2011234X6789")), ()),
    ("1550", a_child(assessed(), more=own("A20112345678O")), ()),
    ("1560Q", a_child(assessed(), more=own(upn()) + "<FormerUPN>123</FormerUPN>"), ()),
    ("1570", a_child(assessed(), number="M" * 21), ()),
    ("1580", a_child(assessed(), number="MADE-UP"), ()),
    ("2884", a_child(protected(moved_in("2025-09-01"))), ()),
    ("2885", a_child(protected(start="2025-09-02")), ()),
    ("2889", a_child(assessed(enquiry("2025-06-01", "2025-09-01"))), ()),
    ("2990", a_child(closed(DONE, plan("2025-07-11", "2025-11-01"), reason="RC8")), ()),
    ("2991Q", a_child(episode(enquiry("2025-08-11", "2025-09-01"))), ()),
    ("4000", a_child(episode(plan("2025-07-11"), nfa="1", need="")), ()),
    ("4001", a_child(protected(plan("2025-07-11"))), ("4017",)),
    ("4003", a_child(protected(plan("2025-11-01", "2026-01-05"), end="2025-11-01", reviews=("2025-12-01",))), ()),
    ("4004", a_child(assessed(plan("2025-07-11"), plan("2025-08-11"))), ("4014",)),
    ("4008", a_child(assessed(plan("2025-07-11")), more=died("2025-07-01")), ()),
    ("4009Q", a_child(assessed(plan("2025-07-11", "2025-09-01")), more=died("2025-08-01")), ()),
    ("4010", a_child(assessed(plan("2026-04-11"))), ()),
    ("4011", a_child(assessed(plan("2025-07-11", "2025-07-10"))), ()),
    ("4012Q", a_child(assessed(plan("2025-07-11", "2025-07-11"))), ()),
    ("4013", a_child(episode(DONE, plan("2024-07-11", "2025-03-31"), referred="2024-06-03")), ()),
    ("4014", a_child(assessed(plan("2025-07-11", "2025-08-11"), plan("2025-08-11", "2025-09-11"))), ()),
    ("4015", a_child(assessed(plan("2025-06-01"))), ()),
    ("4016", a_child(protected(plan("2025-10-01", "2025-12-01"))), ()),
    ("4017", a_child(protected(plan("2025-07-11", "2025-09-02"))), ()),
    ("4180", a_child(assessed(), sex="<Sex>X</Sex>"), ()),
    ("4180", a_child(assessed(), sex=""), ("2886Q",)),
    ("4220", a_child(assessed(), ethnicity="<Ethnicity>XXXX</Ethnicity>"), ()),
    ("4220", a_child(assessed(), ethnicity=""), ()),
    ("8500", a_child(assessed(), number=None), ()),
    ("8520", a_child(episode(nfa="1", need="", referred="2026-03-02"), birth="<PersonBirthDate>2026-04-01</PersonBirthDate>"), ()),
    ("8525Q", a_child(assessed(), birth=""), ()),
    ("8530Q", a_child(assessed(), birth="<ExpectedPersonBirthDate>2026-03-01</ExpectedPersonBirthDate>", sex="<Sex>U</Sex>", more=""), ()),
    ("8535Q", a_child(episode(nfa="1", need=""), birth="<PersonBirthDate>2025-06-10</PersonBirthDate>", more=died("2025-06-09")), ()),
    ("8540", a_child(assessed(), disabilities=()), ()),
    ("8540", a_child(assessed(), disabilities=("XXX",)), ("2888Q",)),
    ("8545Q", a_child(closed(reason="RC2", day="2025-06-02", referred="2025-06-02"), more=died("2026-05-01")), ()),
    ("8555Q", a_child(assessed(), more=died("2025-05-30")), ()),
    ("8565", a_child(closed(DONE, plan("2025-07-11", "2025-12-02"))), ()),
    ("8568", a_child(episode(nfa=None, need="")), ()),
    ("8569Q", a_child(episode(referred="2025-03-28", nfa="1", need="")), ()),
    ("8585Q", a_child(closed(DONE, reason="RC2")), ()),
    ("8590", a_child(), ()),
    ("8600", a_child(episode(referred="2026-04-01", nfa="1", need="")), ()),
    ("8600", a_child(episode(referred=None, nfa="1", need="")), ()),
    ("8606", a_child(episode(nfa="1", need=""), birth="<PersonBirthDate>2026-03-30</PersonBirthDate>"), ()),
    ("8608", a_child(episode(assessment("2025-06-13", "2025-06-12", ("2B",)))), ()),
    ("8610", a_child(assessed(need="")), ()),
    ("8614", a_child(episode(assessment("2026-03-02", factors=("2B",)))), ()),
    ("8615", a_child(assessed(enquiry("2025-09-02", "2025-09-01"))), ()),
    ("8620", a_child(episode(DONE.replace("2025-0", "2024-0"), closed="2025-03-31", reason="RC7", referred="2024-06-03")), ("8696",)),
    ("8630", a_child(closed(day="2025-06-01")), ()),
    ("8640", a_child(closed(DONE, reason="RC0")), ()),
    ("8650", a_child(assessed(need="<PrimaryNeedCode>N11</PrimaryNeedCode>")), ()),
    ("8670Q", a_child(episode(assessment("2026-01-27"))), ()),
    ("8675Q", a_child(assessed(enquiry("2026-03-10"))), ()),
    ("8696", a_child(episode(assessment("2025-02-03", "2025-03-31", ("2B",)), referred="2025-02-03")), ()),
    ("8715", a_child(episode(DONE, enquiry("2025-03-03", "2025-03-31"), referred="2025-03-03")), ()),
    ("8720", a_child(protected(start="2026-04-01")), ()),
    ("8730", a_child(protected(previous="")), ()),
    ("8736", a_child(episode(assessment("2025-03-03"), referred="2025-03-03")), ("8670Q",)),
    ("8740", a_child(episode(DONE, enquiry("2025-03-03"), referred="2025-03-03")), ("8675Q",)),
    ("8750", a_child(assessed(), birth="<ExpectedPersonBirthDate>2026-03-05</ExpectedPersonBirthDate>", more=""), ()),
    ("8770Q", a_child(assessed(), more=""), ()),
    ("8770Q", a_child(assessed(), more=SCHOOL_REASON("UN1")), ()),
    ("8772", a_child(assessed(), more=SCHOOL_REASON("UN7")), ()),
    ("8775Q", a_child(assessed(), birth="<PersonBirthDate>2001-03-30</PersonBirthDate>"), ()),
    ("8790", a_child(assessed(), disabilities=("NONE", "AUT", "LD")), ()),
    ("8794", a_child(assessed(), disabilities=("AUT", "LD", "AUT")), ()),
    ("8805", a_child(closed(DONE, reason="")), ()),
    ("8810", a_child(episode(DONE, reason="RC7")), ()),
    ("8815", a_child(assessed(), episode(referred="2025-06-02")), ("8820",)),
    ("8816", a_child(assessed(), closed(referred="2025-07-02")), ("8820",)),
    ("8820", a_child(closed(DONE), episode(referred="2025-11-30", nfa="1", need="")), ()),
    ("8825Q", a_child(closed(reason="RC9")), ()),
    ("8831", a_child(episode(DONE, nfa="1", need="")), ()),
    ("8832", a_child(episode(protection_plan("2025-09-01"), moved_in("2025-09-01"), nfa="1", need="")), ("8831",)),
    ("8839", a_child(assessed(enquiry("2026-03-12"), enquiry("2026-03-16"))), ("8890",)),
    ("8840", a_child(protected(end="2025-09-01")), ()),
    ("8841", a_child(protected(reviews=("2025-09-01",))), ()),
    ("8842Q", a_child(protected(reviews=())), ()),
    ("8863Q", a_child(assessed(assessment("2025-07-10", "2025-08-01", ("2B",)))), ()),
    ("8866", a_child(assessed(source="")), ()),
    ("8866", a_child(assessed(source="<ReferralSource>1a</ReferralSource>")), ()),
    ("8867", a_child(closed(assessment("2025-11-03"))), ("8670Q",)),
    ("8868", a_child(closed(DONE, enquiry("2025-09-01", "2025-09-15", "1"))), ()),
    ("8869", a_child(closed(assessment("2025-06-03", "2025-07-10", ("21", "2B")), reason="RC8")), ()),
    ("8870Q", a_child(assessed(target("2025-08-30"))), ()),
    ("8873Q", a_child(episode(assessment("2025-06-03", "2025-07-10", ("21",)))), ()),
    ("8875", a_child(assessed(enquiry("2025-08-11", "2025-08-30"))), ()),
    ("8890", a_child(assessed(enquiry("2025-08-11", "2025-09-01"), enquiry("2025-09-01", "2025-09-15"))), ()),
    ("8896", a_child(episode(assessment("2026-02-02"), assessment("2026-03-02"))), ("8863Q",)),
    ("8897Q", a_child(episode(assessment("2025-06-03", "2025-07-10"))), ()),
    ("8897Q", a_child(episode(assessment("2025-06-03", "2025-07-10", ("8A",)))), ()),
    ("8898", a_child(episode(assessment("2025-06-03", "2025-07-10", ("2B", "2B")))), ()),
    ("8905", a_child(protected(first="XXX", reviews=("2025-11-28",))), ()),
    ("8910", a_child(protected(latest="XXX", reviews=("2025-11-28",))), ()),
    ("8915", a_child(protected(reviews=("2025-11-28",)), more=died("2025-08-31")), ()),
    ("8920", a_child(protected(end="2025-12-01", reviews=("2025-11-28",)), more=died("2025-11-30")), ()),
    ("8925", a_child(protected(end="2025-08-31", reviews=("2025-11-28",))), ()),
    ("8930", a_child(episode(DONE, protection_plan("2024-09-02", "2025-03-31", reviews=("2024-11-29",)), referred="2024-06-03")), ()),
    ("8935", a_child(protected(protection_plan("2025-09-01", reviews=("2025-11-28",)), reviews=("2025-11-28",))), ("2883", "8940")),
    ("8940", a_child(protected(end="2025-12-01", reviews=("2025-11-28",)), assessed(enquiry("2025-08-11", "2025-09-01"), protection_plan("2025-09-01", "2025-10-01", reviews=("2025-09-29",)), referred="2025-06-02", closed="2025-12-02", reason="RC7")), ("8820",)),
    ("8945Q", a_child(episode(assessment("2025-06-03", "2025-07-10", ("18A",)))), ()),
    ("8950Q", a_child(episode(assessment("2025-06-03", "2025-07-10", ("19A",)))), ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "with_it"), OF_ONE_CHILD, ids=[f"{one[0]}-{at}" for at, one in enumerate(OF_ONE_CHILD)]
)
def test_a_rule_broken_once_is_found_and_no_other(rule, text, with_it):
    text = text.replace("<Reviews></Reviews>", "") if rule != "8842Q" else text
    assert broken(text) == {rule, *with_it}


def test_a_clean_return_breaks_no_rule():
    clean = [text.replace("<Reviews></Reviews>", "") for text in CLEAN]
    assert broken(*clean) == set()


def test_of_two_children_with_one_number_or_one_pupil_number_the_second_is_named():
    first, second = a_child(assessed()), a_child(assessed(), more=own(upn("202123456789")))
    assert broken(first, second) == {"8510"}
    assert broken(first, a_child(assessed(), number="MADEUP2")) == {"1520"}


def test_what_only_a_whole_return_breaks():
    one_sex_in_fifty = [
        a_child(assessed(), number=f"MADEUP{at}", more=own(upn(f"201{at:09d}")), sex="<Sex>F</Sex>" if at else "<Sex>U</Sex>")
        for at in range(50)
    ]  # fmt: skip
    assert broken(*one_sex_in_fifty) == set()
    assert broken(*one_sex_in_fifty[:49]) == {"2886Q"}
    several = ("AUT", "LD")
    assert broken(a_child(assessed(), disabilities=("AUT",))) == {"2888Q"}
    assert broken(a_child(assessed(), disabilities=several)) == set()
    eight = ("AUT", "LD", "MOB", "HAND", "PC", "INC", "COMM", "HEAR")
    assert "2887Q" in {one.rule for one in faults(message(a_child(assessed(), disabilities=eight[:7])))}
    assert not faults(message(a_child(assessed(), disabilities=eight)))
    more_plans = a_child(assessed(protection_plan("2025-09-01", reviews=("2025-11-28",))))
    assert "2883" in broken(more_plans)
    assert broken(a_child(assessed()), header=HEADER.replace("2026-03-31", "2026-03-30")) == {"100"}
    assert (
        broken(
            a_child(
                assessed(protection_plan("2024-09-02"), referred="2024-06-03").replace(
                    "<Reviews></Reviews>", ""
                )
            )
        )
        == set()
    )


def steps(**answers: str) -> str:
    """A block of pre-proceedings that is in order, with some answers changed or taken out ('')."""
    said = {
        "PPStartDate": "2026-09-01", "LBPSentDate": "2026-09-08", "FGDMMeetingOffer": "1", "FGDMMeetingFac": "1",
        "InitialPPMeetingDate": "2026-09-15", "ReviewMeetingsCount": "2", "StepDecisionDate": "2026-11-03",
        "PPOutcome": "A", "CourtAppDate": "2026-11-10", "LetterInitCPDate": "2026-11-12", **answers,
    }  # fmt: skip
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in said.items() if value)
    return f"<PreProceedingsandFGDM>{inner}</PreProceedingsandFGDM>"


def in_2027(*blocks: str) -> str:
    done = assessment("2026-06-03", "2026-07-10", ("2B",))
    after = episode(done, referred="2026-06-01", nfa=None) + ""
    flag = "<ReferralNFA>0</ReferralNFA>"
    return a_child(after.replace("</CINdetails>", f"{flag}{''.join(blocks)}</CINdetails>"))


OF_2027 = [
    ("8995Q", []),
    ("9000Q", [steps(PPStartDate="")]),
    ("9005", [steps(PPStartDate="2026-03-31", LBPSentDate="2026-09-08")]),
    ("9006", [steps(LBPSentDate="2026-08-31")]),
    ("9006", [steps(LBPSentDate="2027-04-01")]),
    ("9007", [steps(FGDMMeetingOffer="")]),
    ("9008", [steps(InitialPPMeetingDate="2027-04-01")]),
    ("9009", [steps(StepDecisionDate="2026-08-31")]),
    ("9010Q", [steps(FGDMMeetingFac="")]),
    ("9011", [steps(PPOutcome="D")]),
    ("9012", [steps(CourtAppDate="2026-11-02")]),
    ("9013", [steps(LetterInitCPDate="2026-11-09")]),
    ("9015Q", [steps(ReviewMeetingsCount="")]),
]


@pytest.mark.parametrize(
    ("rule", "blocks"), OF_2027, ids=[f"{one[0]}-{at}" for at, one in enumerate(OF_2027)]
)
def test_a_rule_of_2026_27_is_judged_from_that_return_on(rule, blocks):
    assert broken(in_2027(*blocks), header=HEADER_2027, year=2027) == {rule}
    assert broken(in_2027(steps()), header=HEADER_2027, year=2027) == set()


def test_before_2026_27_pre_proceedings_are_judged_by_no_rule():
    block = steps(PPOutcome="D", PPStartDate="")
    assert broken(a_child(assessed().replace("</CINdetails>", f"{block}</CINdetails>"))) == set()


def test_every_rule_of_the_census_is_broken_once_here():
    whole = {"1520", "8510", "2886Q", "2888Q", "100", "2883", "2887Q"}
    tried = {rule for rule, *_ in OF_ONE_CHILD} | {rule for rule, _ in OF_2027} | whole
    assert tried == {one.rule for one in code_sets.rules()}


def test_where_it_stands_is_told_and_what_stands_there_is_in_no_text_of_it():
    (one,) = [
        each for each in faults(message(a_child(assessed(), sex="<Sex>Zzz</Sex>"))) if each.rule == "4180"
    ]
    assert (one.child, one.element, one.sort, one.found) == (
        "MADEUP1",
        "ChildIdentifiers/Sex",
        "error",
        "Zzz",
    )
    assert one.line
    assert "Zzz" not in str(one)
