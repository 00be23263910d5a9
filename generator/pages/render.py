"""Frame + page → HTML, remembered by everything that it shows."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from generator.catalog.body import path_of
from generator.errors import RenderError
from generator.pages import sizes
from generator.pages.chrome import Frame
from generator.pages.markup import Article, article
from generator.pages.views import Page, PictureView
from generator.store import Store, digest_of_file, key_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What every page may say of its site."""

    name: str
    url: str  # ends in "/"
    path: str  # of the address: "/" or "/sub/"
    correction: str
    language: str = "zh-CN"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The pages of the site as files of the store, and how many of them were made now."""

    files: Mapping[str, Path]  # path under the site → file
    made: int


def render(pages: Iterable[Page], frame: Frame, templates_dir: Path, site: SiteFacts, store: Store) -> Rendered:
    """Every page as a file of *store*; what was rendered before from the same values is not rendered again.

    Raises:
        RenderError: a template is broken, or two pages claim one address.
    """
    renderer = _Renderer(frame, templates_dir, site)
    files: dict[str, Path] = {}
    made = 0
    for page in pages:
        if page.path in files:
            raise RenderError(f"两个页面使用同一个地址 {page.path}")
        key = key_of(renderer.version, page)
        path = store.find("pages", key, ".html")
        if path is None:
            path = store.keep("pages", key, renderer.html(page).encode(), ".html")
            made += 1
        files[page.path] = path
    return Rendered(files=files, made=made)


_NO_PICTURES: Mapping[str, PictureView] = {}
_NO_FILES: Mapping[str, str] = {}


class _Renderer:
    """Templates and frame, loaded once for a run."""

    def __init__(self, frame: Frame, templates_dir: Path, site: SiteFacts) -> None:
        self._frame = frame
        self._site = site
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates_dir),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(day=day, duration=duration, filesize=filesize)
        self._environment.globals.update(site=site, sizes=sizes, script=frame.scripts.__getitem__)
        self._picture = self._environment.get_template("macros.html").module
        here = Path(__file__).parent
        self.version = key_of(
            frame.digest,
            [(path.name, digest_of_file(path)) for path in sorted(templates_dir.glob("*.html"))],
            [digest_of_file(here / name) for name in ("render.py", "markup.py", "sizes.py")],
            site,
        )

    def html(self, page: Page) -> str:
        """The page whole."""
        root = "" if page.url == "" else "../" * (page.path.count("/"))
        if page.url == "404.html":
            root = self._site.path  # it answers at any depth

        def markdown(
            text: str,
            base: str,
            pictures: Mapping[str, PictureView] = _NO_PICTURES,
            files: Mapping[str, str] = _NO_FILES,
        ) -> Article:
            def resolve(target: str) -> str | None:
                name = files.get(path_of(target))
                return f"{base}media/{name}" if name else None

            return article(text, pictures, lambda view: self._drawn(view, base), resolve)

        try:
            main = self._environment.get_template(page.template).render(
                page=page, view=page.view, root=root, markdown=markdown
            )
        except jinja2.TemplateError as error:
            raise RenderError(f"模板 {page.template} 有误：{error}") from error
        title = f"{page.title} - {self._site.name}" if page.title else self._site.name
        holes = {
            "root": root or "./",
            "title": html.escape(title),
            "description": html.escape(page.description),
            "head": "\n".join(self._head(page, root)),
            "main": main,
            "scripts": "\n".join(
                f'<script src="{root}{self._frame.scripts[name]}" defer></script>' for name in page.scripts
            ),
        }
        if page.section:
            holes[f"current-{page.section}"] = ' aria-current="page"'
        return self._frame.fill(holes)

    def _drawn(self, view: PictureView, root: str) -> str:
        draw = self._picture.enlarging  # type: ignore[attr-defined]
        told = sizes.in_text(view.width_px, view.height_px)
        return str(draw(view, root, told, size=sizes.whole(view.width_px, view.height_px)))

    def _head(self, page: Page, root: str) -> Iterator[str]:
        if "refresh" in page.extra:
            yield f'<meta http-equiv="refresh" content="0; url={root}{html.escape(page.extra["refresh"])}">'
        if not page.is_indexed:
            yield '<meta name="robots" content="noindex">'
            return
        address = html.escape(self._site.url + quote(page.url))
        yield f'<link rel="canonical" href="{address}">'
        yield f'<meta property="og:title" content="{html.escape(page.title or self._site.name)}">'
        yield f'<meta property="og:site_name" content="{html.escape(self._site.name)}">'
        yield f'<meta property="og:url" content="{address}">'


def day(date: str) -> str:
    """“2021-10-18” → “2021年10月18日”."""
    parts = date.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def duration(seconds: float) -> str:
    """“1分23秒”; under a minute only seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}分{rest:02}秒" if minutes else f"{rest}秒"


def filesize(size_bytes: int) -> Markup:
    """“1.2 MB” or “345 KB”, decimal, as file managers show it."""
    text = f"{size_bytes / 1_000_000:.1f} MB" if size_bytes >= 1_000_000 else f"{max(1, size_bytes // 1000)} KB"
    return Markup(text.replace(" ", "&nbsp;"))  # noqa: S704
