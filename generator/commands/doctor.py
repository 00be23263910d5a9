"""showcase doctor: is this machine fit to build and publish, told before a night finds out."""

from __future__ import annotations

import datetime
import hashlib
import os
import platform
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from generator.commands.fitness import State, Told, clock_told, disk_told, place_told
from generator.commands.targets import answer_url_of, target_of
from generator.errors import ToolError
from generator.media.children.isolation import isolation
from generator.media.tools import ffmpeg
from generator.publish.answer import why_unanswered
from generator.publish.certificate import certificate_end_s
from generator.publish.folder import Folder
from generator.publish.target import Target
from generator.settings import Settings
from generator.terminal import explained, settings_of

_TIMEOUT_S = 10
_RENEW_DAYS = 14  # certificates of three months are renewed a month before their end; then something is wrong
_NEAR_DAYS = 30
_CODES: dict[State, int] = {"好": 0, "提醒": 1, "错误": 3}


@click.command()
@click.argument("target", required=False, envvar="SHOWCASE_TARGET")
@click.pass_context
def doctor(context: click.Context, target: str | None) -> None:
    """查看这台机器能不能生成和发布：工具、磁盘、TARGET（目录或服务器）、时钟、权限、证书、网页服务器给出的版本。只看，不改。"""
    worst = 0
    with explained():
        settings = settings_of(context)
        place = target_of(context, target) if target else None
        for told in _findings(settings, place, datetime.datetime.now(datetime.UTC)):
            click.echo(f"{told.state}\t{told.thing}：{told.found}{f'。{told.fix}' if told.fix else ''}")
            worst = max(worst, _CODES[told.state])
    sys.exit(worst)


def _findings(settings: Settings, target: Target | None, now: datetime.datetime) -> Iterator[Told]:
    yield Told(state="好", thing="Python", found=platform.python_version())
    yield _packages(settings.root_dir)
    yield _ffmpeg()
    yield _isolation()
    yield from _git(settings.root_dir, now)
    yield from _settings(settings)
    yield from _security_contact(settings, now.date())
    yield from _permissions(settings)
    yield disk_told("项目目录的磁盘", settings.root_dir, _bytes_under(settings.site_dir))
    if target is None:
        yield Told(
            state="提醒",
            thing="发布目录",
            found="没有说是哪一个",
            fix="请写在后面，例如 showcase doctor /srv/showcase，或设置环境变量 SHOWCASE_TARGET",
        )
    else:
        fit = _folder(settings, target.path) if isinstance(target, Folder) else _reaching()
        told = list(fit)
        yield from told
        is_fit = all(row.state != "错误" for row in told)
        yield from place_told(target if is_fit else None, answer_url_of(settings, target), now)
    yield from _certificate(settings, now)


def _packages(root_dir: Path) -> Told:
    """As scripts/install judges it: the stamp of what was installed last."""
    for lock in ("requirements.lock", "requirements-dev.lock"):
        stamp, parts = root_dir / ".venv" / f".installed-{lock}", (root_dir / lock, root_dir / "pyproject.toml")
        if stamp.is_file() and all(part.is_file() for part in parts):
            wanted = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
            if stamp.read_text("utf-8").strip() == wanted:
                return Told(state="好", thing="依赖", found=f"与 {lock} 一致")
    return Told(state="提醒", thing="依赖", found="与 requirements.lock 不一致", fix="请运行 scripts/build，它会先装好")


def _ffmpeg() -> Told:
    try:
        return Told(state="好", thing="ffmpeg", found=ffmpeg().version.split()[0])
    except ToolError as error:
        return Told(state="错误", thing="ffmpeg", found=str(error), fix="请安装 ffmpeg 5.1 或更新的版本")


def _isolation() -> Told:
    kind = isolation()
    is_weak = kind.id == "limits"
    fix = "请换 Linux 5.19 或更新的内核，或安装 bubblewrap；否则用一个什么也读不到的用户来生成" if is_weak else ""
    return Told(state="提醒" if is_weak else "好", thing="处理媒体的隔离", found=kind.zh, fix=fix)


def _git(root_dir: Path, now: datetime.datetime) -> Iterator[Told]:
    if not shutil.which("git"):
        yield Told(state="错误", thing="Git", found="没有安装", fix="请安装 git")
        return
    yield Told(state="好", thing="Git", found=_said("git", "--version", cwd=root_dir).removeprefix("git version "))
    last = _said("git", "log", "-1", "--format=%ct", cwd=root_dir)
    if not last:
        fix = "请在 git clone 得到的目录里运行；从压缩包解开的取不到新案例"
        yield Told(state="提醒", thing="项目目录", found=f"{root_dir} 不是克隆，或者还没有提交", fix=fix)
        return
    if changed := _said("git", "status", "--porcelain", "--untracked-files=no", cwd=root_dir).splitlines():
        fix = "请用 git status 看改了什么，移走；否则 git pull 可能失败"
        yield Told(state="提醒", thing="项目目录", found=f"有 {len(changed)} 处没有提交的改动", fix=fix)
    else:
        yield Told(state="好", thing="项目目录", found="没有没提交的改动")
    yield clock_told("最近一次提交", datetime.datetime.fromtimestamp(int(last), datetime.UTC), now)


def _said(*command: str, cwd: Path) -> str:
    """What a tool says; nothing where it fails or takes too long."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True, timeout=_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _settings(settings: Settings) -> Iterator[Told]:
    name = settings.config_file.name
    if settings.options.sample:
        yield Told(state="提醒", thing="设置", found=f"{name} 里 sample 是 true", fix="正式开放以前请删掉这一行")
    for sentence in settings.reminders:
        yield Told(state="提醒", thing="设置", found=f"{name} 的{sentence}", fix=f"请在 {name} 里填上")
    if not settings.options.sample and not settings.reminders:
        yield Told(state="好", thing="设置", found=f"{name} 齐全")


def _security_contact(settings: Settings, today: datetime.date) -> Iterator[Told]:
    """When security.txt ends: after that day nobody believes it."""
    ends = settings.options.security_expires
    if ends is None:
        return
    left = (ends - today).days
    fix = "" if left > _NEAR_DAYS else "请核对 security_contact，再把 security_expires 改到一年以内的另一天"
    when = f"{ends} 到期" if left >= 0 else f"{ends} 已经过期"
    yield Told(state="提醒" if fix else "好", thing="漏洞联系方式", found=when, fix=fix)


def _permissions(settings: Settings) -> Iterator[Told]:
    if os.geteuid() == 0:
        yield Told(state="提醒", thing="用户", found="root", fix="请给网站单独建一个用户，用它来生成和发布")
    else:
        yield Told(state="好", thing="用户", found=f"{os.geteuid()}，不是 root")
    for folder in (settings.root_dir, settings.store_dir, settings.site_dir):
        if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            fix = f"请把它交给现在的用户：chown -R {os.geteuid()} {folder}"
            yield Told(state="错误", thing="权限", found=f"{folder} 不能读写", fix=fix)


def _bytes_under(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def _folder(settings: Settings, folder: Path) -> Iterator[Told]:
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        fix = f"请让它是现在的用户（{os.geteuid()}）能写的目录"
        yield Told(state="错误", thing="发布目录", found=f"{there} 不能写", fix=fix)
        return
    yield disk_told("发布目录的磁盘", there, _bytes_under(settings.site_dir))


def _reaching() -> Iterator[Told]:
    """What is needed here."""
    root = Path("/")
    yield _program("rsync", "rsync", _said("rsync", "--version", cwd=root))
    yield _program("ssh", "openssh-client", _said("ssh", "-V", cwd=root))


def _program(name: str, package: str, version: str) -> Told:
    if path := shutil.which(name):
        return Told(state="好", thing=name, found=version.splitlines()[0] if version else path)
    return Told(state="错误", thing=name, found="没有安装", fix=f"请安装 {package}")


def _certificate(settings: Settings, now: datetime.datetime) -> Iterator[Told]:
    if not settings.site_url.startswith("https://") or settings.options.sample:
        return  # samples have no server
    try:
        end_s = certificate_end_s(settings.site_url, timeout_s=_TIMEOUT_S)
    except ssl.SSLCertVerificationError as error:
        fix = "请在网页服务器上换证书；访客的浏览器现在会警告"
        yield Told(state="错误", thing="证书", found=f"浏览器不认（{error.verify_message}）", fix=fix)
        return
    except OSError as error:
        fix = "请检查网址、网络和网页服务器"
        yield Told(state="提醒", thing="证书", found=f"连不上 {settings.site_url}（{why_unanswered(error)}）", fix=fix)
        return
    days = int((end_s - now.timestamp()) // 86_400)
    is_short = days < _RENEW_DAYS
    fix = "请检查自动续期（例如 certbot renew）" if is_short else ""
    yield Told(state="提醒" if is_short else "好", thing="证书", found=f"还有 {days} 天到期", fix=fix)
