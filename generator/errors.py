"""What stops a run. What is wrong with a case is a diagnostic and never raised."""

from __future__ import annotations

import errno
import os
import socket

_NO_ANSWER = "等了很久没有回答"
_CUT = "连接断了"
_NO_WAY = "网络不通"
_TOO_MANY = "打开的文件太多"
_NO_NAME = "找不到这个域名"
_REASONS = {
    errno.ENOSPC: "磁盘满了，请清理出空间",
    errno.EDQUOT: "这个用户的磁盘配额用完了，请清理出空间",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "读写出错，磁盘可能坏了",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限，只有它的主人或管理员可以这样做",
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOTDIR: "路径中间有一段不是目录",
    errno.EISDIR: "它是目录，不是文件",
    errno.EEXIST: "已经有同名的文件或目录",
    errno.ENOTEMPTY: "目录不是空的",
    errno.ELOOP: "它是一个链接，或者链接绕成了圈",
    errno.ENAMETOOLONG: "名称太长",
    errno.EFBIG: "文件太大",
    errno.ENOEXEC: "它不是能运行的程序",
    errno.ENOLCK: "这个磁盘不支持文件锁",
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: "内存不够",
    errno.ECONNREFUSED: "连接被拒绝，那边没有程序在听这个端口",
    errno.ECONNRESET: _CUT,
    errno.ECONNABORTED: _CUT,
    errno.EPIPE: _CUT,
    errno.ETIMEDOUT: _NO_ANSWER,
    errno.EHOSTUNREACH: _NO_WAY,
    errno.ENETUNREACH: _NO_WAY,
    errno.ENETDOWN: _NO_WAY,
    # Of the names of hosts, by numbers below zero.
    socket.EAI_NONAME: _NO_NAME,
    socket.EAI_NODATA: _NO_NAME,
    socket.EAI_AGAIN: "查不了域名，多半是网络不通",
}


def reason_of(error: OSError) -> str:
    """Why something could not be read, written or reached, in words for the operator, without the number and the place.

    What is rare is told as the system says it; a `ServerError` is a sentence already.
    """
    # OpenSSL's numbers mean something else.
    number = None if type(error).__module__ == "ssl" else error.errno
    if number is None and isinstance(error, TimeoutError | ConnectionError):
        return _NO_ANSWER if isinstance(error, TimeoutError) else _CUT
    return _REASONS.get(number or 0) or error.strerror or str(error) or type(error).__name__


def reason_at(error: OSError) -> str:
    """`reason_of`, and the file that it is about, where the system names one: 没有权限（/srv/showcase/.lock）."""
    name = error.filename
    if not isinstance(name, str | bytes):
        return reason_of(error)
    return f"{reason_of(error)}（{os.fsencode(name).decode('utf-8', 'backslashreplace')}）"


def is_disk_full(error: OSError) -> bool:
    """Whether there was no room left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


class ShowcaseError(Exception):
    """A run cannot go on: what failed, why, and the next step, in words for the operator."""

    exit_code = 3


class SettingsError(ShowcaseError):
    """A setting or a word on the command line is wrong."""

    exit_code = 2


class ToolError(ShowcaseError):
    """A tool (ffmpeg, rsync …) is missing, too old, or failed."""


class RenderError(ShowcaseError):
    """Pages could not be made or placed."""


class PublishError(ShowcaseError):
    """A release could not be made; the live site stands as it was."""


class LockedError(ShowcaseError):
    """Another run holds the lock."""

    exit_code = 4
