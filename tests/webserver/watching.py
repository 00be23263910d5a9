"""A browser's context under watch: everything about its pages that only an attack does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request

_WATCH = """
window.reports = [];
addEventListener("securitypolicyviolation", report => window.reports.push(report.violatedDirective + " " + report.blockedURI));
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => window.reports.push(name);
"""

_TABS = 6
"""As many pages are open at once: each is quiet for half a second before it counts as loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A context, and what was seen in any of its tabs."""

    context: BrowserContext
    address: str
    tabs: list[Page] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Opens a page, waits until it is quiet, and notes what it reported and whether it led away."""
        ((_, page),) = self.each([path])
        return page

    def each(self, paths: Sequence[str]) -> Iterator[tuple[str, Page]]:
        """The same for many, a few at once; each is given when it is quiet."""
        while len(self.tabs) < min(_TABS, len(paths)):
            self.tabs.append(self.context.new_page())
        for first in range(0, len(paths), len(self.tabs)):
            opened = list(zip(paths[first:], self.tabs, strict=False))
            for path, page in opened:
                page.goto(self.address + path, wait_until="commit")
            for path, page in opened:
                page.wait_for_load_state("networkidle")
                self.note(path, page)
                yield path, page

    def note(self, path: str, page: Page) -> None:
        """Notes what the page reported since it was looked at last."""
        self.seen.extend(f"{path}: {report}" for report in page.evaluate("window.reports.splice(0)"))
        if unquote(page.url.partition("#")[0].partition("?")[0]) != unquote(self.address + path.partition("?")[0]):
            self.seen.append(f"{path}: led to {page.url}")


def watching(context: BrowserContext, address: str) -> Watched:
    """Watches what is opened in *context* from now on: dialogs, requests elsewhere, reports of the policy, faults, popups."""
    context.add_init_script(_WATCH)
    found = Watched(context=context, address=address)
    own = (address, "data:", "blob:", "chrome-extension:", "chrome:")

    def note_request(request: Request) -> None:
        if not request.url.startswith(own):
            found.seen.append(f"asked {request.url}")

    def note_dialog(dialog: Dialog) -> None:
        found.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def note_complaint(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.seen.append(f"{message.text} ({message.location['url']})")

    def note_popups(page: Page) -> None:
        page.on("popup", lambda popup: found.seen.append(f"opened {popup.url}"))

    context.on("request", note_request)
    context.on("dialog", note_dialog)
    context.on("weberror", lambda error: found.seen.append(f"{error.page and error.page.url}: {error.error}"))
    context.on("page", note_popups)
    for page in context.pages:
        note_popups(page)
    context.on("console", note_complaint)
    return found
