"""Census files as the application asks for them."""

from __future__ import annotations

from pathlib import Path

from cairn.adapters import census_file, code_sets
from cairn.core.returns.census import CensusReturn, FileRefused
from cairn.core.returns.codes import CodeSets


class XmlCensusFiles:
    """Returns as XML files, code sets as they come with the application."""

    def read(self, path: Path) -> CensusReturn | FileRefused:
        """The return in a file that nobody has vouched for, or why nothing of it is taken."""
        return census_file.read(path)

    def codes(self) -> CodeSets:
        """The census's code sets."""
        return code_sets.load()
