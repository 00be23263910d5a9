"""What goes with every file that visitors get: its type, how long they may keep it, and what it may do. The one place of the policy."""

from __future__ import annotations

_EVERYTHING_OURS = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"

PAGE_POLICY = f"{_EVERYTHING_OURS}; frame-ancestors 'none'"
"""Content-Security-Policy of every page: no script, style or picture but our own files, no frame around it.

Issue 6: strict CSP.
"""

FRAMED_POLICY = f"{_EVERYTHING_OURS}; frame-ancestors 'self'"
"""That of a PDF, which a case shows in a frame (“预览”)."""

EDITOR_POLICY = "frame-ancestors 'none'"
"""That of ``/admin/``: its page has a policy of its own, by the Git server that it writes to, and of two both would apply.

Only this one cannot stand in a page.
"""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Headers of every answer, of faults too."""

STRICT_TRANSPORT = "max-age=31536000"
"""Strict-Transport-Security of an address with https: for a year. Other names of the domain are not ours to bind."""

FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of a file that bears a hash of its content in its name."""

ASKED_AGAIN = "no-cache"
"""That of everything else: kept, and asked for each time, so that a page never outlives the files that it names."""

NAMED_BY_CONTENT = r"(media/|assets/.*\.[0-9a-f]{8,}\.|search/([a-z]/|table-))"
"""How addresses below the site's root begin that bear a hash of their content; tests hold it to the site that is built."""

STYLES_AND_SCRIPTS = r"assets/.*\.[0-9a-f]{8,}\."
"""Those that a page cannot do without; nothing of a case is in them."""

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "application/javascript",
    "mjs": "application/javascript",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "txt": "text/plain",
    "md": "text/markdown",
    "yml": "application/yaml",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "svg": "image/svg+xml",
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "webm": "video/webm",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
    "bin": "application/octet-stream",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
"""The type of every file that a site may hold, by the end of its name. Nothing else is guessed."""

ATTACHED = ("csv", "docx", "pptx", "xlsx", "zip")
"""What is saved, not opened: without a name of its own in the header, so that a link's ``download`` names it in Chinese."""

_WRITTEN = (
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/xml",
    "application/yaml",
)


def text_types() -> tuple[str, ...]:
    """The types that are UTF-8 text and can be compressed, ``text/html`` among them, sorted."""
    return tuple(
        sorted({kind for kind in TYPES.values() if kind.startswith("text/") or kind in _WRITTEN or "svg" in kind})
    )


def can_be_compressed(name: str) -> bool:
    """Whether a file of that name is text, which gets much shorter; pictures, videos and packages are compressed already."""
    return TYPES.get(name.rpartition(".")[2]) in text_types()
