"""The numbers of rows: kept through every version, and never used twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cairn.core.planning.rows import keys_in, with_keys

KEYS = st.sampled_from(["", "1", "2", "3", "9"])


@given(st.lists(KEYS, max_size=8), st.sets(KEYS, max_size=3))
def test_every_row_has_a_number_of_its_own_and_keeps_the_one_it_had(keys, taken):
    before = [{"key": key, "outcome": f"O{place}"} for place, key in enumerate(keys)]
    after = with_keys(before, taken)
    given_now = [row["key"] for row in after]
    assert len(set(given_now)) == len(after)
    assert [row["outcome"] for row in after] == [row["outcome"] for row in before]
    assert all(
        new == old
        for old, new in zip(keys, given_now, strict=True)
        if old and keys.index(old) == given_now.index(new)
    )
    assert not {new for old, new in zip(keys, given_now, strict=True) if new != old} & set(taken)
    assert with_keys(after, taken) == after


def test_a_number_of_a_row_that_was_taken_out_is_not_given_again():
    versions = [{"outcomes": [{"key": "1"}, {"key": "2"}]}, {"outcomes": [{"key": "1"}]}]
    rows = with_keys([{"key": "1"}, {"outcome": "New"}], keys_in(versions, "outcomes"))
    assert [row["key"] for row in rows] == ["1", "3"]
