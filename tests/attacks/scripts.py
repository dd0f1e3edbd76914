"""The corpus of `scripts.txt`, and what no page of ours has unless one of its payloads got in (IN-1)."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("scripts.txt")
GROUP = re.compile(r"\[([a-z_]+)\]")
ESCAPE = re.compile(r"\\(\\|n|r|t|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})")
PLAIN = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
# Put in before any page's own code: what the content security policy stops is kept, for it was about to run.
WATCH = """
window.reports = [];
document.addEventListener('securitypolicyviolation', event => window.reports.push(event.violatedDirective));
"""
# Every element that our templates have. What is none of these was made out of somebody's words.
OURS = """
html head title meta link script body header footer main nav section article aside div p span a ul ol li dl dt dd
h1 h2 h3 h4 h5 table col colgroup caption thead tbody tfoot tr th td form fieldset legend label input textarea select option
optgroup button details summary strong em b i small time abbr bdi br hr del ins mark figure figcaption blockquote
pre code sup sub output template dialog cite
svg g path rect circle line polyline polygon text tspan desc defs marker pattern use ellipse clippath
""".split()  # noqa: SIM905 - a hundred names are read better without their quotes
FOREIGN = (
    "const ours = new Set(" + repr(OURS) + ");"
    """
    const all = [...document.querySelectorAll('*')], said = element => element.outerHTML.slice(0, 300);
    const named = element => [...element.attributes].some(one => /qz/i.test(one.name) || one.name.startsWith('on')
        || one.name === 'srcdoc' || (['id', 'class', 'name', 'for'].includes(one.name) && /qz/i.test(one.value)));
    const leads = value => /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data|blob|feed|jar|view-source):/i.test(value)
        || /^[\\s\\u0000-\\u0020]*(https?:)?[\\/\\\\]{2,}elsewhere/i.test(value);
    return {
        hit: window.hit ?? null,
        reports: window.reports,
        elements: all.filter(element => !ours.has(element.localName.toLowerCase())).map(said),
        attributes: all.filter(named).map(said),
        code: all.filter(element => element.localName === 'script' && !element.src && element.type !== 'application/json'
            || element.localName === 'meta' && element.httpEquiv).map(said),
        links: all.flatMap(element => ['href', 'action', 'formaction', 'src', 'xlink:href', 'data', 'poster']
            .map(name => element.getAttribute(name)).filter(value => value !== null && leads(value))),
    };"""
)
NOTHING: dict[str, Any] = {
    "hit": None, "reports": [], "elements": [], "attributes": [], "code": [], "links": []
}  # fmt: skip


def corpus() -> dict[str, tuple[str, ...]]:
    """The payloads by group, each with its number in it."""
    found: dict[str, list[str]] = defaultdict(list)
    group, number = "", 0
    for line in FILE.read_text("utf-8").splitlines():
        named = GROUP.fullmatch(line)
        if named:
            group = named[1]
        elif line and not line.startswith("# "):
            number += 1
            found[group].append(ESCAPE.sub(_character, line).replace("§", str(number)))
    return {name: tuple(payloads) for name, payloads in found.items()}


def _character(found: re.Match[str]) -> str:
    return PLAIN.get(found[1]) or chr(int(found[1][1:], 16))


def is_only_text(page: Any) -> None:
    """Nothing that was written did anything, nor became anything but text. `page` is a browser's, watched from the start."""
    # What hides behind a pointer is tried too: our script shows panels in place.
    page.mouse.move(200, 400)
    assert page.evaluate("() => {" + FOREIGN + "}") == NOTHING, page.url
    assert page.dialogs == [], page.url
