"""What became of everything that a Word file held: counted before and after, so that nothing is lost unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.intake.casefile import CaseText
from generator.intake.draft import Draft
from generator.intake.sorter import Private
from generator.intake.words import Block, Counted, Paragraph, Remark, Table, WordFile, pictures_in, plain, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A case folder that was written, and what there is to know of it."""

    folder: Path
    title: str
    private: tuple[Private, ...]
    private_file: Path | None
    remarks: tuple[Remark, ...]
    before: Counted  # in the Word files
    after: Counted  # in the case: its body, and the texts of its fields
    fields: tuple[str, ...]
    beside: tuple[str, ...]
    is_filled: bool = False  # the folder was there, as a draft without text

    @property
    def private_characters(self) -> int:
        """How many characters stayed with the office."""
        return sum(_characters(one.text) for one in self.private)

    def told(self, root: Path) -> str:
        """The report, for whoever imported; paths as seen from *root*."""
        folder = self.folder.relative_to(root) if self.folder.is_relative_to(root) else self.folder
        done = "已填入草稿" if self.is_filled else "已写入"
        lines = [f"{done} {folder}：{self.title or '（没有标题）'}", ""]
        lines += [
            f"  文字 {self.before.characters} 字 → 案例 {self.after.characters} 字，不公开 {self.private_characters} 字，"
            "其余是表格的栏目名和重复的标题",
            f"  图片 {self.before.pictures} 张 → {self.after.pictures} 张；表格 {self.before.tables} 个 → "
            f"{self.after.tables} 个；脚注 {self.before.notes} 条 → {self.after.notes} 条",
        ]
        if self.beside:
            lines.append(f"  一起带上的文件 {len(self.beside)} 个：{'、'.join(self.beside)}")
        if self.private:
            kept = f"写在 {self.private_file}" if self.private_file else "没有保存；要保存请加 --private-out"
            lines.append(f"  不公开的信息 {len(self.private)} 项，{kept}")
        losses = [one.text for one in self.remarks if one.is_loss]
        notes = [one.text for one in self.remarks if not one.is_loss]
        lines += [
            "",
            f"需要您处理的 {len(losses)} 项：" if losses else "没有丢失内容。",
            *(f"  - {one}" for one in losses),
        ]
        if notes:
            lines += ["请留意：", *(f"  - {one}" for one in notes)]
        return "\n".join(lines) + "\n"


def imported(
    folder: Path,
    draft: Draft,
    text: CaseText,
    files: Sequence[WordFile],
    *,
    left: Sequence[Remark],
    beside: Sequence[str],
    private_file: Path | None,
    is_filled: bool = False,
) -> Imported:
    """What was imported, and what of *files* is nowhere: neither in the case nor with the office."""
    counts = [file.counted for file in files]
    before = Counted(
        paragraphs=sum(one.paragraphs for one in counts),
        characters=sum(one.characters for one in counts),
        pictures=sum(one.pictures for one in counts),
        tables=sum(one.tables for one in counts),
        notes=sum(one.notes for one in counts),
    )
    after = _after(draft)
    nowhere = unaccounted(files, draft)
    remarks = [*text.remarks, *left]
    remarks += [Remark(text=f"这段文字没有导入：“{one[:40]}{'……' if len(one) > 40 else ''}”") for one in nowhere]
    return Imported(
        folder=folder,
        title=draft.title,
        private=text.private,
        private_file=private_file,
        remarks=tuple(remarks),
        before=before,
        after=after,
        fields=tuple(draft.texts),
        beside=tuple(beside),
        is_filled=is_filled,
    )


def unaccounted(files: Sequence[WordFile], draft: Draft) -> list[str]:
    """Every line of words of *files* that came to nothing: not in the text, in no field, not with the office, no label."""
    kept = [line for block in [*draft.blocks, *draft.gallery] for line in words_of(block)]
    kept += [draft.title, *draft.texts.values(), *(one.text for one in draft.private)]
    kept += ["".join(span.text for span in spans) for spans in draft.notes.values()]
    known = "".join(map(_bare, kept))
    dropped = {_bare(part) for one in draft.dropped for part in (one, *one.split("\n"))}
    # A paragraph of several lines may have gone to several places.
    written = (words for file in files for block in file.blocks for words in _written(block))
    lines = [line for words in written for line in words.split("\n")]
    return [line for line in lines if (bare := _bare(line)) and bare not in known and bare not in dropped]


def _written(block: Block) -> Iterator[str]:
    """The lines that a person wrote: without the numbers that Word draws."""
    if isinstance(block, Paragraph):
        yield plain(block.spans)
    elif isinstance(block, Table):
        for cell in block.cells:
            for inner in cell.blocks:
                yield from _written(inner)
    else:
        yield from words_of(block)


def _bare(text: str) -> str:
    return re.sub(r"[\s•]+", "", text)


def _after(draft: Draft) -> Counted:
    words = [line for block in draft.blocks for line in words_of(block)] + [draft.title, *draft.texts.values()]
    return Counted(
        characters=sum(map(_characters, words))
        + sum(_characters("".join(s.text for s in one)) for one in draft.notes.values()),
        pictures=len([*pictures_in(draft.blocks), *pictures_in(draft.gallery)]),
        tables=sum(_tables(block) for block in draft.blocks),
        notes=len(draft.notes),
    )


def _tables(block: Block) -> int:
    if not isinstance(block, Table):
        return 0
    return 1 + sum(_tables(inner) for cell in block.cells for inner in cell.blocks)


def _characters(text: str) -> int:
    return len(re.sub(r"\s", "", text))
