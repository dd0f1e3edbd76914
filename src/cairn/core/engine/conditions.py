"""Every named condition, by name. Each declares what it reads, has an example of each answer, and may say unknown.

To add one, write it into the module of its subject, or into a new module that is imported here.
"""

from __future__ import annotations

from cairn.core.engine import (
    conditions_of_assessment,
    conditions_of_closing,
    conditions_of_consent,
    conditions_of_plans,
    conditions_of_referral,
    conditions_of_section_47,
    conditions_of_seeing,
    conditions_of_siblings,
    conditions_of_transfer,
)
from cairn.core.engine.naming import CONDITIONS, NamedCondition

__all__ = [
    "CONDITIONS",
    "NamedCondition",
    "conditions_of_assessment",
    "conditions_of_closing",
    "conditions_of_consent",
    "conditions_of_plans",
    "conditions_of_referral",
    "conditions_of_section_47",
    "conditions_of_seeing",
    "conditions_of_siblings",
    "conditions_of_transfer",
]
