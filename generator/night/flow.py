"""The night from its lock to its notice: fetch, install, build, publish, and tell who must know.

The stages run as programs of their own, so that they are of the commit that was fetched; this process goes on with what it
loaded before, so that no update, however broken, keeps it from telling.
"""

from __future__ import annotations

import datetime
import platform
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from generator import __version__
from generator.errors import LockedError, SettingsError, ShowcaseError, ToolError, reason_at, reason_of
from generator.night.children import Ended, run
from generator.night.clone import Clone
from generator.night.logs import Log, harmless
from generator.night.outcome import BuiltTold, PublishedTold, Run, Stage, Versions, read
from generator.publish import lock

_DAY_S = 24 * 3600.0
_WHY = 30  # lines of a program that people are told of

_Told = TypeVar("_Told", BuiltTold, PublishedTold)


class StoppedError(ShowcaseError):
    """A signal ended the run: the machine goes down, or its time was up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a night is asked to do."""

    root: Path  # of the clone
    sources: tuple[str, ...]  # its folders that a build reads
    lock_file: Path  # of builds in this clone
    target: str  # a folder or an address: whatever `showcase publish` takes
    words: Sequence[str]  # for `showcase publish`
    environment: Mapping[str, str]  # of the programs; without addresses that hold secrets
    log: Log


@dataclass(slots=True)
class _Progress:
    """What is known so far."""

    stage: str = "start"
    stages: list[Stage] = field(default_factory=list)
    commits: tuple[str, str] = ("", "")
    built: BuiltTold | None = None
    published: PublishedTold | None = None


def night(plan: Plan) -> Run:
    """Runs every stage, or as many as can be; never raises for what went wrong: the run that it gives says so."""
    started, known = _now(), _Progress()
    code, why = 0, ""
    try:
        code = _stages(plan, known)
    except ShowcaseError as error:
        code, why = error.exit_code, str(error)
    except OSError as error:
        code, why = 3, f"这台机器上有一处读写不了：{reason_at(error)}。请处理好，再运行一次"
    except Exception as error:  # a fault of ours: it must be told like any other
        code, why = 3, f"程序出错了（{type(error).__name__}: {error}）；请把这一句转给开发同事"
    if why:
        plan.log.say(known.stage, why, "error")
    return Run(
        started=started,
        ended=_now(),
        exit_code=code,
        failed_stage=known.stage if code > 1 else "",
        why=harmless(why),
        target=harmless(plan.target),
        commit_before=known.commits[0],
        commit=known.commits[1],
        built=known.built,
        published=known.published,
        stages=tuple(known.stages),
        versions=Versions(showcase=__version__, python=platform.python_version(), git=_clone(plan).version()),
    )


def refused(plan: Plan, error: ShowcaseError) -> Run:
    """A run that could not even begin, since another one is at work or its lock cannot be had."""
    now = _now()
    return Run(
        started=now, ended=now, exit_code=error.exit_code, failed_stage="start", why=harmless(str(error)),
        target=harmless(plan.target),
    )  # fmt: skip


def _stages(plan: Plan, known: _Progress) -> int:
    """Gives 0 or 1.

    Raises:
        ShowcaseError: a stage could not be done.
    """
    if not plan.target:
        raise SettingsError(
            "没有设置发布到哪里：请设置环境变量 SHOWCASE_TARGET，例如 SHOWCASE_TARGET=/srv/showcase scripts/nightly"
        )
    with _stage("pull", known), lock.held(plan.lock_file):  # a build at work must not see its cases change
        pulled = _clone(plan).pull()
        known.commits = (pulled.before, pulled.after)
        if pulled.before != pulled.after:
            plan.log.say("pull", f"{pulled.before[:8]} → {pulled.after[:8]}")
    with _stage("install", known), lock.held(plan.lock_file):
        _install(plan)
    with _stage("build", known):
        known.built, code = _build(plan)
    with _stage("publish", known):
        known.published = _publish(plan)
    return code


@contextmanager
def _stage(name: str, known: _Progress) -> Iterator[None]:
    known.stage = name
    began_s = time.monotonic()
    try:
        yield
    finally:
        known.stages.append(Stage(name=name, duration_s=round(time.monotonic() - began_s, 3)))


def _install(plan: Plan) -> None:
    # On its own, since pip ends with 1 as well, which from the build means errors in cases.
    done = _run(plan, "install", [plan.root / "scripts" / "build", "--only-install"])
    if done.code:
        raise ToolError(
            f"依赖没有装好，没有生成，线上的网站没有变化。请看看网络和软件源，再运行一次；不要手工往 .venv 里装。\n{_why(done)}"
        )


def _build(plan: Plan) -> tuple[BuiltTold, int]:
    with _answer_file() as answer:
        done = _showcase(plan, "build", "build", "--json", str(answer))
        told = _read(BuiltTold, answer)
        # Python ends with 1, too, where a program is broken before it begins: only who tells has built.
        if done.code not in (0, 1) or told is None:
            raise _failure("网站没有生成，线上的网站没有变化", done)
        return told, done.code


def _publish(plan: Plan) -> PublishedTold | None:
    with _answer_file() as answer:
        done = _showcase(plan, "publish", "publish", plan.target, *plan.words, "--json", str(answer))
        if done.code:
            raise _failure("网站生成好了，发布没有完成", done)
        return _read(PublishedTold, answer)


def _failure(what: str, done: Ended) -> ShowcaseError:
    """What a stage ended with, as this run ends with it."""
    if done.is_late:
        return ToolError(f"{what}：一天一夜没有做完，已经停下。请看运行记录里停在哪一步，再运行一次")
    if done.was_killed:
        return ToolError(
            f"{what}：程序被系统结束（信号 {-done.code}），多半是内存不够。请加内存，或减小 workers，再运行一次"
        )
    kinds: dict[int, type[ShowcaseError]] = {2: SettingsError, 4: LockedError}
    return kinds.get(done.code, ToolError)(f"{what}。\n{_why(done)}")


def _why(done: Ended) -> str:
    """The sentence that the program ended with; else its last lines."""
    lines = [line for line in done.lines if line.strip()]
    last = max((number for number, line in enumerate(lines) if line.startswith("错误：")), default=None)
    return "\n".join(lines[last:][:_WHY] if last is not None else lines[-_WHY:])


def _showcase(plan: Plan, stage: str, *words: str) -> Ended:
    return _run(plan, stage, [plan.root / ".venv" / "bin" / "showcase", *words])


def _run(plan: Plan, stage: str, command: Sequence[str | Path]) -> Ended:
    def hear(line: str) -> None:
        plan.log.say(stage, line)

    try:
        return run(command, cwd=plan.root, environment=plan.environment, hear=hear, wall_s=_DAY_S)
    except OSError as error:
        raise ToolError(
            f"{command[0]} 运行不了：{reason_of(error)}；线上的网站没有变化。请运行 scripts/build --only-install，再运行一次"
        ) from error


@contextmanager
def _answer_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="showcase-night-") as folder:
        yield Path(folder) / "told.json"


def _read(kind: type[_Told], path: Path) -> _Told | None:
    try:
        return read(kind, path.read_bytes())
    except OSError:
        return None


def _clone(plan: Plan) -> Clone:
    def hear(line: str) -> None:
        plan.log.say("pull", line)

    return Clone(root=plan.root, sources=plan.sources, environment=plan.environment, hear=hear)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
