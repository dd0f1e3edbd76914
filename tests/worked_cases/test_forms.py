"""What the procedures ask of the record itself: which pages there are, what they ask, and what the letters say."""

from __future__ import annotations

from cairn.application.procedures import shipped_protocol, shipped_vocabulary
from cairn.core.vocabulary.yields import events_of


def act(name):
    return shipped_vocabulary().acts[name]


def asked(name):
    return {field.name for field in shipped_vocabulary().fields_of(act(name))}


def options(event, field, of=""):
    """The answers of a choice; with `of` only those that this paragraph gives."""
    every = shipped_vocabulary().events[event].field(field).options
    return {option.value for option in every if not of or option.paragraph == of}


def letter(name):
    found = [one for one in shipped_protocol("peterborough").letters if one.id == name]
    assert found, f"there is no letter {name}"
    return " ".join(found[0].paragraphs)


def test_a_contact_is_a_request_for_information_help_or_an_offer_and_may_lead_to_a_referral():
    """Peterborough 2.1."""
    given = options("contact.received", "contact_type")
    assert {"information", "advice_or_help", "offer_of_service", "worry_about_child"} <= given
    assert "contact_type" in asked("record-contact")


def test_every_contact_comes_in_through_one_page_of_the_contact_centre():
    """Peterborough 2.2. What else writes a contact copies one that came in so (3.11)."""
    doors = [
        one
        for one in shipped_vocabulary().acts.values()
        if any(y.event == "contact.received" and not y.when for y in one.yields)
    ]
    assert [door.name for door in doors] == ["record-contact"]
    assert "contact centre" in doors[0].roles


def test_a_contact_is_recorded_at_once_with_what_little_is_known():
    """Peterborough 2.3: the page writes a contact even where almost nothing is known; nothing is asked for first."""
    [made] = events_of(act("record-contact"), {"source": "anonymous", "contact_type": "worry_about_child"})
    assert (made.type, made.data["source"]) == ("contact.received", "anonymous")
    assert shipped_vocabulary().events["contact.received"].sort == "fact"


def test_a_referral_is_recorded_as_an_entry_of_its_own():
    """Peterborough 3.5: direct, or by the decision on a contact."""
    [made] = events_of(act("record-referral"), {"source": "gp", "concern": "Made up."})
    assert made.type == "referral.received"
    decided = events_of(
        act("decide-contact"),
        {
            "outcome": "progress_to_referral",
            "reason": "Made up.",
            "referral_source": "school",
            "from_contact": "c1",
        },
    )
    assert [one.type for one in decided] == ["contact.decided", "referral.received"]
    assert decided[1].data == {"source": "school", "from_contact": "c1"}


def test_a_contact_closed_makes_no_referral():
    """Peterborough 2.3."""
    made = events_of(
        act("decide-contact"), {"outcome": "no_further_action", "reason": "Made up.", "referral_source": "gp"}
    )
    assert [one.type for one in made] == ["contact.decided"]


def test_each_brother_and_sister_is_decided_with_the_referral_in_one_act():
    """Peterborough 3.6: one event for each row, and the decision on the referral after them."""
    rows = [
        {"sibling": "s1", "decision": "open"},
        {"sibling": "s2", "decision": "do_not_open", "reason": "Made up."},
    ]
    made = events_of(
        act("decide-referral"), {"siblings": rows, "outcome": ["assessment"], "reason": "Made up."}
    )
    assert [one.type for one in made] == ["sibling.decided", "sibling.decided", "referral.decided"]
    assert made[1].data == {"sibling": "s2", "decision": "do_not_open", "reason": "Made up."}


def test_nothing_but_a_contact_can_be_a_copy():
    """Peterborough 3.10 and 3.11: only a contact about brothers and sisters says what it is a copy of."""
    copies = [
        event.name
        for event in shipped_vocabulary().events.values()
        if any(field.name == "copied_from" for field in event.fields)
    ]
    assert copies == ["contact.received"]


def test_no_page_copies_a_file():
    """Peterborough 3.10: there is no act whose name speaks of copying, cloning or merging records."""
    assert [
        name for name in shipped_vocabulary().acts if any(word in name for word in ("copy", "clone"))
    ] == []


def test_a_passage_of_an_assessment_is_taken_over_with_its_origin():
    """Peterborough 3.12: relevant passages, never the whole."""
    passages = shipped_vocabulary().events["assessment.submitted"].field("passages")
    assert passages is not None
    assert {field.name for field in passages.fields if field.must} == {"text", "taken_from"}
    assert {"section", "written_on"} <= {field.name for field in passages.fields}


def test_the_letter_asks_the_referrer_to_record_the_decision():
    """Peterborough 3.25."""
    assert "record this decision in your own agency's records" in letter("referral-outcome")


def test_the_letter_asks_the_referrer_to_take_part():
    """Peterborough 3.25: in need, in need of protection or looked after."""
    said = letter("referral-outcome")
    assert all(
        route in said for route in ("in need", "in need of protection", "looked after", "take your part")
    )


def test_the_acknowledgement_says_when_to_expect_what():
    """Peterborough 3.24."""
    said = letter("referral-acknowledged")
    assert all(name in said for name in ("{received_on}", "{decide_by}", "{outcome_by}"))


def test_a_page_of_a_visit_writes_that_the_child_was_seen_or_was_not():
    """No fact is asked for in two acts: the visit's page writes whether the child was seen."""
    seen = events_of(act("record-visit"), {"child_seen": True, "seen_alone": False, "place": "Home"})
    assert [(one.type, one.data) for one in seen] == [
        ("visit.made", {"child_seen": True, "place": "Home"}),
        ("child.seen", {"seen_alone": False}),
    ]
    not_seen = events_of(act("record-visit"), {"child_seen": False, "not_seen_reason": "Asleep."})
    assert [one.type for one in not_seen] == ["visit.made", "child.not_seen"]
    assert not_seen[1].data == {"reason": "Asleep.", "agreed_by": "nobody"}


def test_how_the_time_of_a_meeting_was_chosen_is_asked():
    """Peterborough 3.5: timeliness, proportionality and transparency."""
    assert "timing" in asked("book-meeting")


def test_the_time_of_a_meeting_is_agreed_with_named_professionals():
    """Peterborough 3.5."""
    assert "agreed_with" in asked("book-meeting")


def test_a_visit_asks_how_the_child_was_talked_with():
    """Peterborough 4.12, 4.15 and 7.2: in the child's own way, by age, disability and first language."""
    assert "how_communicated" in asked("record-visit")


def test_a_visit_asks_whether_the_bedroom_was_seen():
    """Peterborough 7.2."""
    assert "bedroom_seen" in asked("record-visit")


def form_of(kind):
    found = shipped_protocol("peterborough").form_for("assessment", kind)
    assert found is not None
    return found


def sections(kind):
    return {one.id: one for one in form_of(kind).sections if not one.kinds or kind in one.kinds}


def test_the_form_of_an_assessment_asks_what_an_assessment_has_to_determine():
    """Peterborough 4.2: in need or at risk, how needs are met, which first, the outcomes sought, who can best meet them."""
    found = sections("initial")
    assert "in need, or at risk" in found["analysis"].labels["text"]
    assert "which comes first" in found["needs"].question
    assert "what is to be different" in found["needs"].question
    assert "from whom" in found["follow"].question


def test_the_form_of_an_assessment_ends_with_what_should_follow():
    """Peterborough 4.14: the services, from where and by when, and whether a further assessment is needed."""
    follow = sections("initial")["follow"]
    assert all(part in follow.guidance for part in ("Services", "by when", "further assessment"))


def test_the_form_of_an_assessment_has_three_domains_and_twenty_dimensions():
    """Peterborough 4.3 and 4.15: the child's needs (7), parenting (6), family and environment (7)."""
    for kind in ("initial", "child_and_family"):
        domains = [part.id for part in form_of(kind).parts if part.domain]
        found = [one.part for one in sections(kind).values()]
        assert [found.count(domain) for domain in domains] == [7, 6, 7]


def test_a_child_and_family_assessment_goes_deeper_and_takes_agencies_in():
    """Peterborough 4.9: in depth, and with several agencies."""
    assert sections("child_and_family").keys() - sections("initial").keys() == {"chronology"}
    assert sections("child_and_family")["agencies"].agencies


def test_an_assessment_is_handed_in_whole():
    """Peterborough 4.33: every assessment is on the record, each section as it stood."""
    rows = [{"section": "health", "text": "Made up."}]
    [made] = events_of(act("submit-assessment"), {"kind": "initial", "sections": rows})
    assert (made.type, made.data["sections"]) == ("assessment.submitted", rows)


def test_the_review_after_an_assessment_decides_between_six_ways():
    """Peterborough 4.27; the second of the six is either a transfer or finishing the work here."""
    (rule,) = shipped_protocol("peterborough").outcome_sets["review-after-assessment-outcome"]
    assert [option.value for option in rule.options] == [
        "no_further_action",
        "transfer",
        "finish_here",
        "child_in_need_plan",
        "lead_professional",
        "panel",
        "strategy_meeting",
    ]
    assert {option.value for option in rule.options} == options("meeting.held", "outcome", of="4.27")
