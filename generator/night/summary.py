"""What people are told of a run, in Chinese, and whether there is anything to tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.night.outcome import STAGES, BuiltTold, Fault, Run, Told

News = Literal["", "failed", "withheld", "recovered"]

_FULL = 200  # faults that an e-mail lists; a short message lists as many as fit
_TITLE = "展示网夜间发布"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A summary; the sentences without which it is none come first."""

    title: str
    lines: tuple[str, ...]

    def within(self, most_bytes: int) -> str:
        """The text with at most *most_bytes* bytes of UTF-8, cut at the end of a line, with a word on what is left out.

        Services count bytes, and a Chinese character has three: WeCom takes 2048.
        """
        whole = "\n".join(self.lines)
        if len(whole.encode()) <= most_bytes:
            return whole
        more = "……（太长，其余见运行记录和 last-run.json）"
        left = most_bytes - len(more.encode()) - 1
        kept: list[str] = []
        for line in self.lines:
            left -= len(line.encode()) + 1
            if left < 0:
                break
            kept.append(line)
        if not kept:
            first = self.lines[0].encode()[: max(0, most_bytes - len(more.encode()))]
            return first.decode("utf-8", "ignore") + more
        return "\n".join([*kept, more])


def news(run: Run, told: Told) -> News:
    """Whether somebody must be told, knowing what they were *told* last; "" for a quiet run.

    Every failure is news. Errors in cases are when they are others than those told of, so that the same broken case
    does not ring every night. After either, the first run without them is news as well.
    """
    if run.has_failed:
        return "failed"
    if run.faults and run.faults != told.faults:
        return "withheld"
    return "recovered" if told.has_failed or run.faults != told.faults else ""


def now_told(run: Run, told: Told) -> Told:
    """What people know once they have been told of *run*; a run that failed says nothing new of cases."""
    return Told(has_failed=run.has_failed, faults=told.faults if run.has_failed else run.faults)


def message(run: Run, told: Told, host: str, *, is_service: bool = False) -> Message:
    """The summary of *run* on the machine *host*; the service of systemd is begun again by another command than cron's."""
    parts = (
        _result(run),
        _what_failed(run, is_service=is_service),
        _faults(run),
        _gone(run, told),
        _figures(run, host),
    )
    return Message(title=f"{_TITLE}：{_headline(run, told)}", lines=tuple(line for part in parts for line in part))


def _headline(run: Run, told: Told) -> str:
    if run.has_failed:
        return f"没有完成，停在“{stage_zh(run.failed_stage)}”"
    if run.built and run.built.withheld:
        return f"完成，暂不展示 {len(run.built.withheld)} 个案例"
    if run.faults:
        return "完成，有内容错误"
    return "恢复正常" if news(run, told) == "recovered" else "完成"


def _result(run: Run) -> Iterator[str]:
    if run.has_failed:
        yield f"结果：没有完成，停在“{stage_zh(run.failed_stage)}”，退出码 {run.exit_code}。"
        if run.failed_stage != "publish":
            yield "线上的网站没有变化。"
    elif run.published and run.published.is_new:
        yield f"结果：已发布新版本，退出码 {run.exit_code}。"
    else:
        yield f"结果：没有新内容，线上的网站没有变化，退出码 {run.exit_code}。"


def _what_failed(run: Run, *, is_service: bool) -> Iterator[str]:
    if run.why:
        yield "原因和办法："
        yield from run.why.splitlines()
        again = (
            "请管理员运行 systemctl start showcase-nightly"
            if is_service
            else "照定时任务的那一行（连同前面的设置）手动运行一次"
        )
        yield f"处理好以后不用等到明晚，{again}。" if run.exit_code != 4 else "它结束以后，明晚照常。"


def _faults(run: Run) -> Iterator[str]:
    built = run.built
    if built is None or not built.faults:
        return
    if run.has_failed:
        yield f"另外，案例里有 {len(built.faults)} 处错误，请转给编辑："
    elif built.withheld:
        yield f"暂不展示 {len(built.withheld)} 个案例，其余照常。请把下面几条转给编辑，改好合并，当晚就会放上去："
    else:
        yield "有内容错误，请把下面几条转给编辑："
    for case in (*built.withheld, ""):
        own = [fault for fault in _listed(built) if _case_of(fault, built) == case]
        if case:
            yield f"● {case}"
        yield from (f"  {_fault(fault)}" for fault in own)
    if len(built.faults) > _FULL:
        yield f"  另有 {len(built.faults) - _FULL} 条，运行 showcase check 查看。"


def _listed(built: BuiltTold) -> tuple[Fault, ...]:
    return built.faults[:_FULL]


def _case_of(fault: Fault, built: BuiltTold) -> str:
    return fault.case if fault.case in built.withheld else ""


def _fault(fault: Fault) -> str:
    return f"{fault.file} 第 {fault.line} 行：{fault.message}。{fault.fix}。（{fault.code}）"


def _gone(run: Run, told: Told) -> Iterator[str]:
    if run.has_failed:
        return
    if told.has_failed:
        yield "上次没有完成，这次好了。"
    before = {case for case, _, _ in told.faults if case}
    now = {case for case, _, _ in run.faults if case}
    if mended := sorted(before - now):
        yield f"已经改好：{'、'.join(mended)}。"
    elif told.faults and not run.faults:
        yield "上次的内容错误都已经改好。"


def _figures(run: Run, host: str) -> Iterator[str]:
    if run.published:
        done = run.published
        changed = f"新的，{done.files} 个文件，其中 {done.changed} 个有变化" if done.is_new else "没有变化"
        yield f"线上版本：{done.release}（{changed}）。"
        if done.withdrawn:
            yield f"撤回案例 {done.withdrawn} 个。"
        if done.purged:
            yield f"已清除含有已撤回案例的旧版本 {len(done.purged)} 个：{'、'.join(done.purged)}。"
    if run.built:
        yield f"数量：案例 {run.built.cases} 个，页面 {run.built.pages} 个，媒体文件 {run.built.media} 个。"
    if run.commit:
        came = f"{run.commit_before[:8]} → {run.commit[:8]}" if run.commit_before != run.commit else run.commit[:8]
        yield f"提交：{came}。"
    each = "，".join(f"{stage_zh(stage.name)} {_duration(stage.duration_s)}" for stage in run.stages)
    yield f"用时：{_duration(run.duration_s)}{f'（{each}）' if each else ''}。"
    yield f"机器：{host}，{run.started.astimezone().isoformat(sep=' ', timespec='seconds')} 开始。"


def stage_zh(name: str) -> str:
    """What a stage is called in Chinese."""
    return STAGES.get(name, "准备")


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} 秒"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {rest} 秒"
