"""What the doctor says of the place that is published to, and of the web server that shows it; one line a finding."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.errors import ShowcaseError, reason_at
from generator.publish.answer import ask
from generator.publish.folder import Folder
from generator.publish.release import Standing, moment_of
from generator.publish.server import Server
from generator.publish.target import ServerError, Target

State = Literal["好", "提醒", "错误"]

_SLACK = datetime.timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found of one thing."""

    state: State
    thing: str
    found: str
    fix: str = ""  # what to do; empty where it is well


def clock_told(what: str, latest: datetime.datetime, now: datetime.datetime) -> Told:
    """Whether the clock is past *latest*, the moment of *what*."""
    shown = now.astimezone().isoformat(sep=" ", timespec="minutes")
    if latest <= now + _SLACK:
        return Told(state="好", thing="时钟", found=f"{shown}，在{what}之后")
    behind = f"{shown}，比{what}（{latest.astimezone().isoformat(sep=' ', timespec='minutes')}）还早"
    return Told(state="错误", thing="时钟", found=behind, fix="请校准时间（timedatectl set-ntp true）")


def disk_told(thing: str, folder: Path, site_bytes: int) -> Told:
    """Twice the site is what a release and a build beside the old ones need, with room for the log."""
    free = shutil.disk_usage(folder).free
    found = f"空闲 {free / 1e9:.1f} GB，网站 {site_bytes / 1e9:.2f} GB"
    if free >= 2 * site_bytes:
        return Told(state="好", thing=thing, found=found)
    fix = "请运行 showcase sweep，减少 --keep，或换大一点的磁盘"
    return Told(state="错误" if free < site_bytes else "提醒", thing=thing, found=found, fix=fix)


def place_told(target: Target | None, url: str | None, now: datetime.datetime) -> Iterator[Told]:
    """What stands at *target*, and whether the web server shows it, which is asked at *url*.

    None as the *target*: it is out of reach, as has been told. None as the *url*: nobody asks the web server.
    """
    standing = None
    if target is not None:
        try:
            standing = target.standing()
        except (ShowcaseError, OSError) as error:
            found = reason_at(error) if isinstance(error, OSError) else str(error)
            yield Told(state="错误", thing="发布目录", found=found, fix="请照上面说的处理，再运行一次")
        else:
            yield from _standing(target, standing, now)
    if isinstance(target, Server) and standing is not None:
        yield _key(target)
    if url is not None:
        yield _web_server(url, standing)


def _standing(target: Target, standing: Standing, now: datetime.datetime) -> Iterator[Told]:
    if standing.current is None:
        yield Told(state="提醒", thing="发布目录", found=f"{target.shown} 还没有发布过", fix="请运行 showcase publish")
    elif standing.current not in standing.manifests:
        fix = "请重新运行 showcase publish，它会重新放一份"
        yield Told(state="错误", thing="发布目录", found=f"线上的 {standing.current} 不见了或没有清单", fix=fix)
    else:
        found = f"线上是 {standing.current}，共保留 {len(standing.manifests)} 个版本"
        yield Told(state="好", thing="发布目录", found=found)
    for name in sorted(standing.names - standing.manifests.keys() - {standing.current or ""}):
        left_over = "是中断的发布留下的，下次发布会删掉，不用管"
        fix = "程序不会动它；请看过以后删掉" if isinstance(target, Folder) else left_over
        yield Told(state="提醒", thing="发布目录", found=f"releases/{name} 没有清单", fix=fix)
    if moments := [moment for name in standing.names if (moment := moment_of(name))]:
        yield clock_told("最近一个版本", max(moments), now)


def _key(server: Server) -> Told:
    """A lock would show whether the folder can be written, and would keep a publication out: so it is not tried, and said."""
    try:
        server.try_key()
    except (ShowcaseError, ServerError) as error:
        return Told(state="错误", thing="写服务器", found=str(error), fix="现在能看，不能发布")
    found = "密钥许写许删；没有真的写，那边的目录让不让写、磁盘够不够，要到发布时才知道"
    return Told(state="好", thing="写服务器", found=found)


def _web_server(url: str, standing: Standing | None) -> Told:
    """As a publication asks it, which is taken back where it answers otherwise."""
    live = standing.current if standing else None
    answer = ask(url, live or "doctor")
    if answer.release is None:
        found = f"{url} 没有给出版本：{answer.fault}"
        if standing and live is None:
            fix = "还没有发布过，没有这一页是正常的；连不上的，请先照 showcase nginx 装好，发布时会问它"
            return Told(state="提醒", thing="网页服务器", found=found, fix=fix)
        fix = "请检查网页服务器和网址；问不到，发布就不算完成。不由 site_url 访问的，在 mkdocs.yml 里写 release_url"
        return Told(state="错误", thing="网页服务器", found=found, fix=fix)
    if standing is None:
        found, fix = f"{url} 给出 {answer.release}，发布目录读不了，没法比", "请先照上面说的处理发布目录"
        return Told(state="提醒", thing="网页服务器", found=found, fix=fix)
    if answer.release == live:
        return Told(state="好", thing="网页服务器", found=f"{url} 给出 {answer.release}，和发布目录里线上的一样")
    there = f"发布目录里线上的是 {live}" if live else "发布目录里还没有发布过"
    fix = "请检查 nginx 的 root 是不是这个发布目录下的 current、网址是不是这台服务器、中间有没有缓存"
    return Told(state="错误", thing="网页服务器", found=f"{url} 给出 {answer.release}，{there}", fix=fix)
