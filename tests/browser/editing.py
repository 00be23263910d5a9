"""The editors' page in a real browser: its site behind a server that sends its policy, and a folder that the browser itself keeps.

The folder picker of the system cannot be driven by a test. In its place stands the private file system of the browser,
which gives handles of the same kind: what the program reads and writes goes through the same calls.
"""

from __future__ import annotations

import base64
import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

KNOWN = (
    "/fontsource/",  # fonts of a CDN that the program's styles name, although it brings them itself; the policy stops them
    "OAuth application ID is not defined",  # true, and of no use to a folder
)
"""What the program says on every machine."""

PICKER = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"

_FILL = """async (paths) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle('.git', {create: true});
  for (const path of paths) {
    const parts = path.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, {create: true});
    const file = await folder.getFileHandle(parts.at(-1), {create: true});
    const writer = await file.createWritable();
    await writer.write(await (await fetch('/repository/' + path)).blob());
    await writer.close();
  }
}"""

_READ = """async (under) => {
  const found = {};
  async function walk(folder, above) {
    for await (const [name, handle] of folder.entries()) {
      const path = above + name;
      if (handle.kind === 'directory') await walk(handle, path + '/');
      else if (path.startsWith(under)) {
        const reader = new FileReader();
        const read = new Promise((done) => { reader.onload = done; });
        reader.readAsDataURL(await handle.getFile());
        await read;
        found[path] = reader.result.split(',')[1] ?? '';
      }
    }
  }
  await walk(await navigator.storage.getDirectory(), '');
  return found;
}"""


_LEFT_OR_TOLD = """() => !/[/](new|entries)/.test(location.hash)
  || [...document.querySelectorAll('[role=alert]')].some((alert) => alert.textContent.includes('个字段存在错误'))"""


class _WithPolicy(http.server.SimpleHTTPRequestHandler):
    """The site, and below /repository/ the project that it was built from."""

    def __init__(self, *args: object, project: Path, policy: str, **kwargs: object) -> None:
        self._project, self._policy = project, policy
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Where the file of an address lies."""
        if path.startswith("/repository/"):
            return str(self._project / path.removeprefix("/repository/"))
        if path == "/favicon.ico":  # what is no page has no icon of its own
            path = "/assets/images/favicon.svg"
        return super().translate_path(path)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving_admin(project: Path, policy: str) -> Iterator[str]:
    """The address of the site of *project*, every answer with *policy*."""
    handler = functools.partial(_WithPolicy, directory=str(project / "site"), project=project, policy=policy)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Desk:
    """The page as an editor has it before her."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        height: int = 3_000,
        width: int = 1_440,
        scale: int = 1,
        has_policy: bool = True,
    ) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self.stopped: list[str] = []  # by the page's policy, before anything left the browser
        self._address = address
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            locale="en-US",
            bypass_csp=not has_policy,
        )
        self.context.add_init_script(PICKER)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("requestfailed", self._note_stopped)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def _note_stopped(self, request: Request) -> None:
        if request.failure == "csp":
            self.stopped.append(request.url)

    @property
    def asked_elsewhere(self) -> list[str]:
        """What reached any host but the site's own."""
        own = (self._address, "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own) and url not in self.stopped]

    @property
    def complaints(self) -> list[str]:
        """What the browser or the program logged as wrong, but for what is known: see `KNOWN`."""
        wrong = [text for text in self.said if text.startswith(("error", "warning"))]
        return [text for text in wrong if not any(known in text for known in KNOWN)]

    def fill(self, project: Path, *cases: str) -> None:
        """Puts *cases* into the browser's folder; the page is left on something harmless of the same origin."""
        self.page.goto(f"{self._address}robots.txt")
        files = [path for case in cases for path in sorted((project / "cases" / case).rglob("*")) if path.is_file()]
        self.page.evaluate(_FILL, [path.relative_to(project).as_posix() for path in files])

    def open(self) -> None:
        """The page with the folder chosen."""
        self.page.goto(f"{self._address}admin/")
        self.page.get_by_role("button", name="打开本机上的网站文件夹").click()
        self.page.get_by_role("button", name="新建").or_(self.page.get_by_text("集合")).first.wait_for()

    def go(self, where: str) -> None:
        """A place of the program, as its links name it."""
        self.page.goto(f"{self._address}admin/#/{where}")

    def field(self, name: str) -> Locator:
        """The field of that name in the form, with dots before fields of a part."""
        return self.page.locator(f'section[data-key-path="{name}"]')

    def write(self, name: str, text: str) -> None:
        """Types *text* into a field of one or more lines."""
        self.field(name).locator("input[type=text], textarea, input:not([type])").first.fill(text)

    def choose(self, name: str, label: str) -> None:
        """Takes *label* from a list that opens, or from those that stand there."""
        field = self.field(name)
        if field.get_by_role("radio").count():
            field.get_by_role("radio", name=label).click()
            return
        field.get_by_role("combobox").first.click()
        self.page.get_by_role("option", name=label, exact=True).click()

    def add(self, name: str) -> None:
        """One more entry of a list."""
        self.field(name).get_by_role("button", name="添加").first.click()

    def save(self) -> None:
        """Saves, and waits until the form has closed.

        The program judges what was typed last a moment after it shows it: on a busy machine the first click is answered
        with an error that its own list of errors does not have a second later, and an editor clicks again.
        """
        told = self.page.get_by_role("alert").filter(has_text="个字段存在错误")
        for _ in range(3):
            self.page.get_by_role("button", name="保存", exact=True).first.click()
            self.page.wait_for_function(_LEFT_OR_TOLD)
            if not told.count():
                break
            told.first.wait_for(state="detached")
        self.page.wait_for_url(lambda url: "/new" not in url and "/entries/" not in url)

    def files(self, under: str) -> dict[str, bytes]:
        """What the folder holds below *under*, by path."""
        found = self.page.evaluate(_READ, under)
        return {path: base64.b64decode(data) for path, data in found.items()}
