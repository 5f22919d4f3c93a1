"""What is wrong or doubtful in a scenario, where, and what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from os import PathLike

from . import _native


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place, the reason and the remedy; ``str`` underlines the place."""

    severity: str
    """``error`` or ``warning``."""
    code: str
    """Such as ``D0201``; ``dotacija about D0201`` explains it."""
    message: str
    """What is wrong."""
    file: str | None = None
    """The file, as it is found from the working directory; ``None`` where there is no place."""
    line: int | None = None
    """The line, from 1."""
    column: int | None = None
    """The character in the line, from 1."""
    end_line: int | None = None
    """The line of the first character after the place."""
    end_column: int | None = None
    """That character in its line, from 1."""
    label: str = ""
    """What is to be said at the place."""
    note: str | None = None
    """Why it matters."""
    help: str | None = None
    """What to do."""
    waived: str | None = None
    """Why the scenario waives a warning; ``None`` where it does not."""
    text: str = field(default="", repr=False)
    """All of it for people, with the place underlined."""

    def __str__(self) -> str:
        return self.text


class ScenarioError(ValueError):
    """A scenario, or what was asked, is wrong: every problem at once.

    ``str`` is what the program prints, with each place underlined.
    """

    problems: list[Problem]
    """Errors first, then warnings, in the order in which they should be mended."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        super().__init__(text, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])

    @classmethod
    def _of(cls, text: str, records: str) -> ScenarioError:
        return cls(_in_python(text), problems_of(records))


_FIELDS = {entry.name for entry in fields(Problem)}
_TEXTS = ("message", "note", "help", "text")

# Options of the command line, as messages name them, and what they are here.
_OPTIONS = [
    (r"`--policy NAME`", "`policies=[…]`"),
    (r"`--estimate`", "`estimate=True`"),
    (r"`?--(threads|round|draws) ([\w.]+)`?", r"`\1=\2`"),
    (r"`--at-least`", "`at_least`"),
    (r"`--round`", "`round`"),
]


def _in_python(text: str) -> str:
    for option, here in _OPTIONS:
        text = re.sub(option, here, text)
    return text


def problems_of(records: str) -> list[Problem]:
    """Problems from the records of the compiled part."""
    problems = []
    for record in json.loads(records):
        known = {name: value for name, value in record.items() if name in _FIELDS}
        known |= {name: _in_python(known[name]) for name in _TEXTS if known.get(name)}
        problems.append(Problem(**known))
    return problems


def settings_of(settings: Mapping[str, object]) -> list[str]:
    """Settings as the program takes them, ``path=value``."""
    written = []
    for path, value in settings.items():
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif not isinstance(value, (str, int, float)):
            # NumPy's numbers are numbers too.
            item = getattr(value, "item", None)
            value = item() if item is not None else value
        if not isinstance(value, (str, int, float)):
            raise TypeError(f"set[{path!r}] is a {type(value).__name__}: give a number, True, False or a text")
        written.append(f"{path}={value}")
    return written


def check(path: str | PathLike[str], *, set: Mapping[str, object] | None = None) -> list[Problem]:
    """Everything that is wrong or doubtful in a scenario, as ``dotacija check`` finds it.

    Nothing long is run. A scenario without an error can be run; warnings say what a reader of its results
    should know. What the scenario waives is left out.

    Args:
        path: The scenario file.
        set: Numbers or choices to change before checking, such as ``{"levers.case_rate": 3}``.
    """
    return problems_of(_native.check(path, settings_of(set or {})))
