"""What PostgreSQL writes into its own log: nothing of anybody. The embedded server is started so, any other is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

# Statements go over with their values in them, so none may be logged; and of what is refused the sentence itself may
# quote a value ("invalid input syntax for type uuid"). The application's own log says what failed, without values.
QUIET: Final[Mapping[str, str]] = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_lock_waits": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
}


def loud(setting: Callable[[str], str]) -> list[str]:
    """What to set in the `postgresql.conf` of a server so that nobody is in its log; nothing where all is set.

    `setting` gives what a setting is now, as the server's `current_setting` says it.
    """
    said = {name: setting(name) for name in QUIET}
    return [
        f"{name} = {wanted} (it is {said[name]}): what is typed would stand in PostgreSQL's log"
        for name, wanted in QUIET.items()
        if said[name] != wanted
    ]
