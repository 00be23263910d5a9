"""What a proposal changes, as values: which cases and calls its files belong to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Files below cases/ that are new, different or gone, as paths from the folder that holds cases/."""

    files: frozenset[str]

    @property
    def case_ids(self) -> frozenset[str]:
        """The cases whose folders they lie in: ``<campaign>/<case>``."""
        return frozenset(case_id for file in self.files if (case_id := case_of(file)))

    @property
    def calls(self) -> frozenset[str]:
        """The calls whose own files are among them."""
        return frozenset(call for file in self.files if (call := call_of(file)))

    @property
    def touches_shared(self) -> bool:
        """Whether a file that all cases share is among them: regions.yml, vocabulary.yml."""
        return any(file.count("/") == 1 for file in self.files)

    @property
    def changes_rules(self) -> bool:
        """Whether cases outside it are judged anew for it: a call, or what all cases share, is among them."""
        return bool(self.calls) or self.touches_shared


def case_of(file: str) -> str:
    """``<campaign>/<case>`` of a file in a case folder; "" for every other file."""
    parts = file.split("/")
    return "/".join(parts[1:3]) if len(parts) > 3 else ""


def call_of(file: str) -> str:
    """The call whose own file it is; "" for every other file."""
    parts = file.split("/")
    return parts[1] if len(parts) == 3 else ""
