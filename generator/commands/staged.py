"""What a check looks at: the work tree as it is, or what is about to be committed, laid out beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.catalog.changed import Changed
from generator.commands.changed import changed_since, git
from generator.settings import Settings

LookedAt = tuple[Settings, Changed | None]


@contextmanager
def as_it_is(settings: Settings, since: str | None) -> Iterator[LookedAt]:
    """The work tree, and what differs from where *since* and this branch parted; None: everything counts.

    Raises:
        SettingsError: there is no such commit here.
        ToolError: Git is missing, or this is no repository.
    """
    yield settings, changed_since(settings.cases_dir, since) if since else None


@contextmanager
def about_to_be_committed(settings: Settings) -> Iterator[LookedAt]:
    """The cases as they are staged, in a folder that is gone afterwards, and what of them is staged.

    Folders of cases that do not change are laid out without their media, which nothing is reported of: a commit is
    checked in seconds, however many videos lie beside it. What the project remembers is used and added to.

    Raises:
        ToolError: Git is missing, or this is no repository.
    """
    root, name = settings.root_dir, settings.cases_dir.name
    changed = staged(root, name)
    wanted = [path for path in _names(git(root, "ls-files", "--cached", "-z", "--", name)) if _is_wanted(path, changed)]
    within = git(root, "rev-parse", "--show-prefix").strip()
    with tempfile.TemporaryDirectory(prefix="showcase-staged-") as made:
        given = "".join(f"{path}\0" for path in wanted)
        git(root, "checkout-index", "-z", "--stdin", "--quiet", f"--prefix={made}/", given=given)
        laid_out = Path(made) / within
        (laid_out / name).mkdir(parents=True, exist_ok=True)
        options = settings.options.model_copy(update={"var_dir": str(root / settings.options.var_dir)})
        yield settings.model_copy(update={"config_file": laid_out / "mkdocs.yml", "options": options}), changed


def staged(root: Path, cases: str) -> Changed:
    """What the next commit changes below the folder *cases*; of a merge, only what neither side had so.

    Raises:
        ToolError: Git is missing, or this is no repository.
    """
    ask = ("diff", "--cached", "--name-only", "--no-renames", "--relative", "-z")
    files = set(_names(git(root, *ask, "--", cases)))
    # A merge that stopped at a conflict would otherwise be answerable for everything that others did meanwhile.
    merged_file = root / git(root, "rev-parse", "--git-path", "MERGE_HEAD").strip()
    for merged in merged_file.read_text().split() if merged_file.is_file() else ():
        files &= set(_names(git(root, *ask, merged, "--", cases)))
    return Changed(files=frozenset(files))


def _is_wanted(path: str, changed: Changed) -> bool:
    """Texts always, since cases are compared; everything of what changes."""
    parts = path.split("/")
    if changed.touches_shared or len(parts) <= 3 or (len(parts) == 4 and parts[3] == "index.md"):
        return True
    return parts[1] in changed.calls or "/".join(parts[1:3]) in changed.case_ids


def _names(listed: str) -> list[str]:
    return [name for name in listed.split("\0") if name]
