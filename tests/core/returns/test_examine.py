"""A whole return: one child a number, each episode once, and totals that add up."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.returns.made_up_returns import child, episode, plan, said, taken

UPN = "H801200001001"


def test_the_same_child_twice_is_one_child_with_all_its_episodes():
    first = episode(referred="2025-04-07", closed="2025-05-30", reason="RC7")
    over = taken(child(first), child(episode()))
    (one,) = over.children
    assert [event.type for event in one.events].count("referral.received") == 2
    assert said(child(first), child(episode())) == ["joined"]
    assert (over.counts.children, over.counts.children_taken, over.counts.children_joined) == (2, 1, 1)
    assert over.counts.episodes_open + over.counts.episodes_closed == over.counts.episodes == 2


def test_two_children_with_one_number_are_never_made_one_and_neither_is_taken():
    other = child(episode(), birth="<PersonBirthDate>2011-09-09</PersonBirthDate>")
    over = taken(child(episode()), other, child(episode(), number="OTHER2"))
    assert [one.authority_number for one in over.children] == ["OTHER2"]
    assert [(one.code, one.child) for one in over.not_taken] == [("same-number", "MADEUP1")] * 2
    assert over.counts.children_not_taken == 2
    assert over.counts.episodes_not_taken == 2


def test_the_same_episode_twice_is_taken_once():
    over = taken(child(episode(), episode()))
    assert said(child(episode(), episode())) == ["same-episode"]
    assert (over.counts.episodes, over.counts.episodes_open, over.counts.episodes_repeated) == (2, 1, 1)


def test_several_open_episodes_and_overlaps_are_said_and_taken():
    made = child(episode(), episode(referred="2025-08-01"))
    assert said(made) == ["several-open", "overlaps"]
    assert len(taken(made).children[0].open_referrals) == 2


def test_a_new_referral_on_the_day_of_closure_is_no_overlap_and_comes_after_it():
    made = child(episode(closed="2025-08-01", reason="RC7"), episode(referred="2025-08-01"))
    assert said(made) == []
    on_the_day = [
        event.type for event in taken(made).children[0].events if event.on.isoformat() == "2025-08-01"
    ]
    assert on_the_day == ["case.closed", "referral.received"]


def test_a_pupil_number_of_two_children_is_left_out_of_both():
    upn = f"<UPN>{UPN}</UPN>"
    over = taken(child(episode(), more=upn), child(episode(), number="OTHER2", more=upn))
    assert [one.upn for one in over.children] == [None, None]
    assert [one.code for one in over.findings] == ["shared-upn"] * 2


def test_a_child_without_an_episode_is_taken_with_a_note():
    assert said(child()) == ["no-episode"]
    assert len(taken(child()).children) == 1


def test_elements_without_a_use_in_a_take_over_are_counted():
    over = taken(child(episode(), more="<FormerUPN>X98765432123B</FormerUPN>"))
    assert over.left_out == {"ChildIdentifiers/FormerUPN": 1}


DAYS = st.sampled_from(["2025-04-07", "2025-06-02", "2026-04-01", "2025-02-30", "", "2024-01-01"])
EPISODES = st.builds(
    lambda referred, closed, nfa, steps: episode(*steps, referred=referred, closed=closed, nfa=nfa),
    DAYS,
    DAYS,
    st.sampled_from(["0", "1", None, "x"]),
    st.lists(st.builds(plan, DAYS, DAYS), max_size=2),
)
CHILDREN = st.lists(
    st.builds(
        lambda episodes, number, birth: child(*episodes, number=number, birth=birth),
        st.lists(EPISODES, max_size=3),
        st.sampled_from(["A1", "A2", None, "A_3"]),
        st.sampled_from(
            [
                "",
                "<PersonBirthDate>2016-05-04</PersonBirthDate>",
                "<PersonBirthDate>2012-01-09</PersonBirthDate>",
            ]
        ),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(CHILDREN)
def test_totals_always_add_up_and_each_loss_has_a_finding(children):
    over = taken(*children)
    counts = over.counts
    assert counts.children == len(children)
    assert counts.children_taken == len(over.children)
    lost = [one for one in over.not_taken if one.of == "child"]
    assert counts.children_not_taken == len(lost)
    assert counts.episodes_not_taken >= len([one for one in over.not_taken if one.of == "episode"])
    assert bool(counts.episodes_not_taken) <= bool(over.not_taken)
    assert counts.episodes_open == sum(len(one.open_referrals) for one in over.children)
    referrals = [e for one in over.children for e in one.events if e.type == "referral.received"]
    assert counts.episodes_open + counts.episodes_closed == len(referrals)


@settings(max_examples=60, deadline=None)
@given(CHILDREN, st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_same_children_and_events(children, random):
    shuffled = list(children)
    random.shuffle(shuffled)
    assert taken(*shuffled).children == taken(*children).children
