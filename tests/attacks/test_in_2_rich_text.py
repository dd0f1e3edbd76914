"""No text of anybody is taken for markup: there is no rich text to clean, and nothing switches escaping off (IN-2)."""

from __future__ import annotations

import ast
import re

import pytest
from tests.attacks.source import calls, is_fixed, modules, templates

from cairn.application.procedures import in_use
from cairn.interfaces.web.govuk import UnsafeMarkup, _environment, govuk
from cairn.interfaces.web.words import paragraphs

SWITCHES = re.compile(
    r"\|\s*(safe|safeseq|unescape|striptags)\b|autoescape|\{%\s*filter\b|\|\s*join\s*:.*\|\s*safe"
)
FORBIDDEN = frozenset({"mark_safe", "Markup", "html_safe", "SafeText", "render_template_string"})
# Each says why what it takes for markup is none of anybody's words.
LET_IN = {
    "interfaces/web/govuk.py: made.strip()": "the output of Jinja, which has escaped what it was given",
    "interfaces/web/views/setting_up.py: app.drawing[app.drawing.index('<svg'):]": "a code drawn by a library, of a secret",
}  # fmt: skip
# Texts that are chosen from literals some lines above.
CHOSEN = {
    "interfaces/web/drawing/clock_bar.py": {"word"},
    "interfaces/web/drawing/counted.py": {"text", "shape"},
    "interfaces/web/drawing/flow_chart.py": {"box"},
}  # fmt: skip


def markup_faults(name, text):
    """Where a module takes a text for markup that its own author did not write."""
    found = []
    for called, node in calls(text):
        if called in FORBIDDEN:
            found.append(f"{name}:{node.lineno} {called}")
        if (
            called == "SafeString"
            and not is_fixed(node.args[0])
            and f"{name}: {ast.unparse(node.args[0])}" not in LET_IN
        ):
            found.append(f"{name}:{node.lineno} SafeString")
        if called in ("format_html", "format_html_join") and not _is_layout(name, called, node):
            found.append(f"{name}:{node.lineno} {called}")
        if called == "Environment" and "autoescape=True" not in ast.unparse(node):
            found.append(f"{name}:{node.lineno} a Jinja environment that does not escape")
    return found


def _is_layout(name, called, node):
    layout = node.args[0 if called == "format_html" else 1]
    return is_fixed(layout) or (isinstance(layout, ast.Name) and layout.id in CHOSEN.get(name, ()))


def template_faults(name, text):
    """Where a template switches escaping off, or writes code with a variable in it."""
    found = [f"{name}: {one[0]}" for one in SWITCHES.finditer(text)]
    found += [f"{name}: an inline script" for one in re.findall(r"<script(?![^>]*\bsrc=)", text)]
    found += [f"{name}: {one}" for one in re.findall(r"""\s(on[a-z]+|style|srcdoc)=""", text)]
    found += [f"{name}: an attribute without quotes" for one in re.findall(r"<[^<>]*\s[a-z-]+=\{\{", text)]
    return found


def test_no_module_takes_a_text_for_markup():
    assert [fault for name, text in modules().items() for fault in markup_faults(name, text)] == []


def test_no_template_switches_escaping_off():
    assert [fault for name, text in templates().items() for fault in template_faults(name, text)] == []
    assert len(templates()) > 50


@pytest.mark.parametrize(
    "text",
    [
        "mark_safe(note.text)",
        "safestring.mark_safe(text)",
        "SafeString(note.text)",
        "SafeString(f'<b>{name}</b>')",
        "format_html(f'<b>{name}</b>')",
        "format_html('<b>' + name)",
        "format_html(text, name)",
        "format_html_join('', layout, rows)",
        "Environment(loader=loader)",
        "Environment(autoescape=False)",
        "jinja2.Environment(autoescape=select)",
    ],
)
def test_the_check_sees_a_module_that_does(text):
    assert markup_faults("made_up.py", text)


@pytest.mark.parametrize(
    "text",
    [
        "format_html('<b>{}</b>', name)",
        "SafeString('<br>')",
        "format_html(f'<b class={PINE}>{{}}</b>', name)",
    ],
)
def test_and_none_where_there_is_none(text):
    assert markup_faults("made_up.py", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ note.text|safe }}", "{{ note.text | safe }}", "{% autoescape off %}", "{% filter upper %}", "{{ rows|safeseq }}",
        "<script>var name = '{{ name }}'</script>", "<a onclick=x>", '<p style="color: {{ colour }}">', "<a href={{ to }}>",
    ],
)  # fmt: skip
def test_the_check_sees_a_template_that_does(text):
    assert template_faults("made_up.html", text)


def test_and_no_template_where_there_is_none():
    assert (
        template_faults("made_up.html", '<a href="{{ to }}">{{ note.text }}</a><script src="x.js"></script>')
        == []
    )


def test_each_exception_is_still_needed():
    """What is let in and is there no more is let in for nothing."""
    for place in LET_IN:
        name, _, what = place.partition(": ")
        let_in = [
            ast.unparse(node.args[0]) for called, node in calls(modules()[name]) if called == "SafeString"
        ]
        assert what in let_in, place
    for name, words in CHOSEN.items():
        for word in words:
            assert re.search(rf"format_html(_join)?\((\S+, )?{word}\b", modules()[name]), (name, word)


def test_no_field_of_the_vocabulary_is_markup():
    """A text is a text; there is no type that would be cleaned and shown as it is."""
    types = {field.type for event in in_use().vocabulary.events.values() for field in event.fields}
    assert types <= {
        "text", "long_text", "choice", "choices", "yes_no", "date", "moment", "number", "list", "rows", "fields"
    }  # fmt: skip


def test_what_shows_several_lines_escapes_each():
    assert (
        str(paragraphs("<b>one</b>\n<script>"))
        == '<p class="c-prose">&lt;b&gt;one&lt;/b&gt;<br>&lt;script&gt;</p>'
    )


def test_the_bridge_to_the_components_escapes_and_takes_no_markup_of_anybody():
    assert _environment().autoescape is True
    assert "&lt;b&gt;" in govuk("tag", text="<b>")
    with pytest.raises(UnsafeMarkup):
        govuk("tag", html="<b>")
