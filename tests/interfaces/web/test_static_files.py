"""What is served as it stands: made from the sources beside it, without GOV.UK's marks, kept by the strict policy."""

import hashlib
import re
from pathlib import Path

import pytest

from cairn.interfaces import web

HOME = Path(web.__file__).parent
SOURCE, STATIC = HOME / "static_source", HOME / "static"
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))


def test_the_compiled_files_were_made_from_these_sources():
    digest = hashlib.sha256()
    for folder in ("scss", "js"):
        for file in sorted((SOURCE / folder).iterdir()):
            digest.update(f"{folder}/{file.name}\n".encode())
            digest.update(file.read_bytes())
    digest.update((SOURCE / "package-lock.json").read_bytes())
    built = (SOURCE / "built_from.txt").read_text().strip()
    assert built == digest.hexdigest(), "run `make css` and commit static/ with its sources"


def test_nothing_of_gov_uk_s_own_look_is_served():
    css = (STATIC / "cairn.css").read_text()
    # GDS Transport, the crown and the crest are for services on GOV.UK only.
    assert not re.search(r"transport|crown|crest|@font-face", css, re.IGNORECASE)
    assert "url(" not in css
    assert not [file for file in STATIC.rglob("*") if file.suffix in (".woff", ".woff2", ".png", ".ico")]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(HOME).as_posix())
def test_no_template_needs_what_the_policy_refuses(template):
    markup = template.read_text()
    assert not re.search(r"<[^>]*\sstyle=", markup), "a style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+=", markup), "an inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style", markup), "an inline script or style"
    assert not re.search(r"\|\s*safe\b|autoescape off|mark_safe", markup), "escaping turned off"


def test_every_class_of_ours_in_a_template_is_in_the_style_sheet():
    known = set(re.findall(r"\.(c-[\w-]+)", (STATIC / "cairn.css").read_text()))
    used = {
        (name, file.name)
        for file in TEMPLATES
        for names in re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", "\n", file.read_text()))
        for name in names.split()
        if re.fullmatch(r"c-[\w-]*\w", name)
    }
    assert {each for each in used if each[0] not in known} == set()
