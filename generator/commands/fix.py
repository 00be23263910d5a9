"""The errand ``fix``: what editors' programs left in case folders is mended, or shown as a difference."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import click

from generator.check.privacy import masked
from generator.errors import SettingsError
from generator.intake.mending.encoding import decoded
from generator.intake.mending.folder import carry_out, keep_private, read_contents, refuse_inside
from generator.intake.mending.plan import Contents, Plan, plan_of
from generator.publish import lock
from generator.settings import Settings
from generator.terminal import explained, settings_of


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--diff", "is_only_shown", is_flag=True, help="只显示会改什么，不写任何文件。")
@click.option(
    "--private-out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="把信息区里的电话、邮箱一类的项移到仓库以外的这个表格（CSV）里；不写就只报告。",
)
@click.pass_context
def fix(context: click.Context, paths: tuple[Path, ...], is_only_shown: bool, private_out: Path | None) -> None:
    """修整案例：编码、标点、引号、日期、文件名、HEIC 和字幕格式。不动正文的一个字。"""
    with explained():
        settings = settings_of(context)
        if private_out:
            refuse_inside(private_out, settings.cases_dir.parent)
        with contextlib.nullcontext() if is_only_shown else lock.held(settings.lock_file):
            changed = sum(
                _fix(folder, settings, private_out, is_only_shown=is_only_shown)
                for folder in _folders(paths, settings.cases_dir)
            )
    if not changed:
        click.echo("没有要改的。")
    else:
        click.echo(f"会改 {changed} 个案例，没有写任何文件。" if is_only_shown else f"改了 {changed} 个案例。")


def _folders(paths: tuple[Path, ...], cases_dir: Path) -> Iterator[Path]:
    """The case folders that *paths* name, or that they lie in; all without any. What is a link is left out."""
    base = cases_dir.absolute()
    wanted = [Path(path.absolute().as_posix().rstrip("/")) for path in paths]
    for path in wanted:
        if not (path.exists() or path.is_symlink()) or not path.is_relative_to(base):
            raise SettingsError(f"没有这个案例目录或文件：{path}")
    for folder in sorted(base.glob("*/*")):
        is_asked_for = not wanted or any(folder.is_relative_to(path) or path.is_relative_to(folder) for path in wanted)
        is_link = folder.is_symlink() or folder.parent.is_symlink()
        if is_asked_for and not is_link and folder.is_dir() and not folder.name.startswith("."):
            yield folder


def _fix(folder: Path, settings: Settings, private_out: Path | None, *, is_only_shown: bool) -> bool:
    """Mend one folder and tell what was changed; whether anything was, or would be."""
    contents = read_contents(folder, workers=settings.workers)
    if contents is None:
        return False
    plan = plan_of(contents, takes_private=private_out is not None)
    shown = folder.relative_to(settings.cases_dir.absolute().parent)
    if plan.changes or plan.notes:
        click.echo(f"{shown}/index.md")
        for sentence in plan.changes:
            click.echo(f"    {masked(sentence)}")
        for sentence in plan.notes:
            click.echo(f"    没有改：{masked(sentence)}")
    if is_only_shown:
        click.echo(_difference(contents, plan, f"{shown}/index.md"), nl=False)
    elif plan.changes:
        gone = [field for field in plan.mended.private if field.is_removed] if plan.mended else []
        if private_out and gone:
            keep_private(private_out, [(f"{folder.parent.name}/{folder.name}", field) for field in gone])
        carry_out(plan, folder, contents.index)
    return bool(plan.changes)


def _difference(contents: Contents, plan: Plan, name: str) -> str:
    """A unified difference with every private datum masked, for it may be printed where strangers read."""
    if plan.mended is None:
        return ""
    old, new = decoded(contents.index).text, plan.mended.text
    for field in plan.mended.private:
        if field.content:
            behind_its_name = re.compile(rf"([:：]\s*){re.escape(field.content)}")
            old, new = behind_its_name.sub(r"\1***", old), behind_its_name.sub(r"\1***", new)
    lines = difflib.unified_diff(
        masked(old).splitlines(keepends=True),
        masked(new).splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
