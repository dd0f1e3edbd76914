"""A form made from the vocabulary: what it takes, what it says, and that nothing typed is lost."""

from html.parser import HTMLParser

import pytest
from django.http import QueryDict

from cairn.core.vocabulary.check import check_data
from cairn.core.vocabulary.model import EventType, Field, Option
from cairn.interfaces.web.forms import ActForm, summary_of

NAME = Field(name="name", label="Name", type="text")
ROLE = Field(
    name="role",
    label="Role",
    type="choice",
    options=(Option(value="gp", label="GP"), Option(value="nurse", label="Nurse")),
)
FIELDS = (
    Field(name="visited", label="Date of the visit", type="date", must=True),
    Field(name="held_at", label="When it was held", type="moment"),
    Field(name="seen", label="Was Amara seen?", type="yes_no", must=True),
    Field(name="why_not", label="Why was Amara not seen?", type="long_text"),
    Field(
        name="place",
        label="Where",
        type="choice",
        options=(Option(value="home", label="Home"), Option(value="school", label="School")),
    ),
    Field(
        name="adults",
        label="Adults there",
        type="choices",
        options=(Option(value="mother", label="Mother"), Option(value="father", label="Father")),
    ),
    Field(name="children", label="How many children", type="number"),
    Field(name="worries", label="Worries", type="list"),
    Field(name="people", label="People invited", type="rows", fields=(NAME, ROLE)),
    Field(name="talk", label="What you talked about", type="long_text"),
)
GOOD = (
    "visited-day=20&visited-month=nov&visited-year=2026&held_at-day=20&held_at-month=11&held_at-year=2026"
    "&held_at-time=2:30pm&seen=yes&place=home&adults=mother&adults=father&children=3&worries=one%0D%0A%0D%0Atwo"
    "&people-count=2&people-0-name=Ann&people-0-role=gp&people-1-name=&talk=First%0D%0A++second"
)


class Page(HTMLParser):
    """The inputs of some markup: by id, their names, values and what was typed in text areas."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.ids, self.inputs, self.text, self._in = [], {}, {}, None
        self.feed(str(markup))

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if "id" in known:
            self.ids.append(known["id"])
        if tag in ("input", "select", "textarea", "button"):
            self.inputs.setdefault(known.get("id") or known.get("name"), known)
        self._in = known.get("name") if tag == "textarea" else None
        if self._in:
            self.text[self._in] = ""

    def handle_data(self, data):
        if self._in:
            self.text[self._in] += data

    def handle_endtag(self, tag):
        self._in = None


def form(posted="", fields=FIELDS, **more):
    return ActForm(fields, posted=QueryDict(posted), **more)


def test_answers_come_out_as_the_vocabulary_wants_them():
    assert form(GOOD).read() == {
        "visited": "2026-11-20",
        "held_at": "2026-11-20T14:30",
        "seen": True,
        "place": "home",
        "adults": ["mother", "father"],
        "children": 3,
        "worries": ["one", "two"],
        "people": [{"name": "Ann", "role": "gp"}],
        "talk": "First\n  second",
    }


def test_the_data_passes_the_door_that_checks_it():
    event = EventType(name="visit.made", title="Visit", sort="fact", fields=FIELDS)
    assert check_data(event, form(GOOD).read()) == []


def test_what_is_missing_is_said_in_the_words_of_the_label():
    said = form("", must=("talk", "place")).read()
    assert [error.message for error in said] == [
        "Enter the date of the visit",
        "Answer “Was Amara seen?”",
        "Choose where",
        "Enter what you talked about",
    ]


def test_a_message_of_the_page_s_own_is_used_instead():
    said = form("seen=yes", messages={"visited": "Enter the date you saw Amara"}).read()
    assert said[0].message == "Enter the date you saw Amara"


@pytest.mark.parametrize(
    ("posted", "place", "anchor"),
    [
        ("", "visited", "visited-day"),
        ("visited-day=20&visited-year=2026", "visited", "visited-month"),
        ("visited-day=31&visited-month=11&visited-year=2026", "visited", "visited-day"),
        ("visited-day=1&visited-month=11&visited-year=26", "visited", "visited-year"),
    ],
)
def test_every_error_leads_to_a_real_input(posted, place, anchor):
    tried = form(posted, must=[field.name for field in FIELDS])
    errors = {error.place: error for error in tried.read()}
    assert errors[place].anchor == anchor
    page = Page(tried.render())
    for fault in tried.error_summary().faults:
        assert fault.anchor in page.inputs, fault


def test_errors_in_rows_and_times_lead_to_their_inputs():
    tried = form(
        "held_at-day=1&held_at-month=2&held_at-year=2026&held_at-time=4:30&people-count=2&people-1-role=wizard",
    )
    errors = {error.place: error for error in tried.read()}
    assert errors["held_at"].anchor == "held_at-time"
    assert errors["people[1].role"].anchor == "people-1-role"
    assert {error.anchor for error in errors.values()} <= set(Page(tried.render()).inputs)


def test_no_id_stands_twice_on_the_page():
    ids = Page(form(GOOD).render()).ids
    assert len(ids) == len(set(ids))


def test_nothing_typed_is_lost_when_something_is_wrong():
    tried = form(
        "visited-day=3O&visited-month=Novembr&visited-year=26&talk=%0D%0A%0D%0ATwo+<b>lines</b>%0D%0A++and+blanks&children=many"
        "&people-count=1&people-0-name=Ann+%26+Bob&held_at-time=half+past"
    )
    assert isinstance(tried.read(), tuple)
    page = Page(tried.render())
    assert page.inputs["visited-day"]["value"] == "3O"
    assert page.inputs["visited-month"]["value"] == "Novembr"
    assert page.inputs["children"]["value"] == "many"
    assert page.inputs["people-0-name"]["value"] == "Ann & Bob"
    assert page.inputs["held_at-time"]["value"] == "half past"
    # The first line end is the one that a browser drops.
    assert page.text["talk"] == "\n\n\nTwo <b>lines</b>\n  and blanks"


def test_add_another_gives_an_empty_row_and_keeps_the_rest():
    asking = form("add-another=people&people-count=1&people-0-name=Ann&talk=Half+a+sentence")
    assert asking.is_asking_for_more
    page = Page(asking.render())
    assert page.inputs["people-0-name"]["value"] == "Ann"
    assert "autofocus" in page.inputs["people-1-name"]
    assert page.inputs["people-count"]["value"] == "2"
    assert page.text["talk"] == "Half a sentence"


def test_remove_takes_that_row_and_no_other():
    asking = form("remove=people-0&people-count=3&people-0-name=Ann&people-1-name=Bob&people-2-name=Cy")
    assert asking.is_asking_for_more
    page = Page(asking.render())
    assert [page.inputs[f"people-{n}-name"]["value"] for n in (0, 1)] == ["Bob", "Cy"]
    assert "people-2-name" not in page.inputs


def test_an_absurd_count_of_rows_is_not_followed():
    assert len(form("people-count=999999999").typed["people"]) <= 200
    assert form("people-count=-1").typed["people"] == []
    assert form("people-count=²").typed["people"] == []


def test_an_answer_that_is_not_on_the_page_is_refused():
    errors = form("seen=perhaps&place=moon&adults=mother&adults=ghost" + "&" + "visited-day=soon").read()
    assert [error.place for error in errors] == ["visited", "seen", "place", "adults"]


REVEALS = {"seen": {"no": ("why_not",)}}


def test_a_revealed_field_is_asked_only_with_its_answer():
    dated = "visited-day=20 November 2026&"
    assert form(dated + "seen=yes&why_not=left+over", reveals=REVEALS, must=("why_not",)).read() == {
        "visited": "2026-11-20",
        "seen": True,
    }
    missing = form(dated + "seen=no", reveals=REVEALS, must=("why_not",)).read()
    assert [error.message for error in missing] == ["Answer “Why was Amara not seen?”"]


def test_a_revealed_field_stands_inside_its_answer_and_keeps_what_was_typed():
    tried = form("seen=no&why_not=one%0D%0A++two", reveals=REVEALS)
    assert str(tried.render()).count('name="why_not"') == 1
    assert 'aria-controls="conditional-seen-2"' in str(tried.render_field("seen"))
    assert Page(tried.render()).text["why_not"] == "one\n  two"


def test_a_draft_comes_back_as_it_was():
    data = form(GOOD).read()
    again = ActForm(FIELDS, initial=data)
    page = Page(again.render())
    assert page.inputs["held_at-time"]["value"] == "14:30"
    pairs = [(known["name"], known.get("value", "")) for known in page.inputs.values() if known.get("name")]
    assert ("people-0-name", "Ann") in pairs
    assert "checked" in page.inputs["seen"]


def test_prefixes_keep_the_parts_of_a_page_apart():
    posted = "amara-seen=yes&theo-seen=no"
    seen = FIELDS[2:3]
    amara, theo = form(posted, seen, prefix="amara"), form(posted, seen, prefix="theo")
    assert (amara.read(), theo.read()) == ({"seen": True}, {"seen": False})
    leila = form(posted, seen, prefix="leila")
    leila.read()
    assert [fault.anchor for fault in summary_of(amara, theo, leila).faults] == ["leila-seen"]


def test_a_mistake_found_elsewhere_is_shown_at_its_field():
    tried = form(GOOD)
    tried.read()
    tried.refuse("visited", "The visit cannot be after today")
    assert "The visit cannot be after today" in str(tried.render_field("visited"))
    assert tried.error_summary().faults[0].anchor == "visited-day"


def test_labels_and_hints_cannot_bring_markup():
    field = Field(name="a", label="<script>x</script>", type="text", hint="<b>y</b>")
    shown = str(ActForm([field]).render())
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_optional_fields_say_so():
    shown = str(ActForm(FIELDS, must=("talk",)).render())
    assert "Adults there (optional)" in shown
    assert "What you talked about (optional)" not in shown


OFTEN = Field(
    name="often",
    label="How often?",
    type="choice",
    options=tuple(Option(value=one, label=one.capitalize()) for one in ("2 weeks", "3 weeks", "6 weeks")),
)
WHY_OFTEN = Field(name="why_often", label="Why so often?", type="long_text")
ASKED_WITH = {"often": {"2 weeks": ["why_often"], "3 weeks": ["why_often"]}}


def test_a_field_that_two_answers_ask_for_stands_once_and_is_read_with_either():
    form = ActForm((OFTEN, WHY_OFTEN), reveals=ASKED_WITH)
    page = Page(form.render())
    assert page.ids.count("why_often") == 1
    assert "If you answer “2 weeks” or “3 weeks”" in form.render()
    for answer, kept in (("2 weeks", True), ("3 weeks", True), ("6 weeks", False)):
        posted = QueryDict(f"often={answer}&why_often=New")
        assert ("why_often" in ActForm((OFTEN, WHY_OFTEN), posted=posted, reveals=ASKED_WITH).read()) is kept


def test_a_field_that_stands_elsewhere_is_not_under_its_question_and_says_with_which_answer_it_goes():
    form = ActForm((OFTEN, WHY_OFTEN), reveals={"often": {"2 weeks": ["why_often"]}})
    form.elsewhere = frozenset({"why_often"})
    assert "Why so often?" not in form.render_field("often")
    assert 'data-aria-controls="often-with-2-weeks"' in form.render_field("often")
    away = form.render_field("why_often")
    assert 'id="often-with-2-weeks"' in away
    assert "How often? “2 weeks”" in away


@pytest.mark.parametrize("name", ["by_when", "ends_by", "allocation_meeting", "first_review", "expected"])
def test_beside_a_day_that_lies_ahead_yesterday_is_not_offered(name):
    fields = (
        Field(name=name, label="A day to come", type="date"),
        Field(name="held", label="Held", type="date"),
    )
    page = str(ActForm(fields).render())
    assert page.count('data-date-buttons="ahead"') == 1
    assert page.count('data-date-buttons=""') == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "why_not",
            "The answer to “Why was Amara not seen?” needs to be 100,000 characters or fewer; it has 100,001",
        ),
        ("worries", "The worries needs to be 1,000 characters or fewer; a line has 100,001"),
    ],
)
def test_a_text_that_is_too_long_says_by_how_much_and_stays_to_be_cut(name, said):
    posted = QueryDict(GOOD, mutable=True)
    posted[name] = "x" * 100_001
    form = ActForm(FIELDS, posted=posted)
    form.read()
    assert [error.message for error in form.errors] == [said]
    assert form.typed[name] == posted[name]
    posted[name] = "x" * 1_000
    fits = ActForm(FIELDS, posted=posted)
    fits.read()
    assert not fits.errors
