"""Where the editors' page keeps what was written: a folder of the editor's machine, or a Git server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

Kind = Literal["local", "github", "gitlab", "gitea"]

PUBLIC = {"github": "https://github.com", "gitlab": "https://gitlab.com", "gitea": "https://gitea.com"}
"""The server of each kind that everybody knows; a city has its own."""

_API = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
_GRAPHQL = {"github": "/api/graphql", "gitlab": "/api/graphql"}
_GITHUB_API = "https://api.github.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class GitServer:
    """A repository and how editors sign in. Local: nothing of it leaves the machine, and the other fields are empty."""

    kind: Kind
    address: str = ""  # https://git.example.cn, no slash at its end
    repo: str = ""
    branch: str = ""  # empty: the server's own default
    app_id: str = ""  # of the application that editors sign in by; empty: by a token alone
    sign_in: str = ""  # GitHub alone: the address of the office's own sign-in service

    @property
    def api(self) -> str:
        """Where its programming interface begins; empty for a local folder."""
        if self.kind == "local":
            return ""
        if self.address == PUBLIC["github"]:
            return _GITHUB_API
        return self.address + _API[self.kind]

    @property
    def origins(self) -> tuple[str, ...]:
        """The only hosts that the page may speak to, besides its own."""
        found = (_origin(address) for address in (self.api, self.address) if address)
        return tuple(dict.fromkeys(found))

    @property
    def proposes(self) -> bool:
        """Whether what is saved becomes a proposal that somebody merges, and no change of the branch itself."""
        return self.kind in ("github", "gitlab")


def backend_of(server: GitServer) -> dict[str, Any]:
    """The part of the program's settings that names the repository."""
    if server.kind == "local":
        # The program asks for a server even where none is used; the page's policy lets it speak to none. Of the three,
        # Gitea is the one that has no state of the service to ask after.
        return {"name": "gitea", "repo": "本机/网站项目", "auth_methods": ["token"]}
    made: dict[str, Any] = {"name": server.kind, "repo": server.repo, "api_root": server.api}
    if server.branch:
        made["branch"] = server.branch
    if server.kind in _GRAPHQL and server.address != PUBLIC[server.kind]:
        made["graphql_api_root"] = server.address + _GRAPHQL[server.kind]
    if server.kind == "github":
        made |= {"base_url": server.sign_in} if server.sign_in else {"auth_methods": ["token"]}
    else:
        made["base_url"] = server.address
        made |= {"app_id": server.app_id} if server.app_id else {"auth_methods": ["token"]}
        if server.app_id and server.kind == "gitlab":
            made["auth_type"] = "pkce"
    messages = {"create": "案例：新增 {{slug}}", "update": "案例：修改 {{slug}}", "delete": "案例：删去 {{slug}}"}
    return made | {"commit_messages": messages}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
