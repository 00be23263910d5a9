"""What stops a run. What is wrong with a case is a diagnostic and never raised."""

from __future__ import annotations


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
