"""The bill of materials of this version, as CycloneDX: the same bytes for the same lock files, on any day.

It belongs to a release: whoever hands one over makes it of that commit. In the repository it would only repeat the locks.
"""

from __future__ import annotations

import argparse
import base64
import importlib.metadata
import sys
import tomllib
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from generator.pages.admin.program import INTEGRITY, PACKAGE, VERSION
from supply.locks import BUILD, DEVELOPMENT, ROOT, Entry, entries

Licence = DisjunctiveLicense | LicenseExpression

TOOLS = (
    ("python", "PSF-2.0", "3.11 或更新", ComponentScope.REQUIRED),
    ("git", "GPL-2.0-only", "", ComponentScope.REQUIRED),
    ("ffmpeg", "GPL-2.0-or-later", "5.1 或更新；没有就用 imageio-ffmpeg 带来的", ComponentScope.OPTIONAL),
    ("bubblewrap", "LGPL-2.0-or-later", "只在没有 Landlock 的机器上", ComponentScope.OPTIONAL),
    ("nginx", "BSD-2-Clause", "1.18 或更新，在服务器上；别的网页服务器也行", ComponentScope.OPTIONAL),
    ("openssh", "BSD-2-Clause", "发布到另一台机器时", ComponentScope.OPTIONAL),
    ("rsync", "GPL-3.0-or-later", "发布到另一台机器时", ComponentScope.OPTIONAL),
    ("npm", "Artistic-2.0", "只为取来编辑页的程序", ComponentScope.OPTIONAL),
)
"""Programs of the machine, which nobody installs with us: name, licence, what is expected of it."""

EDITORS_FONTS = (("Source Sans 3", "OFL-1.1"), ("Noto Mono", "OFL-1.1"), ("Material Symbols Outlined", "Apache-2.0"))
"""What the editors' program brings to be served."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "showcase.example.org")
_licences = LicenseFactory()


def main(words: Sequence[str] | None = None) -> int:
    """The door: writes or prints it; 0."""
    parser = argparse.ArgumentParser(prog="scripts/sbom", description="这个版本的软件物料清单（CycloneDX，JSON）")
    parser.add_argument("file", nargs="?", type=Path, help="写到哪里；不写就打印")
    asked = parser.parse_args(words)
    text = bill_text(ROOT)
    if asked.file:
        asked.file.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0


def bill_text(root: Path) -> str:
    """It as text. No time stands in it, and its number is made of its content."""
    bill = _bill(root)
    bill.serial_number = uuid.UUID(int=0)
    bill.serial_number = uuid.uuid5(_NAMESPACE, _json(bill))
    return _json(bill)


def _json(bill: Bom) -> str:
    bill.metadata.timestamp = None  # type: ignore[assignment]  # the schema asks for none
    return JsonV1Dot6(bill).output_as_string(indent=2) + "\n"


def _bill(root: Path) -> Bom:
    build = {(one.name, one.version) for one in entries((root / BUILD).read_text("utf-8"))}
    locked = entries((root / DEVELOPMENT).read_text("utf-8"))
    bill = Bom(
        components=[
            *(_package(one, is_built_with=(one.name, one.version) in build) for one in locked),
            _editors_program(),
            *(_tool(*tool) for tool in TOOLS),
        ]
    )
    bill.metadata.component = _ourselves(root)
    needed = [one for one in bill.components if one.scope is ComponentScope.REQUIRED]
    bill.register_dependency(bill.metadata.component, needed)
    return bill


def _ourselves(root: Path) -> Component:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref="showcase",
        licenses=[_licences.make_from_string(project["license"])],
    )


def _package(entry: Entry, *, is_built_with: bool) -> Component:
    """A package of Python's; *hashes* are those of the files that may be installed for it, one for each machine."""
    purl = PackageURL("pypi", None, entry.name, entry.version)
    return Component(
        name=entry.name,
        version=entry.version,
        bom_ref=purl.to_string(),
        purl=purl,
        scope=ComponentScope.REQUIRED if is_built_with else ComponentScope.EXCLUDED,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in entry.sha256],
        licenses=list(_licences_of(entry.name)),
        properties=[Property(name="showcase:marker", value=entry.marker)] if entry.marker else [],
    )


def _licences_of(name: str) -> Iterator[Licence]:
    """What the package states; of two locked versions, what the installed one does."""
    stated = importlib.metadata.metadata(name)
    if expressions := stated.get_all("License-Expression"):
        yield _licences.make_from_string(expressions[0])
        return
    classes = [one.rpartition(" :: ")[2] for one in stated.get_all("Classifier") or () if one.startswith("License ::")]
    field = (stated.get_all("License") or ("",))[0].strip()
    is_short = field and field != "UNKNOWN" and "\n" not in field and len(field) < 80
    if is_short and not classes:
        yield _licences.make_from_string(field)
    elif classes:
        yield from (DisjunctiveLicense(name=one) for one in classes if one != "OSI Approved")
    else:
        yield DisjunctiveLicense(name="as in its LICENSE file")


def _editors_program() -> Component:
    """Sveltia CMS with its fonts, as the build pins it."""
    group, _, name = PACKAGE.partition("/")
    purl = PackageURL("npm", group, name, VERSION)
    digest = base64.b64decode(INTEGRITY.removeprefix("sha512-")).hex()
    return Component(
        name=name,
        group=group,
        version=VERSION,
        type=ComponentType.APPLICATION,
        bom_ref=purl.to_string(),
        purl=purl,
        scope=ComponentScope.OPTIONAL,
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=digest)],
        licenses=[_licences.make_from_string("MIT")],
        components=[
            Component(
                name=font, type=ComponentType.FILE, bom_ref=f"font:{font}", licenses=[_licences.make_from_string(of)]
            )
            for font, of in EDITORS_FONTS
        ],
    )


def _tool(name: str, licence: str, expected: str, scope: ComponentScope) -> Component:
    return Component(
        name=name,
        type=ComponentType.APPLICATION,
        bom_ref=f"tool:{name}",
        scope=scope,
        licenses=[_licences.make_from_string(licence)],
        properties=[Property(name="showcase:expected", value=expected)] if expected else [],
    )
