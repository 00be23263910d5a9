"""A built site as the publishing room reads it: its files, its cases, what its search finds."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PublishError
from generator.publish.census import Census, census_from
from generator.publish.release import MARKER, Content, Manifest, Standing, refuse_strange_site, unchanged
from generator.store import digest_of_file

Progress = Callable[[str, int, int], None]
"""Told the stage, how many are done, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything to publish."""

    folder: Path
    files: Mapping[str, Content]  # by path, sorted; without the marker
    census: Census
    indexed: frozenset[str] | None  # addresses of the cases that its search finds; None: it has no readable index


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A site that is to become a release."""

    name: str
    site: Site
    previous: str | None  # what is live
    same: frozenset[str]  # paths whose bytes that one has, as its manifest says
    other: frozenset[str]  # paths that it has with other bytes, or for no page of this one
    spare: str | None  # a release that goes in any case: the target may make this one of its folder

    @classmethod
    def of(cls, name: str, site: Site, standing: Standing, spare: str | None = None) -> Draft:
        """*site* under that *name*, beside what stands."""
        manifest = standing.manifests.get(standing.current or "")
        same = unchanged(site.files, manifest)
        other = frozenset(manifest.files.keys() - same if manifest else ())
        return cls(name=name, site=site, previous=standing.current, same=same, other=other, spare=spare)

    def manifest(self, spoiled: Iterable[str]) -> Manifest:
        """Its manifest, where *spoiled* had to be written as well, since somebody had changed them on the target."""
        changed = len((self.site.files.keys() - self.same) | set(spoiled))
        return Manifest(files=self.site.files, changed=changed, previous=self.previous, census=self.site.census)


def read_site(site_dir: Path, progress: Progress) -> Site:
    """The site that a build left in *site_dir*, every byte of it read.

    Raises:
        PublishError: it is none, a preview, or has something in it that no build makes.
        OSError: it cannot be read.
    """
    if not site_dir.is_dir():
        raise PublishError(f"没有网站目录 {site_dir}；请先运行 showcase build，再发布")
    sizes = _sizes_under(site_dir)
    refuse_strange_site(sizes)
    census = census_from((site_dir / MARKER).read_text("utf-8", "replace"))
    if census is None:
        raise PublishError(f"{site_dir / MARKER} 坏了，不知道网站有哪些案例；请重新运行 showcase build，再发布")
    files = {}
    for number, (path, size_bytes) in enumerate(sorted(sizes.items()), 1):
        if path != MARKER:
            files[path] = Content(sha256=digest_of_file(site_dir / path), bytes=size_bytes)
        progress("读取网站", number, len(sizes))
    return Site(folder=site_dir, files=files, census=census, indexed=_indexed(site_dir / "search"))


def _sizes_under(folder: Path) -> dict[str, int]:
    """Bytes by path. Links and pipes, which no build makes, could publish any file of this machine: refused."""
    found: dict[str, int] = {}
    left = [folder]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    left.append(path)
                elif entry.is_file(follow_symlinks=False):
                    found[path.relative_to(folder).as_posix()] = entry.stat().st_size
                else:
                    raise PublishError(f"{path} 不是普通文件，不发布；请删掉它，再运行 showcase build")
    return found


def _indexed(search_dir: Path) -> frozenset[str] | None:
    """The cases whose cards the index has, read from the cards themselves: a count in its head may be wrong."""
    try:
        head = json.loads((search_dir / "index.json").read_bytes())
        shelves = [json.loads(path.read_bytes()) for path in sorted(search_dir.glob("c/*.json"))]
        found = frozenset(str(card["u"]) for shelf in shelves for card in shelf if card is not None)
        return found if int(head["cases"]) == len(found) else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
