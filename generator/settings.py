"""mkdocs.yml, SHOWCASE_* and flags → one frozen value. Only doors read it; stages take plain arguments."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from yaml_env_tag import construct_env_tag

from generator.catalog.outside import Address, read_prefix
from generator.errors import SettingsError, reason_of


class Admin(BaseModel):
    """The editors' page: where it keeps what is written. Without it there is no such page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: Literal["local", "github", "gitlab", "gitea"]
    server: str = ""  # https://git.example.cn; empty: the one that everybody knows
    repo: str = ""
    branch: str = ""
    app_id: str = ""
    sign_in: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.backend == "local":
            return self
        if not re.fullmatch(r"[^/:\s]+(/[^/:\s]+)+", self.repo):
            raise ValueError("admin.repo 应像 owner/name")
        for name in ("server", "sign_in"):
            address = getattr(self, name)
            if address and not re.fullmatch(r"https://[^\s/?#@;,'\"]+(/[^\s?#;,'\"]*)?", address):
                raise ValueError(f"admin.{name} 应像 https://git.example.cn")
        if self.backend == "gitea" and not self.server:
            raise ValueError("admin.server 要写明 Gitea 的地址，像 https://git.example.cn")
        return self


class Options(BaseModel):
    """The options of the plugin in mkdocs.yml; each can be overruled by ``SHOWCASE_<NAME>``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cases_dir: str = "cases"
    var_dir: str = ".showcase"
    sample: bool = False
    organiser: str = ""
    undertaker: str = ""
    contact: str = ""
    correction: str = ""
    icp: str = ""
    police: str = ""
    site_code: str = ""
    security_contact: str = ""  # an address for who found a hole: mailto:, https: or tel:
    security_expires: datetime.date | None = None  # until when it holds; the build has no clock
    share_cards: bool = False  # a picture for sharing for each case, too; one for each call is always drawn
    workers: int | None = Field(default=None, ge=0, le=256)  # None: one a core; 0: no child processes
    admin: Admin | None = None  # “local”, or a mapping; None: no editors' page
    max_lost_percent: int = Field(default=10, ge=0, le=100)  # of the live pages: who has lost more is not published
    ssh_config: str = (
        ""  # a file of ssh's settings for publishing to a server, below the folder of mkdocs.yml; empty: ssh's own
    )
    release_url: str = ""  # where the web server says which release it shows; empty: /release.json of the site; “off”
    originals: tuple[str, ...] = ()  # below which addresses originals may lie; in the environment, blanks between them

    @field_validator("admin", mode="before")
    @classmethod
    def _asked_for(cls, written: Any) -> Any:
        return {"backend": written} if isinstance(written, str) and written else written or None

    @field_validator("security_contact")
    @classmethod
    def _address(cls, written: str) -> str:
        if written and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:[+0-9-]+)", written):
            raise ValueError(
                f"security_contact {written} 应像 mailto:security@example.cn 或 https://example.cn/report/"
            )
        return written

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.security_contact and self.security_expires is None:
            raise ValueError("写了 security_contact，就要写 security_expires：到哪一天为止有效，例如 2027-06-30")
        return self

    @field_validator("security_expires", mode="before")
    @classmethod
    def _day(cls, written: Any) -> Any:
        return written or None

    @field_validator("release_url")
    @classmethod
    def _where(cls, written: str) -> str:
        if written not in ("", "off") and not re.fullmatch(r"https?://[^\s/?#@]+/[^\s?#]*", written):
            raise ValueError('release_url 应像 https://www.example.cn/release.json；不要问网页服务器，就写 "off"')
        return written

    @field_validator("originals", mode="before")
    @classmethod
    def _addresses(cls, written: Any) -> Any:
        addresses = written.split() if isinstance(written, str) else written or ()
        for address in addresses:
            if not isinstance(read_prefix(str(address)), Address):
                raise ValueError(f"{address} 不是完整的地址，应当像 https://media.example.cn/yueyang/，不带账号和参数")
        return tuple(addresses)


FOOTER_MARKS = {
    "organiser": "主办单位",
    "undertaker": "承办单位",
    "contact": "联系方式",
    "icp": "ICP备案号",
    "police": "公安备案号",
    "site_code": "网站标识码",
}
"""Options that the footer of a public site shows, with what visitors know them as."""


class Settings(BaseModel):
    """Everything a run may know of its surroundings. Paths are absolute."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    config_file: Path
    site_name: str
    site_description: str = ""
    site_url: str  # ends in "/"
    site_dir: Path
    pages_dir: Path  # Markdown of the few pages that are no cases: about, accessibility
    theme_dir: Path
    options: Options

    @property
    def root_dir(self) -> Path:
        """The folder of mkdocs.yml."""
        return self.config_file.parent

    @property
    def cases_dir(self) -> Path:
        """Where cases and calls stand."""
        return self.root_dir / self.options.cases_dir

    @property
    def store_dir(self) -> Path:
        """Where what was made is remembered."""
        return self.root_dir / self.options.var_dir / "store"

    @property
    def lock_file(self) -> Path:
        """What a run holds while it writes."""
        return self.root_dir / self.options.var_dir / "lock"

    @property
    def site_path(self) -> str:
        """The path of the site's address, “/” or “/sub/”."""
        return urlsplit(self.site_url).path or "/"

    @property
    def ssh_config_file(self) -> Path | None:
        """The settings of ssh for publishing; None: ssh's own."""
        return self.root_dir / Path(self.options.ssh_config).expanduser() if self.options.ssh_config else None

    @property
    def servers_dir(self) -> Path:
        """Where the manifests of servers are remembered."""
        return self.root_dir / self.options.var_dir / "servers"

    @property
    def workers(self) -> int:
        """How many processes make media."""
        return self.options.workers if self.options.workers is not None else (os.cpu_count() or 1)

    @property
    def reminders(self) -> tuple[str, ...]:
        """What a site with real cases still lacks, a sentence each; nothing while the cases are samples.

        Nothing fails for it: a site can open before its numbers are given. DOMAIN: section 3, footer marks.
        """
        if self.options.sample:
            return ()
        lacking = tuple(
            f"设置 {name} 是空的，页脚不会显示{what}"
            for name, what in FOOTER_MARKS.items()
            if not getattr(self.options, name).strip()
        )
        unknown = () if self.options.security_contact else ("设置 security_contact 是空的，发现漏洞的人不知道该告诉谁",)
        return lacking + unknown

    def require_folders(self) -> None:
        """What a build needs besides the cases.

        Raises:
            SettingsError: the theme's or the pages' folder does not exist.
        """
        for name, folder in (("theme.custom_dir", self.theme_dir), ("docs_dir", self.pages_dir)):
            if not folder.is_dir():
                raise SettingsError(f"{self.config_file}：{name} 指的目录 {folder} 不存在")

    @classmethod
    def of(cls, config_file: Path, written: Mapping[str, Any], options: Mapping[str, Any]) -> Self:
        """Settings from what *config_file* says; *options* are those of the plugin.

        Raises:
            SettingsError: an option is unknown or has the wrong shape.
        """
        overruled = {
            name: os.environ[f"SHOWCASE_{name.upper()}"]
            for name in Options.model_fields
            if f"SHOWCASE_{name.upper()}" in os.environ
        }
        root = config_file.parent
        theme = written.get("theme")
        custom = theme.get("custom_dir", "theme") if isinstance(theme, Mapping) else "theme"
        if not re.fullmatch(r"https?://[^\s/]+/?.*", str(written.get("site_url") or "")):
            raise SettingsError(
                f"{config_file}：site_url 应是网站的完整地址，例如 https://example.org/ 或 https://example.org/sub/"
            )
        try:
            return cls(
                config_file=config_file,
                site_name=written["site_name"],
                site_description=written.get("site_description") or "",
                site_url=written["site_url"].rstrip("/") + "/",
                site_dir=root / (written.get("site_dir") or "site"),
                pages_dir=root / (written.get("docs_dir") or "docs/site"),
                theme_dir=root / custom,
                options=Options.model_validate({**options, **overruled}),
            )
        except (ValidationError, KeyError) as error:
            raise SettingsError(f"{config_file} 的设置有误：{error}") from error


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' ``!ENV``; tags of Python objects are read as nothing, never as objects."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def read_settings(config_file: Path) -> Settings:
    """The settings of the project of *config_file* (mkdocs.yml).

    Raises:
        SettingsError: the file is missing, unreadable, or lacks the plugin.
    """
    config_file = config_file.resolve()
    try:
        # A subclass of SafeLoader: the linter does not see that.
        written = yaml.load(config_file.read_text("utf-8"), Loader=_Loader)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        why = reason_of(error) if isinstance(error, OSError) else error
        raise SettingsError(f"无法读取设置 {config_file}：{why}") from error
    if not isinstance(written, Mapping):
        raise SettingsError(f"{config_file} 应当是“名称: 内容”的列表")
    plugins = written.get("plugins") or []
    if isinstance(plugins, Mapping):
        plugins = [{name: options} for name, options in plugins.items()]
    for plugin in plugins:
        if plugin == "showcase":
            return Settings.of(config_file, written, {})
        if isinstance(plugin, Mapping) and "showcase" in plugin:
            return Settings.of(config_file, written, plugin["showcase"] or {})
    raise SettingsError(f"{config_file} 的 plugins 中没有 showcase")
