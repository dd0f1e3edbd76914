"""What the script adds, and that each page works without it."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader
from tests.interfaces.web.looks.test_gallery import opened

pytestmark = pytest.mark.browser

TALK = "#talk"


def status(page):
    return page.locator("[data-saved-text]")


def wait_for(page, words):
    page.wait_for_function(
        "words => document.querySelector('[data-saved-text]').textContent.includes(words)",
        arg=words,
        timeout=5000,
    )


def test_what_is_typed_is_saved_after_a_pause_and_said_so(chromium, site):
    page = opened(chromium, site, "form")
    page.fill(TALK, "Grace was up and dressed.")
    wait_for(page, "Saved at 2:14pm")
    address, body = site.posted[-1]
    assert address == "/draft/"
    assert "version=3" in body
    assert "talk=Grace+was+up+and+dressed." in body
    # The next one begins from the version that the server gave.
    page.fill(TALK, "Grace was up, dressed and cheerful.")
    page.wait_for_function("() => document.querySelector('form[data-draft]').dataset.version === '9'")
    for _ in range(50):
        if len(site.posted) > 1:
            break
        page.wait_for_timeout(100)
    assert "version=9" in site.posted[-1][1]
    page.close()


def test_somebody_who_never_pauses_is_saved_within_ten_seconds(chromium, site):
    page = opened(chromium, site, "form")
    page.clock.install()
    page.reload()
    for _ in range(12):
        page.type(TALK, "x")
        page.clock.run_for(900)
    assert site.posted
    assert page.locator("[data-saved][role=status]").count() == 1
    page.close()


def test_where_another_editor_was_first_nothing_is_written_over(chromium, site):
    site.answers = [(409, json.dumps({"merge": "/merge/7/"}))]
    page = opened(chromium, site, "form")
    page.fill(TALK, "Mine")
    wait_for(page, "somebody else has changed this")
    link = page.locator("[data-saved-more] a")
    assert link.get_attribute("href") == "/merge/7/"
    sent = len(site.posted)
    page.fill(TALK, "Mine, and more")
    page.wait_for_timeout(2200)
    assert len(site.posted) == sent
    assert page.input_value(TALK) == "Mine, and more"
    page.close(run_before_unload=False)


def test_a_lost_connection_is_said_and_tried_again(chromium, site):
    page = opened(chromium, site, "form")
    page.context.set_offline(True)
    page.fill(TALK, "On the train")
    wait_for(page, "Not saved yet, trying again")
    page.context.set_offline(False)
    wait_for(page, "Saved at")
    assert "On+the+train" in site.posted[-1][1]
    page.context.close()


def test_a_server_in_trouble_is_tried_again(chromium, site):
    site.answers = [(503, "{}")]
    page = opened(chromium, site, "form")
    page.fill(TALK, "Keep this")
    wait_for(page, "Not saved yet, trying again")
    wait_for(page, "Saved at")
    page.close()


def test_leaving_warns_only_while_something_is_unsaved(chromium, site):
    page = opened(chromium, site, "form")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill(TALK, "Half a sentence")
    page.goto(site.at("work"))
    assert asked == ["beforeunload"]
    page.goto(site.at("form"))
    page.fill(TALK, "A sentence.")
    wait_for(page, "Saved at")
    page.goto(site.at("work"))
    assert asked == ["beforeunload"]
    page.close()


def test_today_and_yesterday_fill_the_date(chromium, site):
    page = opened(chromium, site, "form", timezone_id="America/New_York")
    page.clock.install(time="2026-11-24T00:30:00Z")
    page.reload()
    page.locator(".c-datebuttons").first.get_by_role("button", name="Yesterday").click()
    filled = [page.input_value(f"#visited-{part}") for part in ("day", "month", "year")]
    # London's day, wherever the computer thinks it is.
    assert filled == ["23", "11", "2026"]
    page.close()


def test_beside_a_time_that_lies_ahead_tomorrow_is_offered_and_not_yesterday(chromium, site):
    page = opened(chromium, site, "form")
    page.clock.install(time="2026-11-24T00:30:00Z")
    page.reload()
    ahead = page.locator("fieldset", has_text="When you come next").last
    assert ahead.get_by_role("button", name="Yesterday").count() == 0
    ahead.get_by_role("button", name="Tomorrow").click()
    filled = [page.input_value(f"#when-{part}") for part in ("day", "month", "year")]
    assert filled == ["25", "11", "2026"]
    page.close()


def test_a_revealed_field_shows_with_its_answer_and_every_one_without_script(chromium, site):
    page = opened(chromium, site, "form")
    assert page.locator("#why_not").is_visible()
    page.check("#seen")
    assert not page.locator("#why_not").is_visible()
    page.close()
    plain = opened(chromium, site, "form with errors", java_script_enabled=False)
    assert plain.locator("#why_not").is_visible()
    assert plain.get_by_role("button", name="Save and come back later").is_visible()
    plain.close()


def test_enter_saves_and_never_takes_away_a_row(chromium, site):
    page = opened(chromium, site, "form")
    with page.expect_request(
        lambda request: request.method == "POST" and request.is_navigation_request()
    ) as sent:
        page.press("#people-0-name", "Enter")
    assert "press=save" in sent.value.post_data
    assert "remove=" not in sent.value.post_data
    page.close()


def test_what_is_sent_comes_with_the_version_of_the_save_that_was_under_way(chromium, site):
    """Or the writer's own text would look like somebody else's."""
    page = opened(chromium, site, "form")
    page.evaluate(
        """() => document.querySelector("form[data-draft]").insertAdjacentHTML(
               "beforeend", '<input type="hidden" name="version" value="3">')"""
    )
    held, sent = [], []
    page.route("**/draft/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright asks for a function
    page.on("request", lambda one: sent.append(one) if one.is_navigation_request() else None)
    with page.expect_request("**/draft/"):
        page.fill(TALK, "Grace was up and dressed.")
    page.press("#people-0-name", "Enter")
    page.wait_for_timeout(300)
    assert sent == []
    with page.expect_navigation():
        held[0].fulfill(status=200, json={"version": 4, "saved_at": "2:14pm"})
    assert "version=4" in sent[0].post_data
    assert "press=save" in sent[0].post_data
    page.close()


def test_why_opens_in_place_by_mouse_and_by_space_and_closes_again(chromium, site):
    page = opened(chromium, site, "work")
    link = page.locator("a[data-why]").first
    link.focus()
    page.keyboard.press("Space")
    panel = page.locator(".c-whypanel")
    panel.wait_for()
    assert link.get_attribute("aria-expanded") == "true"
    assert panel.get_attribute("id") == link.get_attribute("aria-controls")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.said == []
    link.click()
    assert panel.count() == 0
    assert link.inner_text().startswith("Why?")
    page.close()


def test_where_the_panel_cannot_be_fetched_the_link_leads_to_its_page(chromium, site):
    del site.pages["why"]
    page = opened(chromium, site, "work")
    with page.expect_navigation(url="**/why/"):
        page.locator("a[data-why]").first.click()
    page.close()


def test_the_end_of_a_session_is_said_and_one_press_keeps_it(chromium, site):
    page = opened(chromium, site, "work")
    page.clock.install()
    page.reload()
    page.clock.run_for(14 * 60 * 1000)
    assert page.locator(".c-session").count() == 0
    page.clock.run_for(75 * 1000)
    assert "In 5 minutes" in page.locator(".c-session p").inner_text()
    page.get_by_role("button", name="Stay signed in").click()
    page.locator(".c-session").wait_for(state="detached")
    assert site.posted[-1][0] == "/stay/"
    page.close()


def test_every_error_link_lands_on_its_input(chromium, site):
    page = opened(chromium, site, "form with errors")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert page.title().startswith("Error: ")
    for link in page.locator(".govuk-error-summary a").all():
        link.click()
        assert page.evaluate("document.activeElement.id") == link.get_attribute("href")[1:]
    page.close()


def test_a_printed_record_says_on_every_sheet_whose_it_is_and_who_printed_it(chromium, site):
    page = opened(chromium, site, "record")
    page.emulate_media(media="print")
    for hidden in (
        ".c-header",
        ".govuk-service-navigation",
        ".c-subnav",
        ".c-footer",
        ".c-practice",
        ".c-flow",
    ):
        assert not page.locator(hidden).first.is_visible(), hidden
    head = page.locator(".c-printhead")
    assert head.is_visible()
    # A table's head is what browsers repeat on each sheet.
    assert head.evaluate("it => getComputedStyle(it).display") == "table-header-group"
    for words in (
        "Theo Okafor-Reed",
        "16 January 2020",
        "FC-204816",
        "Priya Shah",
        "23 November 2026, 8:52am",
    ):
        assert words in head.inner_text()
    sheets = [
        sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert "Theo Okafor-Reed, born 16 January 2020, FC-204816" in sheet
        assert "Printed by Priya Shah, 23 November 2026, 8:52am" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.c-due__word')).color") == "rgb(0, 0, 0)"
    page.close()
