"""A text of a letter as it is written in a protocol: what stands in braces is checked when the file is read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from cairn.core.letters.placeholders import faults_in


def _can_be_filled(text: str) -> str:
    faults = list(faults_in(text))
    if faults:
        raise ValueError("; ".join(faults))
    return text


LetterText = Annotated[str, AfterValidator(_can_be_filled)]
