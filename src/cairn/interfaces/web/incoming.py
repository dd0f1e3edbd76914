"""What comes in, before any view reads it: text that is read as it was meant, and that can be kept."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

# NUL, and the marks that turn the direction of what follows: with them a name reads as another, and a sentence about
# one person as one about somebody else. Letters of every script bring their own direction with them.
LEFT_OUT = re.compile("[\x00\u202a-\u202e\u2066-\u2069]")
OURS = "utf-8"


class Readable:
    """Middleware, behind the one that looks at the form's key: it has read the form by then.

    A request that says it is written in another code than UTF-8 is unreadable (400): our pages ask for that one, and
    others can spell halves of characters, which nothing can store. What cannot be stored, or would be read as something
    else than it says, is left out of what was typed: whoever typed around it must lose nothing for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse what is not in UTF-8, before anything of it is read."""
        if request.encoding and codecs.lookup(request.encoding).name != OURS:
            raise BadRequest("the request is not in UTF-8")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Leave it out of the address and of the form."""
        request.GET = as_it_reads(request.GET)  # type: ignore[assignment]  # a form that nobody changes after
        request.POST = as_it_reads(request.POST)  # type: ignore[assignment]  # as above


def as_it_reads(given: QueryDict) -> QueryDict:
    """The same names and values without those characters; the very same where there are none."""
    if not any(LEFT_OUT.search(text) for name, values in given.lists() for text in (name, *map(str, values))):
        return given
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        kept.setlist(LEFT_OUT.sub("", name), [LEFT_OUT.sub("", str(one)) for one in values])
    kept._mutable = False  # noqa: SLF001 - as the one it stands for
    return kept
