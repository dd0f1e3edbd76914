"""A correction of what several children share is offered to the others: only who accepts it is changed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.interfaces.web.views.children import view
from tests.people import made_up_staff
from tests.siblings import taken_away, three

from cairn.application import joint_corrections
from cairn.application.drafting import save_draft
from cairn.application.entries import Correction, correct_entry
from cairn.application.joint_corrections import correct_others, offer_of
from cairn.application.jointly import JointRequest, OwnPart, Signed, sign_jointly
from cairn.application.ports import now
from cairn.application.refused import Refused

pytestmark = pytest.mark.django_db
VISIT = "record-visit"
# What is written is drawn from texts that stand nowhere else on a record.
TEXTS = st.text(alphabet="bdfhjkq ", min_size=8, max_size=30).filter(str.strip)


@pytest.fixture
def people():
    return made_up_staff()


@pytest.fixture
def priya(people):
    return people.actor("Priya Shah")


@pytest.fixture
def family(people):
    return three(people)


def visited(actor, family, own=("Own words.",) * 3, shared="We talked."):
    draft = uuid4()
    save_draft(actor, draft, VISIT, family[0], {"child": [str(one) for one in family]}, 0)
    parts = tuple(
        OwnPart(record, {"child_seen": True, "seen_alone": True, "child_said": said, "meaning": said})
        for record, said in zip(family, own, strict=True)
    )
    done = sign_jointly(
        actor, JointRequest(VISIT, draft, {"account": shared, "place": "Home"}, now().isoformat(), parts)
    )
    assert isinstance(done, Signed)
    assert done.refused == {}
    return draft


def visit(record, act):
    return next(
        one for one in view(record).standing.events if one.type == "visit.made" and one.act == str(act)
    )


def corrected(actor, record, act, **answers):
    correction = Correction(visit(record, act).id, answers, "Put right.")
    assert not isinstance(correct_entry(actor, record, correction, uuid4()), Refused)
    return correction.entry


def stream(record):
    return [(one.id, dict(one.data)) for one in view(record).stream]


def test_the_shared_part_of_a_correction_is_offered_and_only_who_accepts_it_is_changed(priya, family):
    amara, theo, leila = family
    act = visited(priya, family)
    before = stream(leila)
    entry = corrected(priya, amara, act, account="We walked.", meaning="Hers alone.")
    offer = offer_of(priya, amara, entry)
    assert {one.record for one in offer.others} == {theo, leila}
    assert offer.shared == {"account": "We walked."}
    done = correct_others(priya, amara, entry, [theo])
    assert set(done) == {theo}
    assert visit(theo, act).data["account"] == "We walked."
    assert "Hers alone." not in str(stream(theo))
    assert "Put right." not in str(stream(theo)), "the reason was written on her record"
    assert stream(leila) == before
    again = correct_others(priya, amara, entry, [theo])
    assert again == {}, "he reads as corrected: nothing more is written"
    assert [one.record for one in offer_of(priya, amara, entry).others] == [leila]


def test_what_a_sibling_changed_back_may_be_taken_over_once_more(priya, family):
    amara, theo, _ = family
    act = visited(priya, family)
    entry = corrected(priya, amara, act, account="We walked.")
    correct_others(priya, amara, entry, [theo])
    corrected(priya, theo, act, account="We talked.")
    done = correct_others(priya, amara, entry, [theo])
    assert not done[theo].again
    assert visit(theo, act).data["account"] == "We walked."


def test_a_form_sent_twice_at_once_corrects_a_sibling_once(priya, family, monkeypatch):
    """The second form was read before the first was written, so that it still offers the sibling."""
    amara, theo, _ = family
    entry = corrected(priya, amara, visited(priya, family), account="We walked.")
    offer = offer_of(priya, amara, entry)
    monkeypatch.setattr(joint_corrections, "offer_of", lambda *_: offer)
    first = correct_others(priya, amara, entry, [theo])
    before = stream(theo)
    assert not first[theo].again
    assert correct_others(priya, amara, entry, [theo])[theo].again
    assert stream(theo) == before


def test_a_childs_own_part_is_not_offered(priya, family):
    act = visited(priya, family)
    entry = corrected(priya, family[0], act, meaning="Hers alone.")
    assert isinstance(offer_of(priya, family[0], entry), Refused)


def test_a_time_corrected_is_offered_too(priya, family):
    amara, theo, _ = family
    act = visited(priya, family)
    at = now().isoformat()
    entry = visit(amara, act).id
    correct_entry(priya, amara, Correction(entry, {}, "It was later.", at), uuid4())
    correct_others(priya, amara, entry, [theo])
    assert visit(theo, act).happened_at == visit(amara, act).happened_at


def test_a_record_that_may_not_be_opened_is_neither_offered_nor_changed(people, priya, family):
    amara, theo, leila = family
    act = visited(priya, family)
    entry = corrected(priya, amara, act, account="We walked.")
    taken_away(people, theo)
    before = stream(theo)
    assert [one.record for one in offer_of(priya, amara, entry).others] == [leila]
    assert correct_others(priya, amara, entry, [theo]) == {}
    assert stream(theo) == before


def test_what_was_put_back_since_is_not_offered(priya, family):
    act = visited(priya, family)
    entry = corrected(priya, family[0], act, account="We walked.")
    corrected(priya, family[0], act, account="We talked.")
    assert isinstance(offer_of(priya, family[0], entry), Refused)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=st.tuples(TEXTS, TEXTS, TEXTS).filter(lambda three: len({one.strip() for one in three}) == 3),
    account=TEXTS,
    right=TEXTS,
    accepting=st.sets(st.sampled_from([1, 2])),
)
def test_no_own_text_reaches_another_record_and_only_who_accepts_is_changed(
    priya, family, own, account, right, accepting
):
    """Whatever is written, whoever accepts: 3.10 to 3.12 hold."""
    mark = [f"{number}:{text.strip()}:{number}" for number, text in enumerate(own)]
    act = visited(priya, family, tuple(mark), account)
    before = [stream(one) for one in family]
    entry = corrected(priya, family[0], act, account=f"{right}!", meaning=f"{mark[0]}again")
    correct_others(priya, family[0], entry, [family[one] for one in accepting])
    for number, record in enumerate(family):
        written = str(stream(record))
        assert all(text not in written for other, text in enumerate(mark) if other != number)
        if number and number not in accepting:
            assert stream(record) == before[number]
        else:
            assert visit(record, act).data["account"] == f"{right}!"
        assert visit(record, act).data["meaning"] == (f"{mark[0]}again" if number == 0 else mark[number])
