"""`showcase nightly`: what `scripts/nightly` becomes once there is a program to become."""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click

from generator.errors import SettingsError, ShowcaseError, reason_of
from generator.night.files import keep, last_run, state_dir_of
from generator.night.flow import Plan, StoppedError, night, refused
from generator.night.logs import Log, form_of
from generator.night.notice import Notices, notices
from generator.night.outcome import NoticeState, Run, Told
from generator.night.summary import Message, message, news, now_told
from generator.publish import lock
from generator.settings import Settings, read_settings

_LOCK = "night.lock"
_ADDRESSES = "SHOWCASE_NOTIFY"
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option("--test-notice", is_flag=True, help="只发一条试验通知，看看收不收得到")
@click.pass_context
def nightly(context: click.Context, words: Sequence[str], test_notice: bool) -> None:
    """取回案例，装好依赖，生成，发布到 SHOWCASE_TARGET；有事时通知。请用 scripts/nightly 运行。

    WORDS 交给 showcase publish。
    """
    config_file: Path = context.find_root().obj
    # Taken away at once: no program of the night shall see the addresses.
    asked = os.environ.pop(_ADDRESSES, "")
    try:
        log = Log(form_of(os.environ.get("SHOWCASE_LOG", "")))
    except SettingsError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(error.exit_code)
    services = notices(asked, os.environ.get("CREDENTIALS_DIRECTORY", ""))
    for sentence in services.unusable:
        log.say("notice", sentence, "error")
    if test_notice:
        sys.exit(_tried(services, log))
    plan = _plan(config_file.absolute(), words, log)
    _raise_signals()
    try:
        code = _run(plan, services)
    except Exception:
        # A fault of ours must not end with 1, which says “done, some cases withheld”. No library is asked to show it: an
        # update may just have replaced it.
        traceback.print_exc()
        code = ShowcaseError.exit_code
    sys.exit(code)


def _plan(config_file: Path, words: Sequence[str], log: Log) -> Plan:
    """The settings that the clone has now say where its cases are; broken ones are for the fetched ones to mend."""
    root = config_file.parent
    try:
        settings: Settings | None = read_settings(config_file)
    except SettingsError:
        settings = None
    folders = (settings.cases_dir, settings.theme_dir, settings.pages_dir) if settings else (root / "cases",)
    return Plan(
        root=root,
        sources=tuple(str(folder.relative_to(root)) for folder in folders if folder.is_relative_to(root)),
        lock_file=settings.lock_file if settings else root / ".showcase" / "lock",
        target=os.environ.get("SHOWCASE_TARGET", ""),
        words=words,
        environment=dict(os.environ),
        log=log,
    )


def _run(plan: Plan, services: Notices) -> int:
    state_dir = state_dir_of(plan.root, os.environ)
    try:
        with lock.held(plan.root / ".showcase" / _LOCK):
            before = last_run(state_dir)
            run = night(plan)
            _ignore_signals()  # what is left takes seconds, and is what people and monitors wait for
            return _end(plan, run, before, services, state_dir)
    except ShowcaseError as error:
        # Another night is at work, or none can be. The files for monitoring are the other one's.
        run = refused(plan, error)
        _tell(plan.log, run, Told(), services)
        plan.log.show("notice", is_error=True)
        return run.exit_code


def _end(plan: Plan, run: Run, before: Run | None, services: Notices, state_dir: Path) -> int:
    """Tells whoever must know, leaves the files, and gives the exit code, which nothing of this changes."""
    told = before.told if before else Told()
    state = _tell(plan.log, run, told, services)
    last_success = before.last_success if run.has_failed and before else None if run.has_failed else run.ended
    known = told if state == "failed" else now_told(run, told)
    try:
        keep(replace(run, notice=state, told=known, last_success=last_success), state_dir)
    except OSError as error:
        fix = "监控看到的还是上一次。请检查目录、权限和磁盘"
        plan.log.say("notice", f"{state_dir} 写不了：{reason_of(error)}；{fix}", "error")
    if run.published and (run.published.is_new or run.published.purged):
        plan.log.show("publish")
    plan.log.show("notice", is_error=bool(run.exit_code))
    if run.has_failed:
        plan.log.show(run.failed_stage, is_error=True, but=run.why.splitlines())
    return run.exit_code


def _tell(log: Log, run: Run, told: Told, services: Notices) -> NoticeState:
    """Says and sends the summary if it is news."""
    kind = news(run, told)
    if kind:
        # Only a service has a folder of its state.
        summary = message(run, told, socket.gethostname(), is_service="STATE_DIRECTORY" in os.environ)
        log.say("notice", "\n".join((summary.title, *summary.lines)))
        failures = services.send(summary, kind)
        for failure in failures:
            log.say("notice", failure, "error")
        if len(failures) < len(services.services):
            return "sent"
        if failures or services.unusable:
            return "failed"
    return "quiet" if services.services else "off"


def _tried(services: Notices, log: Log) -> int:
    """Sends a message that says that it is a trial."""
    if not services.services:
        log.say(
            "notice", f"没有可用的地址：请设置环境变量 {_ADDRESSES}，写法见 docs/operate.md 的 Notices 一节", "error"
        )
        log.show("notice", is_error=True)
        return SettingsError.exit_code
    trial = Message(
        title="展示网夜间发布：试验通知",
        lines=("收到这一条，就是通知设置好了。以后只在有事时发。", f"机器：{socket.gethostname()}。"),
    )
    failures = services.send(trial, "recovered")
    for failure in failures:
        log.say("notice", failure, "error")
    sent = len(services.services) - len(failures)
    log.say("notice", f"发出 {sent} 条，没有发出 {len(failures)} 条。请到收的地方看一看：有的服务收下了也不显示。")
    log.show("notice", is_error=bool(failures))
    return ShowcaseError.exit_code if failures else 0


def _raise_signals() -> None:
    """The first signal to end breaks off the stage at work, and is told like a failure; the next ones change nothing."""

    def stop(number: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise StoppedError(f"运行被叫停了（{signal.Signals(number).name}）：机器要关，或者时间到了；下一次会接着做")

    for one in _SIGNALS:
        signal.signal(one, stop)


def _ignore_signals() -> None:
    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)
