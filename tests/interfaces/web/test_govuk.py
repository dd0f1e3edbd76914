"""The bridge onto GOV.UK's components: their markup, text escaped, and no markup but our own let in."""

import re

import pytest
from django.template import engines
from django.utils.safestring import SafeString

from cairn.interfaces.web.govuk import UnsafeMarkup, govuk


def same(made, wanted):
    """Markup compared as GOV.UK's own fixtures are: without the blanks between tags and attributes."""

    def plain(markup):
        return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]+>)\s*", r"\1", str(markup))).replace(" >", ">").strip()

    assert plain(made) == plain(wanted)


# From the fixtures of govuk-frontend 6.3.0: the parameters, and the markup that they have to give.
def test_a_button():
    same(
        govuk("button", text="Save and continue"),
        '<button type="submit" class="govuk-button" data-module="govuk-button">Save and continue</button>',
    )


def test_an_input_with_hint_and_error():
    same(
        govuk(
            "input",
            label={"text": "National Insurance number"},
            hint={"text": "It’s on your National Insurance card"},
            id="input-example",
            name="test-name",
            errorMessage={"text": "Error message goes here"},
        ),
        '<div class="govuk-form-group govuk-form-group--error"><label class="govuk-label" for="input-example">'
        'National Insurance number</label><div id="input-example-hint" class="govuk-hint">It’s on your National'
        ' Insurance card</div><p id="input-example-error" class="govuk-error-message"><span'
        ' class="govuk-visually-hidden">Error:</span> Error message goes here</p><input class="govuk-input'
        ' govuk-input--error" id="input-example" name="test-name" type="text" aria-describedby="input-example-hint'
        ' input-example-error"></div>',
    )


def test_a_tag_and_a_summary_list():
    same(govuk("tag", text="alpha"), '<strong class="govuk-tag">alpha</strong>')
    same(
        govuk("summary-list", rows=[{"key": {"text": "Name"}, "value": {"text": "Firstname Lastname"}}]),
        '<dl class="govuk-summary-list"><div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">'
        'Name</dt><dd class="govuk-summary-list__value">Firstname Lastname</dd></div></dl>',
    )


EVIL = '<script>alert("x")</script>'


def test_text_is_escaped_wherever_it_goes():
    made = govuk(
        "radios",
        name="a",
        idPrefix='"><b>',
        fieldset={"legend": {"text": EVIL}},
        items=[{"value": EVIL, "text": EVIL}],
    )
    assert "<script" not in made
    assert "<b>" not in made


@pytest.mark.parametrize(
    ("component", "params"),
    [
        ("button", {"html": EVIL}),
        ("radios", {"name": "a", "items": [{"value": "1", "html": EVIL}]}),
        ("radios", {"name": "a", "items": [{"value": "1", "text": "1", "conditional": {"html": EVIL}}]}),
        ("details", {"summaryHtml": EVIL}),
        ("button", {"text": "a", "attributes": ' onclick="alert(1)"'}),
        ("service-navigation", {"slots": {"start": EVIL}}),
    ],
)
def test_markup_that_none_of_our_templates_made_is_refused(component, params):
    with pytest.raises(UnsafeMarkup):
        govuk(component, **params)


def test_our_own_markup_is_taken():
    assert "<b>bold</b>" in govuk("button", html=SafeString("<b>bold</b>"))


@pytest.mark.parametrize("name", ["../button", "nothing", "button/macro", "Button"])
def test_only_components_there_are(name):
    with pytest.raises(Exception, match=r"component|not found|nothing"):
        govuk(name)


def test_lines_typed_inside_a_fieldset_keep_their_beginnings():
    inner = govuk("textarea", id="t", name="t", label={"text": "T"}, value="one\ntwo\n  three")
    made = govuk(
        "radios",
        name="a",
        fieldset={"legend": {"text": "L"}},
        items=[{"value": "1", "text": "1", "conditional": {"html": inner}}],
    )
    assert ">one\ntwo\n  three</textarea>" in made


def test_the_tag_in_a_template():
    source = '{% load cairn %}{% govuk "button" text=word name="press" value="save" %}{% mark "late" word %}'
    made = engines["django"].from_string(source).render({"word": "4 < 5"})
    assert 'value="save"' in made
    assert made.count("4 &lt; 5") == 2
    assert "c-mark--late" in made
