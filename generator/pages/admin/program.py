"""The program that the editors' page runs, Sveltia CMS: which version, what of it is served, and where the store keeps it.

Nothing of it stands in the repository. A package whose bytes are not the pinned ones is refused whole.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from pathlib import Path

from generator.errors import ToolError
from generator.pages.admin.words import OUR_WORDS, with_our_words
from generator.store import Store, key_of

PACKAGE = "@sveltia/cms"
VERSION = "0.221.1"
INTEGRITY = "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ=="
"""Of the packed package, as registries write it."""

FOLDER = f"sveltia-{VERSION}"
ENTRY = f"{FOLDER}/npm/index.js"
WORDS = f"{FOLDER}/locales/zh-CN.js"
WORDS_ASKED_FOR = f"{FOLDER}/locales/zh-CN.json"
"""What the program imports as its Chinese words: JSON, which no browser imports. The page leads it to `WORDS`."""

MEMBERS = (
    "LICENSE.txt",
    "npm/index.js",
    "npm/chunks/react-B5rWoXIC.js",
    "npm/assets/source-sans-3-latin-wght-normal-BqRLTx4X.woff2",
    "npm/assets/source-sans-3.LICENSE.txt",
    "npm/assets/noto-mono-latin-400-normal-DiC8lJru.woff2",
    "npm/assets/noto-mono.LICENSE.txt",
    "npm/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
    "npm/assets/material-symbols-outlined.LICENSE.txt",
)
"""What of the package is served. Maps, encoders of pictures and the other languages are not needed: 3 MB of 40."""

_CHINESE = "locales/zh-CN.json"

_ROOM = "admin"


def find_program(store: Store) -> dict[str, Path] | None:
    """The program's files by their address below /admin/, or None where the store does not hold all of them."""
    found: dict[str, Path] = {}
    for address, suffix in _addresses().items():
        path = store.find(_ROOM, _key(address), suffix)
        if path is None:
            return None
        found[address] = path
    return found


def keep_program(packed: bytes, store: Store) -> None:
    """Verifies *packed*, the package as the registry serves it, and keeps what of it is served.

    Raises:
        ToolError: these are not the bytes that were pinned; nothing is kept.
    """
    found = f"sha512-{base64.b64encode(hashlib.sha512(packed).digest()).decode()}"
    if found != INTEGRITY:
        raise ToolError(f"取来的 {PACKAGE} {VERSION} 与登记的指纹不符，没有使用：应为 {INTEGRITY}，实为 {found}")
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        for member in MEMBERS:
            _keep(f"{FOLDER}/{member}", _read(archive, member), store)
        _keep(WORDS, _words(_read(archive, _CHINESE)), store)


def _words(chinese: bytes) -> bytes:
    """The Chinese words as a module, with ours in their places."""
    words = with_our_words(json.loads(chinese))
    return f"export default {json.dumps(words, ensure_ascii=False)};\n".encode()


def _read(archive: tarfile.TarFile, member: str) -> bytes:
    file = archive.extractfile(f"package/{member}")
    if file is None:
        raise ToolError(f"{PACKAGE} {VERSION} 里没有 {member}")
    return file.read()


def _keep(address: str, data: bytes, store: Store) -> None:
    store.keep(_ROOM, _key(address), data, Path(address).suffix)


def _addresses() -> dict[str, str]:
    return {address: Path(address).suffix for address in (*(f"{FOLDER}/{member}" for member in MEMBERS), WORDS)}


def _key(address: str) -> str:
    return key_of("admin-program", INTEGRITY, address, dict(OUR_WORDS))
