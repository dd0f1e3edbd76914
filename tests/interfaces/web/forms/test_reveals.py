"""What is asked only with one answer stands under it, by the vocabulary alone."""

from __future__ import annotations

from django.http import QueryDict

from cairn.application.procedures import shipped_vocabulary
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.reveals import reveals_of
from cairn.interfaces.web.forms.shown import answers_shown

VISIT = shipped_vocabulary().acts["record-visit"]
FIELDS = shipped_vocabulary().fields_of(VISIT)


def form(typed, **more):
    posted = QueryDict(typed)
    made = ActForm(FIELDS, posted=posted, must=VISIT.must, reveals=reveals_of(VISIT, FIELDS), **more)
    made.apart = frozenset({"child_seen"})
    return made


def test_what_belongs_to_one_event_stands_under_the_answer_that_brings_it_about():
    shown = reveals_of(VISIT, FIELDS)
    assert "child_said" in shown["child_seen"]["yes"]
    assert {"not_seen_reason", "refused"} <= set(shown["child_seen"]["no"])
    assert shown["seen_alone"] == {"no": ["why_not_alone"]}
    assert "why_not_alone" not in shown["child_seen"]["yes"], "it stands under the question it belongs to"
    assert "account" not in str(shown)


def test_it_is_needed_only_with_that_answer():
    assert {one.place for one in form("child_seen=yes").read()} == {"seen_alone"}
    assert {one.place for one in form("child_seen=yes&seen_alone=no").read()} == {"why_not_alone"}
    assert {one.place for one in form("child_seen=no").read()} == {"not_seen_reason", "refused"}
    assert form("child_seen=yes&seen_alone=yes&not_seen_reason=Gone").read() == {
        "child_seen": True,
        "seen_alone": True,
    }


def test_set_apart_each_group_follows_its_question_and_says_with_which_answer_it_goes():
    page = form("").render_field("child_seen")
    assert 'data-aria-controls="child_seen-with-yes"' in page
    assert (
        page.index('value="no"')
        < page.index('id="child_seen-with-yes"')
        < page.index('id="child_seen-with-no"')
    )
    assert "If you answer “No”" in page


def test_what_was_answered_is_read_in_words_and_only_what_applies():
    rows = {
        row.key: row.value for row in answers_shown(form("child_seen=no&interpreter=family&refused=yes")).rows
    }
    assert rows == {
        "Was the child seen?": "No",
        "Did a parent or carer refuse to let the child be seen?": "Yes",
    }
