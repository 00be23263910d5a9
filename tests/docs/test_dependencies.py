"""Every direct dependency is explained and locked; the locks pin by version and hash and name no registry."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

_FIELDS = ("License-Expression", "License", "Classifier")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _direct(root: Path, *, with_tests: bool) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["build"], *(extras["dev"] if with_tests else ())]
    return {_canonical(re.split(r"[\s<>=!~;\[]", name, maxsplit=1)[0]) for name in wanted}


_WORDS_OF_BSD = "Redistribution and use in source and binary forms"
"""A package may state its licence by nothing but its text, which does not name itself."""


def _rows(root: Path) -> dict[str, tuple[str, str]]:
    text = (root / "docs" / "dependencies.md").read_text("utf-8")
    return {
        _canonical(name): (why, licence)
        for name, why, licence in re.findall(r"^\| `(.+?)` \| (.+) \| (.+) \|$", text, re.M)
    }


def _requirements(lock: Path) -> list[str]:
    """The entries of a lock, their continued lines joined."""
    lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def test_every_direct_dependency_is_explained_and_no_other(root: Path) -> None:
    assert _rows(root).keys() == _direct(root, with_tests=True)


def test_the_licence_told_is_the_one_that_the_package_states(root: Path) -> None:
    for name, (_, licence) in _rows(root).items():
        metadata = importlib.metadata.metadata(name)
        stated = next(iter(metadata.get_all("License-Expression") or ()), "")
        if stated and " " not in stated:
            assert licence == stated, name
        else:
            told = " ".join(text for field in _FIELDS for text in metadata.get_all(field) or ())
            if "licen" not in told.lower():  # nothing but the licence itself
                distribution = importlib.metadata.distribution(name)
                files = metadata.get_all("License-File") or ()
                told = " ".join(distribution.read_text(f"licenses/{file}") or "" for file in files)
            family = re.split(r"[-, ]", licence)[0]
            assert family in told or (family == "BSD" and _WORDS_OF_BSD in told), name


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_version_and_hash_and_names_no_address(root: Path, name: str) -> None:
    requirements = _requirements(root / name)
    assert len(requirements) > 20
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+", requirement), requirement[:80]
        assert "--hash=sha256:" in requirement, requirement[:80]
    text = (root / name).read_text("utf-8")
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|\s@\s", text)


@pytest.mark.parametrize(("name", "with_tests"), [(LOCKS[0], False), (LOCKS[1], True)])
def test_a_lock_holds_every_direct_dependency(root: Path, name: str, with_tests: bool) -> None:
    locked = {_canonical(requirement.split("==")[0]) for requirement in _requirements(root / name)}
    assert _direct(root, with_tests=with_tests) <= locked
