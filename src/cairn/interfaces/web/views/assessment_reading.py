"""An assessment read as one page while it is written: every section in order, as it is saved now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.application.assessing import Assessment, named, open_assessment
from cairn.application.refused import Refused
from cairn.application.without_form import NoForm
from cairn.core.assessing.sections import is_written
from cairn.core.protocol.forms import FormPart
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.assessment import MARKS, address, section_address, stage_note
from cairn.interfaces.web.views.assessment_text import read_written
from cairn.interfaces.web.views.assessment_without_form import without_form_page
from cairn.interfaces.web.views.record_frame import identity_bar, record_page


@signed_in("GET")
def assessment_reading(request: HttpRequest, actor: Actor, record: UUID, strand: UUID) -> HttpResponse:
    """Read the whole of it; nothing is written here, and each section leads to where it is."""
    it = open_assessment(actor, record, str(strand))
    if isinstance(it, NoForm):
        return without_form_page(request, actor, it)
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    begun = sum(one.text is not None and one.status != "not started" for one in it.sections)
    context = {
        "title": it.kind_title,
        "stage": stage_note(it),
        "parts": [_part(it, part) for part in it.form.parts],
        "as_it_stands": f"As it stands {words.moment_words(it.page.as_at)}: {begun} of {len(it.sections)} sections begun.",
        "back": address(it),
        "may_write": it.stood.may_write,
        "identity": replace(identity_bar(it.page.identity), heading=False),
    }
    return record_page(request, actor, it.page, "assessment_reading.html", context)


def _part(it: Assessment, part: FormPart) -> dict[str, Any]:
    """A part with what is written in it; the sections in which nothing stands are only named."""
    child = it.page.identity.name
    states = [one for one in it.sections if one.section.part == part.id]
    written = [one for one in states if one.text is not None and is_written(one.section, one.text.data)]
    return {
        "id": part.id,
        "title": named(part.title, child),
        "sections": [
            {
                "read": read_written(one, child),
                "mark": MARKS[one.status],
                "problem": one.line if one.status == "problem" else "",
                "href": section_address(it, one.section.id),
            }
            for one in written
        ],
        "not_written": [
            (named(one.section.title, child), section_address(it, one.section.id))
            for one in states
            if one not in written
        ],
    }
