"""`showcase nginx`: the configuration of the web server, made of the settings."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import click

from generator.errors import SettingsError
from generator.terminal import explained, settings_of
from generator.webserver.nginx import Certificate, Site, configuration

# What stands in the configuration is a word of its language: nothing may end it there.
_PLACE = re.compile(r"/[^\s\"'\\;{}$#]*")
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_LISTEN = re.compile(r"(\d{1,3}(\.\d{1,3}){3}:|\[[0-9A-Fa-f:.]*\]:|\*:)?\d{1,5}")
_PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")


@click.command()
@click.option(
    "--target", envvar="SHOWCASE_TARGET", default="/srv/showcase", show_default=True, help="服务器上的发布目录"
)
@click.option("--server-name", help="域名；不写就用 site_url 里的")
@click.option(
    "--listen",
    multiple=True,
    metavar="[地址:]端口",
    help="监听哪里，可以写几次；不写就是 80（有证书时 443），IPv4 和 IPv6",
)
@click.option("--certificate", metavar="FILE", help="服务器上的证书（含中间证书）；写了就用 HTTPS")
@click.option("--certificate-key", metavar="FILE", help="服务器上的证书私钥")
@click.option("--admin", is_flag=True, help="开放编辑页 /admin/")
@click.option("--brotli", is_flag=True, help="服务器装了 brotli 模块")
@click.pass_context
def nginx(
    context: click.Context,
    *,
    target: str,
    server_name: str | None,
    listen: tuple[str, ...],
    certificate: str | None,
    certificate_key: str | None,
    admin: bool,
    brotli: bool,
) -> None:
    """输出 nginx 的配置。以后每次发布都不用重新加载 nginx。"""
    with explained():
        address = urlsplit(settings_of(context).site_url)
        site = Site(
            server_name=_name(server_name or address.hostname or ""),
            path=_checked(_PATH, address.path or "/", "site_url 的路径"),
            target_dir=_checked(_PLACE, _folder_of(target), "--target").rstrip("/"),
            is_https=address.scheme == "https" or certificate is not None,
            listen=tuple(_checked(_LISTEN, where, "--listen") for where in listen),
            certificate=_certificate(certificate, certificate_key),
            has_editor=admin,
            has_brotli=brotli,
        )
        click.echo(configuration(site), nl=False)


def _folder_of(target: str) -> str:
    """The folder on the server, of a target that may be ``ssh://user@host/folder``."""
    return urlsplit(target).path if target.startswith("ssh://") else target


def _certificate(chain: str | None, key: str | None) -> Certificate | None:
    if (chain is None) != (key is None):
        raise SettingsError("--certificate 和 --certificate-key 要一起写")
    if chain is None or key is None:
        return None
    return Certificate(chain=_checked(_PLACE, chain, "--certificate"), key=_checked(_PLACE, key, "--certificate-key"))


def _name(name: str) -> str:
    try:
        ascii_name = name.lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise SettingsError(f"域名 {name} 写得不对；请写成 showcase.example.org 这样") from error
    return _checked(_NAME, ascii_name, "域名")


def _checked(pattern: re.Pattern[str], word: str, what: str) -> str:
    if not pattern.fullmatch(word):
        raise SettingsError(
            f"{what} “{word}”不能写进 nginx 的配置：要完整的路径、域名或端口，不带空格、引号、分号、$ 和花括号"
        )
    return word
