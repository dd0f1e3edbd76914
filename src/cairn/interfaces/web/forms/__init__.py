"""Forms made from the vocabulary, shown by GOV.UK's components."""

from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.forms.reading import FieldError

__all__ = ["ActForm", "FieldError", "summary_of"]
