"""What a return says of itself decides what it can know."""

from datetime import date

from tests.core.returns.made_up_returns import child, episode, said, taken

CHILD = child(episode())


def header(
    year: str = "2026", reference: str = "2026-03-31", lea: str = "299", collection: str = "CIN"
) -> str:
    named = f"<Collection>{collection}</Collection>" if collection else ""
    return (
        f"<Header><CollectionDetails>{named}<Year>{year}</Year>"
        f"<ReferenceDate>{reference}</ReferenceDate></CollectionDetails><Source><LEA>{lea}</LEA></Source></Header>"
    )


def test_a_right_header_gives_no_finding():
    over = taken(CHILD)
    assert said(CHILD) == []
    assert (over.authority, over.year, over.reference_date) == ("299", 2026, date(2026, 3, 31))


def test_a_reference_date_that_is_not_31_march_is_used_and_said():
    assert said(CHILD, header=header(reference="2025-07-21")) == ["not-31-march"]
    assert taken(CHILD, header=header(reference="2025-07-21")).reference_date == date(2025, 7, 21)


def test_a_year_that_is_not_the_reference_dates_is_said():
    assert said(CHILD, header=header(year="2025")) == ["not-31-march"]


def test_without_a_reference_date_31_march_of_the_year_stands_in():
    assert said(CHILD, header=header(reference="31/03/2026")) == ["no-reference-date"]
    assert taken(CHILD, header=header(reference="31/03/2026")).reference_date == date(2026, 3, 31)


def test_without_a_year_either_today_stands_in():
    over = taken(CHILD, header=header(year="twenty", reference=""), today=date(2026, 5, 1))
    assert over.reference_date == date(2026, 5, 1)


def test_a_return_made_before_its_reference_date_knows_nothing_after_today():
    late = child(episode(referred="2026-03-20"))
    today = date(2026, 3, 10)
    assert said(late, today=today)[0] == "reference-in-future"
    assert "referral-late" in said(late, today=today)
    assert taken(CHILD, today=today).children[0].events[0].on == today


def test_an_authority_without_three_figures_and_a_missing_collection_are_said():
    assert said(CHILD, header=header(lea="XY")) == ["no-authority"]
    assert said(CHILD, header=header(collection="")) == ["no-collection"]
