"""Census files as the application asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from cairn.adapters import census_file, census_writer, code_sets
from cairn.core.returns.census import CensusReturn, Child, FileRefused, Header
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.rules.model import RuleText


class XmlCensusFiles:
    """Returns as XML files, code sets as they come with the application."""

    def read(self, path: Path) -> CensusReturn | FileRefused:
        """The return in a file that nobody has vouched for, or why nothing of it is taken."""
        return census_file.read(path)

    def each_child(
        self, path: Path, header: Callable[[Header], None], child: Callable[[Child], None]
    ) -> FileRefused | None:
        """Hand over the header and each child as the file is read; why nothing of it is taken, or None."""
        return census_file.each_child(path, header, child)

    def write(self, file: BinaryIO, header: Header, children: Iterable[Child]) -> None:
        """Write a return as XML, child by child."""
        census_writer.write(file, header, children)

    def rules(self) -> tuple[RuleText, ...]:
        """The words of the census's own rules."""
        return code_sets.rules()

    def codes(self) -> CodeSets:
        """The census's code sets."""
        return code_sets.load()
