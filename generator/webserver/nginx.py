"""nginx's configuration of a site, as text. It names no release: after a publication nothing is to be reloaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.pages.listing import SECURITY_PATH
from generator.pages.moved import MOVED, SIGN
from generator.webserver import headers

_MOVED_SLUG = r"([a-z0-9-]+)"
_PREVIOUS = "previous"  # the link that a publication leaves to what was live before
_INDENT = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Where the files of HTTPS lie on the server."""

    chain: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What nginx has to know. Every text is checked by who made it: see `generator/commands/nginx.py`."""

    server_name: str
    path: str  # of the site's address, "/" or "/sub/"
    target_dir: str  # on the server, absolute, no "/" at its end
    is_https: bool  # as visitors see it; a proxy may speak it for nginx
    listen: tuple[str, ...] = ()  # nothing: where visitors come by themselves, and from http to https
    certificate: Certificate | None = None
    has_editor: bool = False  # whether /admin/ answers
    has_brotli: bool = False

    @property
    def root_dir(self) -> str:
        """What addresses are looked up below: with a sub-path, the target with a link of that name to ``current``."""
        return f"{self.target_dir}/current" if self.path == "/" else self.target_dir


def configuration(site: Site) -> str:
    """A file for the http block of nginx (``conf.d/``, ``sites-enabled/``), 1.18 or newer, in Chinese where people read it.

    Headers come from maps, not from locations: a location with an ``add_header`` of its own drops those of its server.
    Clause: issue 6, nginx.
    """
    parts = (
        _head(site),
        _maps(site),
        *((_to_https(site),) if site.certificate and not site.listen else ()),
        _server(site),
    )
    return "\n".join("\n".join(part) + "\n" for part in parts)


def _head(site: Site) -> Iterator[str]:
    yield "# showcase nginx 生成，请不要手改：要改就换选项重新生成。"
    yield "# 放进 /etc/nginx/conf.d/showcase.conf，nginx -t 通过后 systemctl reload nginx。以后每次发布都不用再重新加载。"
    if site.path != "/":
        depth = site.path.strip("/").count("/")
        place = site.path.strip("/")
        yield f"# 网站在子路径 {site.path} 下，先在服务器上建一次链接："
        if depth:
            yield f"#   mkdir -p {site.target_dir}/{place.rpartition('/')[0]}"
        yield f"#   ln -s {'../' * depth}current {site.target_dir}/{place}"
    if site.is_https and not site.certificate:
        yield "# 网址是 https，而这里没有证书：由前面的代理负责 HTTPS；没有代理就加 --certificate 和 --certificate-key 重新生成。"


def _maps(site: Site) -> Iterator[str]:
    below = f"^{re.escape(site.path)}"
    yield from _map("cache", headers.ASKED_AGAIN, {f"{below}{headers.NAMED_BY_CONTENT}": headers.FOR_EVER})
    policies = {r"\.pdf$": headers.FRAMED_POLICY}
    openers = {}
    robots = {}
    if site.has_editor:
        policies = {f"{below}admin/": headers.EDITOR_POLICY, **policies}
        # Signing in at the Git server happens in a window that must find the one that opened it.
        openers = {f"{below}admin/": ""}
        robots = {f"{below}admin/": "noindex, nofollow"}
    yield from _map("policy", headers.PAGE_POLICY, policies)
    if site.is_https:
        yield from _map("opener", "same-origin", openers)
    if robots:
        yield from _map("robots", "", robots)
    yield from _map("disposition", "", {rf"\.({'|'.join(headers.ATTACHED)})$": "attachment"})
    yield from _map("page", "", {f"{below}(?<showcase_below>.*)$": "$showcase_below"})


def _map(name: str, default: str, values: dict[str, str]) -> Iterator[str]:
    yield f"map $uri $showcase_{name} {{"
    yield f'{_INDENT}default "{default}";'
    yield from (f'{_INDENT}"~{pattern}" "{value}";' for pattern, value in values.items())
    yield "}"


def _to_https(site: Site) -> Iterator[str]:
    yield from _block(
        "server",
        (
            "listen 80;",
            "listen [::]:80;",
            f"server_name {site.server_name};",
            "server_tokens off;",
            "location ^~ /.well-known/acme-challenge/ { root /var/www/letsencrypt; }  # 签发证书用",
            f"location / {{ return 301 https://{site.server_name}$request_uri; }}",
        ),
    )


def _server(site: Site) -> Iterator[str]:
    yield from _block(
        "server",
        (
            *_address(site),
            "",
            f'root "{site.root_dir}";',
            "index index.html;",
            "autoindex off;",
            "absolute_redirect off;    # 前面有代理时也对",
            "open_file_cache off;      # 否则发布以后还会有一阵是旧版本",
            f"error_page 403 404 =404 {site.path}404.html;",
            "server_tokens off;",
            "",
            *_types(),
            "",
            *_compression(site),
            "",
            *_headers(site),
            "",
            *_locations(site),
        ),
    )


def _address(site: Site) -> Iterator[str]:
    speaks = " ssl http2" if site.certificate else ""
    port = "443" if site.certificate else "80"
    yield from (f"listen {where}{speaks};" for where in site.listen or (port, f"[::]:{port}"))
    yield f"server_name {site.server_name};"
    if site.certificate:
        yield f'ssl_certificate "{site.certificate.chain}";'
        yield f'ssl_certificate_key "{site.certificate.key}";'
        yield "ssl_protocols TLSv1.2 TLSv1.3;"
        yield "ssl_session_cache shared:showcase:2m;"
        yield "ssl_session_timeout 1d;"
        yield "ssl_session_tickets off;"


def _types() -> Iterator[str]:
    # All of them, since older lists of nginx lack captions, tables and AVIF.
    by_type: dict[str, list[str]] = {}
    for ending, kind in headers.TYPES.items():
        by_type.setdefault(kind, []).append(ending)
    yield from _block("types", (f"{kind} {' '.join(endings)};" for kind, endings in by_type.items()))
    yield "default_type application/octet-stream;"
    yield "charset utf-8;"
    yield f"charset_types {_but_html()};"


def _compression(site: Site) -> Iterator[str]:
    yield "gzip on;"
    yield "gzip_static on;"
    yield "gzip_vary on;"
    yield "gzip_proxied any;"
    yield "gzip_comp_level 5;"
    yield "gzip_min_length 1000;"
    yield f"gzip_types {_but_html()};"
    if site.has_brotli:
        yield "brotli_static on;"


def _but_html() -> str:
    """Without text/html, which nginx has in such lists already; it warns of it."""
    return " ".join(kind for kind in headers.text_types() if kind != "text/html")


def _headers(site: Site) -> Iterator[str]:
    yield "# 没有 always 的只随找到的文件：找不到的不能被记住一年。"
    yield "add_header Cache-Control $showcase_cache;"
    yield "add_header Content-Disposition $showcase_disposition;"
    yield "add_header Content-Security-Policy $showcase_policy always;"
    yield from (f'add_header {name} "{value}" always;' for name, value in headers.ALWAYS.items())
    if site.is_https:
        yield f'add_header Strict-Transport-Security "{headers.STRICT_TRANSPORT}" always;'
        yield "add_header Cross-Origin-Opener-Policy $showcase_opener always;"
    if site.has_editor:
        yield "add_header X-Robots-Tag $showcase_robots always;"


def _locations(site: Site) -> Iterator[str]:
    path = site.path
    if path != "/":
        yield f"location = {path.rstrip('/')} {{ return 301 {path}; }}"
        yield "location / { return 404; }"
    yield "# 旧地址：发布的版本里有一个目录记着它现在在哪里，所以改了也不用重新加载。"
    moved_dir = f'"$document_root{path}{MOVED}/$showcase_page/{SIGN}"'
    yield from _block(
        f"location {path}",
        (f"if (-d {moved_dir}) {{ rewrite ^ {path}{MOVED}/$showcase_page/{SIGN}/ last; }}",),
    )
    yield from _block(
        f"location {path}{MOVED}/", ("internal;", "random_index on;    # 目录里只有一个文件，文件名就是新地址")
    )
    found = rf"^{re.escape(f'{path}{MOVED}/')}.+/\{SIGN}/{_MOVED_SLUG}\{SIGN}{_MOVED_SLUG}$"
    yield from _block(f"location ~ {found}", ("internal;", f"return 301 {path}cases/$1/$2/$is_args$args;"))
    yield f"location = {path}404.html {{ internal; }}"
    yield "# 切换前打开的页面，还能取到它那个版本的样式和程序；案例的东西不在此列。"
    yield from _block(f'location ~ "^{re.escape(path)}{headers.STYLES_AND_SCRIPTS}"', ("try_files $uri @previous;",))
    yield from _block(
        "location @previous",
        (f'root "{site.target_dir}";', f"rewrite ^{re.escape(path)}(.*)$ /{_PREVIOUS}/$1 break;"),
    )
    yield r"location ~ /\. { return 404; }    # 点开头的文件不给人看"
    if path == "/":
        yield f"location = /{SECURITY_PATH} {{ }}    # 只有它例外：发现漏洞该告诉谁"
    if not site.has_editor:
        yield "# 编辑页默认不开放；要开放就加 --admin 重新生成。"
        yield f"location = {path}admin {{ return 404; }}"
        yield f"location ^~ {path}admin/ {{ return 404; }}"
    else:
        yield "# 编辑页。只给办公网用，就去掉下面两行的井号，换成自己的网段。"
        yield from _block(f"location {path}admin/", ("# allow 192.0.2.0/24;", "# deny all;"))


def _block(head: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"{_INDENT}{line}" if line else "" for line in lines)
    yield "}"
