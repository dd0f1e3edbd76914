"""What a use case refused, at the fields of the page that asked, with the paragraph."""

from __future__ import annotations

import re

from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.protocol.model import Source
from cairn.interfaces.web.forms.act_form import ActForm

FIELD = re.compile(r"^data\.([a-z_0-9]+)")


def refuse_fields(form: ActForm, refused: Refused, **other_names: str) -> None:
    """Put each fault at its field of the form; `other_names` say what a field is called on this page."""
    for fault in refused.faults:
        found = FIELD.match(fault.place)
        name = found[1] if found else fault.place
        name = other_names.get(name, name)
        if name in form.fields:
            form.refuse(name, f"{form.fields[name].label}: {fault.problem}; expected {fault.expected}")
    for refusal in refused.refusals:
        name = other_names.get(refusal.field, refusal.field)
        if name in form.fields:
            form.refuse(name, f"{refusal.missing}{cited(refusal.source)}")


def besides(form: ActForm, refused: Refused) -> str:
    """What is wrong with something that the form does not ask itself, in words; empty where nothing is."""
    labels = {
        field.name: field.label for kind in in_use().vocabulary.events.values() for field in kind.fields
    }
    found = [(match[1], fault) for fault in refused.faults if (match := FIELD.match(fault.place))]
    return ". ".join(
        f"{labels.get(name, name)}: {fault.problem}; expected {fault.expected}"
        for name, fault in found
        if name not in form.fields
    )


def source_words(source: Source | None) -> str:
    """Where a rule stands: "paragraph 3.6"; a rule of the record itself has no paragraph."""
    if source is None:
        return "how records are kept"
    home = in_use().protocol.name
    document = "" if source.document == home else f"{in_use().protocol.documents[source.document].title}, "
    return f"{document}paragraph {source.paragraph}"


def cited(source: Source | None) -> str:
    """The paragraph in brackets, after a sentence."""
    return f" ({source_words(source)})" if source else ""
