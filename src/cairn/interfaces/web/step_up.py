"""Whether whoever is signed in has shown lately who they are, before one of the gravest acts; else the page that asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor


def asked_again(_request: HttpRequest, _actor: Actor, _why: str) -> HttpResponse | None:
    """None where it counts; else the page that asks again."""
    return None


def is_strong(_request: HttpRequest) -> bool:
    """Whether it counts."""
    return True
