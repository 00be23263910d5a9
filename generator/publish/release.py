"""What a release is: its name, its manifest, its place among the others, and which ones may go.

Values in, values out; the folders are those of `folder` and `server`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from generator.errors import PublishError
from generator.publish.census import Census, census_of, census_record
from generator.store import key_of

MARKER = ".showcase-site"
"""The file in every folder that a build made, with the site's census; it stays behind. The same word as in pages/place.py."""

PREVIEW_MARKER = ".showcase-preview"
"""The file in every preview, which has drafts in it and is never published."""

ANSWER = "release.json"
"""The file that a release gets besides the site's: the web server's answer to which release it shows."""

_NAME = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{12}")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file holds."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a release holds, and what stood before it."""

    files: Mapping[str, Content]  # by path under the site, "/" on every system
    changed: int  # files that the release before did not have, or had otherwise
    previous: str | None  # the release that was live when this one was made
    census: Census = field(default_factory=Census)

    @property
    def digest(self) -> str:
        """64 hexadecimal digits, the same for the same paths and bytes."""
        return digest_of(self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published site, or one that was."""

    id: str
    digest: str
    files: int
    bytes: int
    changed: int  # files that the release before did not have, or had otherwise
    is_current: bool
    is_new: bool  # made by this very call


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands on the target."""

    manifests: Mapping[str, Manifest]  # of every complete release, by its name
    current: str | None  # may name a release that is not among them: someone removed its manifest
    names: frozenset[str]  # every release name there, complete or not


def digest_of(files: Mapping[str, Content]) -> str:
    """64 hexadecimal digits, the same for the same paths and bytes."""
    return key_of("release", sorted((path, content.sha256) for path, content in files.items()))


def refuse_strange_site(paths: Iterable[str]) -> None:
    """Stops a folder that is a preview, that no build of ours made, that has no home page, or a file named `ANSWER`.

    Raises:
        PublishError: it is one.
    """
    found = set(paths)
    if PREVIEW_MARKER in found:
        raise PublishError("这是预览，里面有草稿，不能发布；请先运行 showcase build，再发布")
    if MARKER not in found:
        raise PublishError(f"不是本程序生成的网站：缺少 {MARKER}；请先运行 showcase build，再发布")
    if ANSWER in found:
        raise PublishError(f"网站里有 {ANSWER}，这个名字留给发布用；请把它从 docs/site 移走，重新生成，再发布")
    if "index.html" not in found:
        raise PublishError("网站没有首页 index.html，不发布；请重新运行 showcase build，再发布")


def answer_text(name: str) -> bytes:
    """What `ANSWER` holds in the release of that name."""
    return (json.dumps({"release": name}) + "\n").encode()


def answered(body: bytes) -> str | None:
    """The release whose `ANSWER` *body* is; None where it is something else."""
    try:
        name = json.loads(body)["release"]
    except (ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) and is_release_name(name) else None


def is_release_name(name: str) -> bool:
    """Whether *name* is one that :func:`name_after` gives."""
    return moment_of(name) is not None


def name_after(names: Iterable[str], now: datetime.datetime, digest: str) -> str:
    """A name for what is published *now*, greater than every release name among *names*.

    Two releases in a second, or a clock set back, cost the truth of the second, never the order.
    """
    moment = now.astimezone(datetime.UTC).replace(microsecond=0)
    stamps = [stamp for name in names if (stamp := moment_of(name))]
    if stamps and moment <= max(stamps):
        moment = max(stamps) + datetime.timedelta(seconds=1)
    return f"{moment.strftime(_STAMP)}-{digest[:12]}"


def moment_of(name: str) -> datetime.datetime | None:
    """When the release of that name was made, as it says; None where it is no release's name."""
    match = _NAME.fullmatch(name)
    if not match:
        return None
    try:
        return datetime.datetime.strptime(match[1], _STAMP).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None


def unchanged(files: Mapping[str, Content], previous: Manifest | None) -> frozenset[str]:
    """The paths whose bytes the release before has already, under the same path."""
    if previous is None:
        return frozenset()
    return frozenset(path for path, content in files.items() if previous.files.get(path) == content)


def before(standing: Standing) -> str | None:
    """The release to go back to: what was live before the current one, or else the next older name.

    After a way back and a mended release, the name before is the broken one; what was live before is not.
    """
    current = standing.manifests.get(standing.current or "")
    if current and current.previous in standing.manifests:
        return current.previous
    return max((name for name in standing.manifests if name < (standing.current or "")), default=None)


def removable(standing: Standing, keep: int) -> tuple[str, ...]:
    """The complete releases beyond the last *keep*, oldest first; never the current one, unless *keep* is 0.

    Last are the current one, what was live before it, and so on; then the others, newest first. Thus a release that
    never went live or was taken back goes before one that served.
    """
    order: list[str] = []
    name = standing.current
    while name is not None and name in standing.manifests and name not in order:
        order.append(name)
        name = standing.manifests[name].previous
    order += sorted(standing.manifests.keys() - set(order), reverse=True)
    return tuple(sorted(order[keep:]))


def without(standing: Standing, names: Iterable[str]) -> Standing:
    """What stands when the releases of *names* are gone."""
    gone = frozenset(names)
    left = {name: manifest for name, manifest in standing.manifests.items() if name not in gone}
    return Standing(manifests=left, current=standing.current, names=standing.names - gone)


def described(name: str, standing: Standing, *, is_new: bool = False) -> Release:
    """The complete release of that name."""
    manifest = standing.manifests[name]
    return Release(
        id=name,
        digest=manifest.digest,
        files=len(manifest.files),
        bytes=sum(content.bytes for content in manifest.files.values()),
        changed=manifest.changed,
        is_current=name == standing.current,
        is_new=is_new,
    )


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON, one file a line, for people and ``grep``."""
    head = {
        "changed": manifest.changed,
        "previous": manifest.previous,
        "digest": manifest.digest,
        "census": census_record(manifest.census),
    }
    quoted = json.encoder.encode_basestring  # a hundred thousand times, where `dumps` takes five times as long
    rows = [
        f'{quoted(path)}: {{"sha256": {quoted(content.sha256)}, "bytes": {content.bytes}}}'
        for path, content in sorted(manifest.files.items())
    ]
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "files": {\n' + ",\n".join(rows) + "\n}}\n"


@dataclass(frozen=True, slots=True)
class _Told:
    """A manifest as its text has it."""

    changed: int
    previous: str | None
    digest: str
    census: Any
    files: dict[str, Content]


_TOLD = msgspec.json.Decoder(_Told)  # of a hundred thousand rows, a tenth of the time that json takes


def _told(text: bytes) -> _Told:
    try:
        return _TOLD.decode(text)
    except msgspec.DecodeError:  # the name of a file may be no text
        return msgspec.convert(json.loads(text.decode("utf-8", "surrogateescape")), _Told)


def manifest_from(text: bytes) -> Manifest | None:
    """The manifest whose `manifest_text` is *text*; None where it is damaged or something else."""
    try:
        read = _told(text)
        manifest = Manifest(
            files=read.files, changed=read.changed, previous=read.previous, census=census_of(read.census)
        )
        return manifest if manifest.digest == read.digest else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
