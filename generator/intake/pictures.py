"""The pictures of a Word file: each taken once, as it is shown, into the store."""

from __future__ import annotations

import hashlib
import zipfile

from generator.intake.drawings import Drawn
from generator.intake.words import Remark, Shown, Taken
from generator.media.documents.package import Relationship, has_part, read_part, target_of
from generator.media.refusals import UnusableError
from generator.media.taken import Cut, taken
from generator.store import Store, key_of

ROOM = "intake"
"""The room of the store in which pictures wait until their case is written."""

_MOST = 300
_VECTOR = (".emf", ".wmf", ".svg")


class Pictures:
    """The pictures of one file, in the order in which they are shown first."""

    def __init__(self, package: zipfile.ZipFile, store: Store) -> None:
        self._package = package
        self._store = store
        self._known: dict[tuple[str, Cut], str] = {}
        self.taken: list[Taken] = []
        self.remarks: list[Remark] = []
        self.shown = 0  # how often the file shows one, taken or not

    def show(self, drawn: Drawn, lead: Relationship | None, part: str) -> Shown | None:
        """The picture where it is shown; None, with a remark, where it cannot be taken."""
        self.shown += 1
        if lead is None or lead.is_external:
            self._lost("只是一个链接，文件不在文档里：请在 Word 里重新插入图片")
            return None
        name = target_of(part, lead)
        if not has_part(self._package, name):
            self._lost("文件已经不在文档里")
            return None
        known = (name, drawn.cut)
        if known not in self._known:
            if len(self.taken) >= _MOST:
                self._lost(f"超过 {_MOST} 张")
                return None
            kept = self._taken(name, drawn)
            if kept is None:
                return None
            self._known[known] = kept
        return Shown(name=self._known[known], words=drawn.words)

    def _taken(self, name: str, drawn: Drawn) -> str | None:
        try:
            picture = taken(read_part(self._package, name), drawn.cut)
        except UnusableError as error:
            if name.lower().endswith(_VECTOR):
                self._lost(f"是 {name.rpartition('.')[2].upper()} 矢量图：请在 Word 里复制它，选择性粘贴为 PNG，再导入")
            else:
                self._lost(f"不能用：{error.refusal.reason}，请在 Word 里重新插入")
            return None
        key = key_of("picture of a document", hashlib.sha256(picture.data).hexdigest())
        self._store.keep(ROOM, key, picture.data, picture.suffix)
        file = f"picture-{len(self.taken) + 1}{picture.suffix}"
        done = [word for word, is_done in (("裁剪", picture.is_cut), ("转正", picture.is_turned)) if is_done]
        if drawn.is_tilted:
            self.remarks.append(Remark(text=f"{file} 在 Word 里斜放，这里没有转动", is_loss=False))
        self.taken.append(Taken(name=file, key=key, suffix=picture.suffix, done=tuple(done)))
        return file

    def _lost(self, why: str) -> None:
        self.remarks.append(Remark(text=f"第 {self.shown} 张图片没有导入，{why}"))
