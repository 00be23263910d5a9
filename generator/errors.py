"""What stops a run. What is wrong with a case is a diagnostic and never raised."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOSPC: "磁盘满了，请清理出空间",
    errno.EDQUOT: "这个用户的磁盘配额用完了，请清理出空间",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
}


def reason_of(error: OSError) -> str:
    """Why a file could not be written, in words for the operator; what is rare as the system says it."""
    return _REASONS.get(error.errno or 0) or str(error)


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
