"""Door: words, options, exit codes. `showcase …` and `python -m generator …`.

Exit codes: 0 done; 1 done, but content errors withhold something (with --strict nothing is written);
2 settings or usage; 3 a tool or the server failed; 4 another run holds the lock.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import click

ERRANDS = {
    "check": ("check:check", "检查全部案例和活动，或只报告 PATHS 下的问题。有错误时退出码为 1。"),
    "explain": ("check:explain", "说明一条检查规则（例如 MED007）；不写代码则列出全部规则。"),
    "fix": ("fix:fix", "修整案例：编码、标点、引号、日期、文件名、HEIC 和字幕格式。不动正文的一个字。"),
    "import": ("importing:import_command", "把一个案例的 Word 文件（.docx）变成案例目录。"),
    "import-list": ("importlist:import_list", "按县市报来的汇总表 FILE（.xlsx 或 .docx）建案例目录，每行一个草稿。"),
    "new": ("new:new", "新建一个案例：一问一答，建好目录和带模板标题的 index.md（草稿）。"),
    "media": ("media:media", "案例的图片、视频、字幕和支撑材料。"),
    "award": ("award:award", "把获奖名单 FILE（.xlsx 或 .docx）里的奖项登记到案例的 honors。"),
    "propose": ("propose:propose", "检查一个案例（活动/案例，或它的目录）或一个活动，没有错误就建分支、提交、推送。"),
    "campaign": ("campaign:campaign", "征集活动：进展，以及开始下一年的活动。"),
    "build": ("build:build", "检查、处理媒体、生成网站到输出目录。有错误的案例不上网站，其余照常。"),
    "serve": ("build:serve", "在本机预览网站；修改案例后页面自动更新。"),
    "preview": (
        "preview:preview",
        "生成带草稿的预览：每页标明“预览”，搜索引擎不收录，不能发布。有错误的案例没有页面，只列出错误。",
    ),
    "sweep": ("build:sweep", "清理当前网站不再用到的缓存文件。"),
    "publish": ("publishing:publish", "把已生成的网站发布到 TARGET：新版本整体就位后，一次改名切换。"),
    "rollback": ("publishing:rollback", "把 TARGET 切回上一个版本，或切到 RELEASE_ID。"),
    "releases": ("publishing:releases", "列出 TARGET 中保留的版本。"),
    "nightly": (
        "nightly:nightly",
        "取回案例，装好依赖，生成，发布到 SHOWCASE_TARGET；有事时通知。请用 scripts/nightly 运行。",
    ),
    "doctor": (
        "doctor:doctor",
        "查看这台机器能不能生成和发布：工具、磁盘、TARGET（目录或服务器）、时钟、权限、证书、网页服务器给出的版本。只看，不改。",
    ),
    "nginx": ("nginx:nginx", "输出 nginx 的配置。以后每次发布都不用重新加载 nginx。"),
    "schema": (
        "schema:schema",
        "输出案例信息区的 JSON Schema，供编辑器补全；写上 CAMPAIGN 就只列它的类别、选题和等次。",
    ),
    "admin": ("admin:admin", "取来编辑页 /admin/ 的程序并核对指纹；设置了编辑页的，给出网页服务器要发的安全策略。"),
}
"""The errands in the order of the help: where each stands in `generator.commands`, and what it does in a line.

The lines stand here, too, so that neither the help nor any errand loads the others: they take a second.
"""


class _Errands(click.Group):
    """A group whose commands are loaded when they are asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(ERRANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in ERRANDS:
            return None
        module, _, attribute = ERRANDS[name][0].partition(":")
        command = getattr(importlib.import_module(f"generator.commands.{module}"), attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in ERRANDS.items()])


@click.group(cls=_Errands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-f", "--config", "config_file", type=click.Path(path_type=Path), default="mkdocs.yml", show_default=True)
@click.version_option(package_name="showcase")
@click.pass_context
def main(context: click.Context, config_file: Path) -> None:
    """岳阳市教育信息化成果交流展示网的生成器：检查案例，生成网站，发布。"""
    context.obj = config_file
