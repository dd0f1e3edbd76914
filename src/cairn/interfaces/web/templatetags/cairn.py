"""Template tags: the bridge to GOV.UK's components, our own components, marks, and how things are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cairn.interfaces.web import govuk as bridge
from cairn.interfaces.web import words
from cairn.interfaces.web.components import Component, Link, Tag
from cairn.interfaces.web.marks import Mark, Tone, icon

register = template.Library()

for name, written in (
    ("day", words.day_words),
    ("short_day", words.short_day_words),
    ("weekday", words.weekday_words),
    ("clock_time", words.time_words),
    ("moment", words.moment_words),
    ("sentence", words.sentence),
    ("written", words.paragraphs),
):
    register.filter(name, written)


@register.simple_tag
def govuk(component: str, params: Mapping[str, Any] | None = None, /, **more: Any) -> SafeString:
    """One GOV.UK component: `{% govuk "button" text="Save" %}`, or `{% govuk "radios" its_parameters %}`."""
    return bridge.govuk(component, **{**(params or {}), **more})


@register.simple_tag
def mark(meaning: str, word: str = "", tone: Tone | None = None) -> SafeString:
    """Shape, word and colour together: `{% mark "late" "4 days overdue" %}`."""
    return Mark(meaning, word, tone).html


@register.simple_tag
def shape(name: str, tone: Tone) -> SafeString:
    """A mark's shape alone, where the word stands elsewhere."""
    return icon(name, tone)


@register.simple_tag(takes_context=True)
def component(context: template.Context, it: Component | Literal[""] | None) -> SafeString:
    """A component rendered by its own template; nothing where there is none."""
    if not it:
        return SafeString("")
    return render_to_string(it.template, {"it": it, "csrf_token": context.get("csrf_token")})


@register.simple_block_tag(end_name="endcard")
def card(content: SafeString, title: str, *, id: str, **more: Any) -> SafeString:  # noqa: A002 (as in HTML)
    """A card round what stands inside: `link`, `aside` (a sentence), `mark` or `tag` stand beside its title."""
    return render_to_string("components/card.html", {"content": content, "title": title, "id": id, **more})


@register.simple_block_tag(end_name="endpart")
def part(content: SafeString, title: str, *, id: str, tag: Tag | None = None, **more: Any) -> SafeString:  # noqa: A002
    """A part of a form: its title with `age`, how far it is (`tag`), and where it `goes`."""
    return render_to_string(
        "components/part.html", {"content": content, "title": title, "id": id, "tag": tag, **more}
    )


@register.simple_tag
def link(it: Link | Literal[""] | None, classes: str = "") -> SafeString:
    """A link, with what is read out after its text."""
    if not it:
        return SafeString("")
    after = format_html('<span class="govuk-visually-hidden"> {}</span>', it.hidden) if it.hidden else ""
    return format_html(
        '<a class="{}" href="{}">{}{}</a>', f"govuk-link {classes}".strip(), it.href, it.text, after
    )


@register.simple_tag
def enter_presses(name: str, value: str) -> SafeString:
    """What the Enter key presses in a form: stands first in it, so that Enter never adds or takes away a row."""
    return format_html(
        '<button type="submit" name="{}" value="{}" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true"'
        " formnovalidate>Save</button>",
        name, value,
    )  # fmt: skip


@register.simple_tag
def bar(value: int, full: int, late: bool = False, steps: int = 10) -> SafeString:
    """A bar from nought, ruled in equal steps. It is drawn beside its number, which says the same."""
    width = round(min(1.0, value / full) * 100, 1) if full else 0
    return format_html(
        '<svg class="c-bar__t c-bar__t--{}" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect width="{}" height="14" class="{}"/></svg>',
        steps, width, "is-late" if late else "",
    )  # fmt: skip
