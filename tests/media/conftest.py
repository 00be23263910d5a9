"""Clips and stores that the media tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.store import Store

from .samples import clip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(scope="session")
def small_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of 320×180 with sound and a place in its metadata; its table stands first."""
    path = tmp_path_factory.mktemp("clips") / "small.mp4"
    return clip(path, after=("-metadata", "location=+29.3+113.1/", "-movflags", "+faststart"))
