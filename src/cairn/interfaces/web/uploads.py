"""How files come in: onto the disk piece by piece, never past what may be filed, and gone when the request is over."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from cairn.core.documents.kinds import MOST_AT_ONCE, MOST_BYTES

# All that may be filed at once, with room for the form itself.
MOST_IN_ALL = MOST_AT_ONCE * MOST_BYTES + 10 * 1024 * 1024


class LimitedUpload(TemporaryFileUploadHandler):
    """Keeps no more of a file than may be filed, and counts the rest, so that the page can say what is wrong."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django hands it over by this name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a request that could hold nothing but too much before a byte of it is read."""
        self.number = 0
        if content_length > MOST_IN_ALL:
            raise RequestDataTooBig(f"more than {MOST_AT_ONCE} files of 25 MB")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Those past the number that can be filed at once are counted and not kept."""
        super().new_file(*args, **kwargs)
        self.number += 1
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; of what is past the limit nothing."""
        room = MOST_BYTES - self.kept if self.number <= MOST_AT_ONCE else 0
        if room > 0:
            super().receive_data_chunk(raw_data[:room], start)
            self.kept += min(len(raw_data), room)
