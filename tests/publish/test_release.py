"""What release.py decides, as properties."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os

from hypothesis import given
from hypothesis import strategies as st

from generator.pages import place
from generator.publish import release
from generator.publish.release import (
    Content,
    Manifest,
    Standing,
    before,
    digest_of,
    is_release_name,
    manifest_from,
    manifest_text,
    name_after,
    removable,
    unchanged,
)

moments = st.datetimes(
    min_value=datetime.datetime(2000, 1, 1),
    max_value=datetime.datetime(2999, 1, 1),
    timezones=st.sampled_from([datetime.UTC, datetime.timezone(datetime.timedelta(hours=8))]),
)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
contents = st.builds(Content, sha256=digests, bytes=st.integers(0, 2**40))
paths = st.text(st.characters(codec="utf-8"), min_size=1) | st.binary(min_size=1).map(
    os.fsdecode
)  # names that are no text
manifests = st.builds(
    Manifest, files=st.dictionaries(paths, contents, max_size=5), changed=st.integers(0, 9), previous=st.none() | paths
)
stamps = st.integers(0, 30).map(lambda second: f"20240301T1830{second:02}Z-0123456789ab")


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    names = sorted(draw(st.sets(stamps, max_size=9)))
    link = st.none() | (st.sampled_from(names) if names else stamps) | stamps
    kept = {name: Manifest(files={}, changed=0, previous=draw(link)) for name in names}
    return Standing(manifests=kept, current=draw(link), names=frozenset(names))


def test_the_marker_is_the_one_that_a_build_leaves() -> None:
    assert place.MARKER == release.MARKER


@given(st.lists(st.tuples(moments, digests), max_size=8))
def test_names_grow_with_every_release_whatever_the_clock_says(runs: list[tuple[datetime.datetime, str]]) -> None:
    names: list[str] = []
    for now, digest in runs:
        names.append(name_after(names, now, digest))
    assert names == sorted(set(names))
    assert all(is_release_name(name) for name in names)


@given(moments, digests)
def test_a_name_tells_its_second_in_utc(now: datetime.datetime, digest: str) -> None:
    stamp, short = name_after(["readme.txt", "20249901T000000Z-0123456789ab"], now, digest).split("-")
    told = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
    assert told == now.replace(microsecond=0)
    assert digest.startswith(short)


@given(manifests)
def test_a_manifest_survives_its_file(manifest: Manifest) -> None:
    text = manifest_text(manifest)
    assert manifest_from(text.encode("utf-8", "surrogateescape")) == manifest
    backwards = dict(reversed(list(manifest.files.items())))
    assert manifest_text(dataclasses.replace(manifest, files=backwards)) == text


@given(manifests, st.integers(0, 10_000))
def test_a_cut_manifest_is_no_manifest(manifest: Manifest, length: int) -> None:
    text = manifest_text(manifest).rstrip()
    assert manifest_from(text.encode("utf-8", "surrogateescape")[: min(length, len(text) - 1)]) is None


def test_an_altered_manifest_is_no_manifest() -> None:
    text = manifest_text(Manifest(files={"index.html": Content(sha256="a" * 64, bytes=1)}, changed=1, previous=None))
    assert manifest_from(text.replace("aaaa", "aaab", 1).encode()) is None
    assert manifest_from(b'{"files": [], "changed": 0, "previous": null}') is None


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_other_json_is_no_manifest(value: object) -> None:
    assert manifest_from(json.dumps(value).encode()) is None


@given(st.dictionaries(paths, contents, min_size=1, max_size=5), contents)
def test_the_digest_knows_every_path_and_every_byte(files: dict[str, Content], other: Content) -> None:
    path = min(files)
    without = {key: content for key, content in files.items() if key != path}
    assert digest_of(files) == digest_of(dict(reversed(files.items())))
    assert digest_of(files) != digest_of(without)
    if other.sha256 != files[path].sha256:
        changed = Content(sha256=other.sha256, bytes=files[path].bytes)
        assert digest_of(files) != digest_of({**files, path: changed})


@given(st.dictionaries(paths, st.tuples(contents, contents), max_size=5), st.data())
def test_unchanged_files_are_the_same_in_both(drawn: dict[str, tuple[Content, Content]], data: st.DataObject) -> None:
    files = {path: pair[0] for path, pair in drawn.items()}
    kinds = data.draw(st.fixed_dictionaries({path: st.sampled_from(["same", "changed", "absent"]) for path in drawn}))
    old = {path: drawn[path][kind == "changed"] for path, kind in kinds.items() if kind != "absent"}
    expected = {path for path in old if old[path] == files[path]}
    assert unchanged(files, Manifest(files=old, changed=0, previous=None)) == expected
    assert unchanged(files, None) == frozenset()


@given(standings(), st.integers(1, 6))
def test_enough_releases_stay_and_the_live_one_among_them(standing: Standing, keep: int) -> None:
    gone = removable(standing, keep)
    assert standing.current not in gone
    assert set(gone) <= set(standing.manifests)
    assert len(standing.manifests) - len(gone) == min(keep, len(standing.manifests))


@given(st.sets(stamps, min_size=1), st.integers(1, 6))
def test_without_a_way_back_the_oldest_go_first(names: set[str], keep: int) -> None:
    order = sorted(names)
    kept = {
        name: Manifest(files={}, changed=0, previous=older) for older, name in zip([None, *order], order, strict=False)
    }
    standing = Standing(manifests=kept, current=order[-1], names=frozenset(names))
    assert list(removable(standing, keep)) == order[: max(0, len(order) - keep)]


def test_of_releases_that_were_taken_back_the_newest_stays() -> None:
    good, *broken = (f"20240301T18300{second}Z-0123456789ab" for second in range(4))
    kept = {name: Manifest(files={}, changed=0, previous=None if name == good else good) for name in (good, *broken)}
    standing = Standing(manifests=kept, current=good, names=frozenset(kept))
    assert removable(standing, 2) == tuple(broken[:2])


@given(standings())
def test_the_way_back_leads_to_another_complete_release(standing: Standing) -> None:
    name = before(standing)
    assert name is None or name in standing.manifests
