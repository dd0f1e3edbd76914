"""`cairn account`: an administrator makes accounts and closes them. Nobody makes one for themselves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cairn.application.accounts import Handed

HELP = "Make, list, close, open or move accounts of staff, or let somebody set up theirs anew."
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="do", required=True)
    new = actions.add_parser("add", help="make an account, and print the code to set it up with")
    new.add_argument("sign_in_name", help="what the person will type to sign in, such as priya.shah")
    new.add_argument("--name", required=True, help="the person's name, as others see it")
    new.add_argument("--role", required=True, help="their role, as the glossary has it")
    new.add_argument("--team", default="", help="their team, where they are in one")
    actions.add_parser("list", help="print every account")
    for name, text in (
        ("disable", "close an account at once"),
        ("enable", "open an account again, to be set up anew"),
        ("reset-second-factor", "let somebody set up password and second factor anew"),
    ):
        actions.add_parser(name, help=text).add_argument("sign_in_name")
    moved = actions.add_parser("move", help="put somebody into another team, or, without --team, into none")
    moved.add_argument("sign_in_name")
    moved.add_argument("--team", default="")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked. 1 where it cannot be done, with the reason and what to do."""
    from cairn.application.accounts import AccountRefused  # noqa: PLC0415 - needs Django set up

    try:
        return _ACTIONS[arguments.do](arguments)
    except AccountRefused as refused:
        print(f"cairn: {refused}", file=sys.stderr)
        return 1


def _add(arguments: argparse.Namespace) -> int:
    from cairn.application import accounts  # noqa: PLC0415 - as above

    handed = accounts.add(
        name=arguments.name,
        sign_in_name=arguments.sign_in_name,
        role=arguments.role,
        team=arguments.team,
    )
    return _hand_over(handed)


def _list(_: argparse.Namespace) -> int:
    from cairn.application import accounts  # noqa: PLC0415 - as above

    for one in accounts.every():
        print("\t".join((one.sign_in_name, one.name, one.role, one.team or "no team", one.state)))
    return 0


def _disable(arguments: argparse.Namespace) -> int:
    from cairn.application import accounts  # noqa: PLC0415 - as above

    accounts.disable(arguments.sign_in_name)
    print(f"{arguments.sign_in_name} is closed, and signed out everywhere.")
    return 0


def _enable(arguments: argparse.Namespace) -> int:
    from cairn.application import accounts  # noqa: PLC0415 - as above

    return _hand_over(accounts.enable(arguments.sign_in_name))


def _reset(arguments: argparse.Namespace) -> int:
    from cairn.application import accounts  # noqa: PLC0415 - as above

    return _hand_over(accounts.reset(arguments.sign_in_name))


def _move(arguments: argparse.Namespace) -> int:
    from cairn.application import accounts  # noqa: PLC0415 - as above

    accounts.move(arguments.sign_in_name, arguments.team)
    print(f"{arguments.sign_in_name} is in {arguments.team or 'no team'} now.")
    return 0


def _hand_over(handed: Handed) -> int:
    from cairn.core.calendar.london import say_instant  # noqa: PLC0415 - as above

    print(f"Name to sign in with:  {handed.sign_in_name}")
    print(f"Code to set it up:     {handed.code}")
    print(f"It can be used once, until {say_instant(handed.until)}, at /set-up/ of this installation.")
    print("Hand it over in person or by telephone, to nobody but this person. It is not shown again.")
    return 0


_ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "disable": _disable,
    "enable": _enable,
    "move": _move,
    "reset-second-factor": _reset,
}
