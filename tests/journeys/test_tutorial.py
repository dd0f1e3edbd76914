"""The tutorial, followed word for word in a browser: each line that begins with "- " is done or looked for."""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004 - a step that comes too late
from tests.journeys.test_four_roles import Desk, address

pytestmark = pytest.mark.browser
__all__ = ["address"]
DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURE = {"x": 0, "y": 0, "width": 1280, "height": 820}
STEP = re.compile(r"^- (?P<step>.+)$|^!\[.*?\]\(pictures/(?P<picture>[\w-]+\.png)\)$", re.MULTILINE)


def sign_in(desk, name):
    desk.sign_in(name)


def asked(desk, label, what, *, exact=False):
    """The question of that name: its box, and not the part of the page that is called the same."""
    return desk.page.get_by_label(label, exact=exact).and_(desk.page.locator(what)).first


def select(desk, option, label):
    asked(desk, label, "select").select_option(label=option)


def tick(desk, label):
    asked(desk, label, "input").check()


def choose(desk, question, answer):
    desk.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def write(desk, text, label):
    asked(desk, label, "input, textarea", exact=True).fill(text)


def press_today(desk, question):
    desk.page.locator(".c-datebuttons button", has_text="Today").filter(has_text=question).first.click()


def see(desk, text):
    """What opens in place may take a moment."""
    try:
        desk.page.wait_for_function(
            "text => document.querySelector('main').innerText.includes(text)", arg=text, timeout=4_000
        )
    except TimeoutError as late:
        raise AssertionError(f"the tutorial promises “{text}” at {desk.page.url}") from late


def open_first(desk, text):
    """A link or, with the script, a button that opens in place."""
    desk.page.locator("main a", has_text=text).first.click()


STEPS = (
    (r"Press \*\*Today\*\* under \*\*(.+)\*\*\.", press_today),
    (r"Open the first \*\*(.+)\*\*\.", open_first),
    (r"Sign in as \*\*(.+)\*\*\.", sign_in),
    (r"Follow \*\*(.+)\*\*\.", Desk.follow),
    (r"Select \*\*(.+?)\*\* in \*\*(.+)\*\*\.", select),
    (r"Write “(.+)” in \*\*(.+)\*\*\.", write),
    (r"Tick \*\*(.+)\*\*\.", tick),
    (r"Under \*\*(.+?)\*\* choose \*\*(.+)\*\*\.", choose),
    (r"Press \*\*(.+)\*\*\.", Desk.press),
    (r"See “(.+)”\.", see),
)


def do(desk, step):
    for pattern, action in STEPS:
        found = re.fullmatch(pattern, step)
        if found:
            return action(desk, *found.groups())
    raise AssertionError(f"the test does not know how to do: {step}")


def picture(desk, name):
    """Take the tutorial's picture anew where asked to; in any case it must be there, and light enough to load.

    `CAIRN_TEST_PICTURES=yes` takes all of them, `CAIRN_TEST_PICTURES=plan,closing` those two.
    """
    wanted = os.environ.get("CAIRN_TEST_PICTURES", "").split(",")
    if "yes" in wanted or name.removesuffix(".png") in wanted:
        (DOCS / "pictures").mkdir(exist_ok=True)
        desk.page.screenshot(path=DOCS / "pictures" / name, clip=PICTURE)
    light(name)


def light(name):
    """A picture is there, of one size, and light enough to load."""
    png = (DOCS / "pictures" / name).read_bytes()
    assert len(png) < 200_000
    assert struct.unpack(">II", png[16:24]) == (PICTURE["width"], PICTURE["height"])


def test_every_picture_stands_in_a_page_of_the_documentation():
    pages = [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
    named = {
        name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))
    }
    assert {path.name for path in (DOCS / "pictures").iterdir()} == named


def test_the_tutorial_does_what_it_says(address, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    desk = Desk(context.new_page(), address)
    desk.page.set_default_timeout(8_000)
    steps = list(STEP.finditer((DOCS / "tutorial.md").read_text("utf-8")))
    assert len(steps) > 170
    for found in steps:
        if found["picture"]:
            picture(desk, found["picture"])
        else:
            do(desk, found["step"])
