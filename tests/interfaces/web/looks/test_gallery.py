"""Every component, in the real layout under the real policy: no fault that axe finds, nothing wider than the window."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = ("work", "record", "why", "front door", "team", "form", "form with errors", "signed out")
WIDTHS = (1280, 320)

pytestmark = pytest.mark.browser


def opened(chromium, site, name, width=1280, **more):
    page = chromium.new_page(viewport={"width": width, "height": 900}, **more)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(site.at(name))
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_accessible_and_fits(chromium, site, name, width):
    page = opened(chromium, site, name, width)
    kept = os.environ.get("CAIRN_TEST_SCREENSHOTS")
    if kept:
        page.screenshot(path=Path(kept) / f"{name.replace(' ', '-')}-{width}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Nothing was refused by the policy, and no script failed.
    assert page.said == []
    page.close()
