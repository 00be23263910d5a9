"""What ssh and rsync said when they failed → the cause and the next step, in Chinese. Text in, text out."""

from __future__ import annotations

import re

from generator.publish.address import Address

_OTHER_KEY = (
    "{host} 的主机密钥和 known_hosts 里记的不一样。可能是服务器重装过，也可能有人冒充它，所以没有连接。"
    "请先向服务器的管理员核对指纹；确实换了，运行 ssh-keygen -R '{entry}' 删掉旧的，再照 docs/operate.md 记下新的"
)
_NO_KEY = (
    "known_hosts 里没有 {host} 的主机密钥，所以没有连接。"
    "请运行 ssh-keyscan{port} {bare}，向服务器的管理员核对指纹，再写进 ~/.ssh/known_hosts"
)

# The first that fits counts: what ssh says comes before what rsync makes of it.
_KNOWN = (
    (r"REMOTE HOST IDENTIFICATION HAS CHANGED", _OTHER_KEY),
    (r"host key is known for .* you have requested strict checking|Host key verification failed", _NO_KEY),
    (
        r"Permission denied \((publickey|password|keyboard|gssapi)",
        "{host} 不接受这里的密钥。请检查用户名、密钥文件和服务器上那个用户的 authorized_keys",
    ),
    (r"Could not resolve hostname", "找不到服务器 {host}。请检查地址和网络"),
    (r"Connection refused", "{host} 没有 SSH 服务在听这个端口。请检查端口，或者服务器是否在运行"),
    (
        r"No route to host|Network is unreachable|Connection timed out|timed out during banner exchange|Operation timed out",
        "连不上服务器 {host}（没有回答）。请检查网络、防火墙和服务器，过一会儿再运行",
    ),
    (
        r"Bad configuration option|no argument after keyword|terminating, \d+ bad configuration",
        "ssh 的配置文件有错：{last}",
    ),
    (
        # Words of the shell that runs the forced command; on a small server rrsync's own interpreter is missing.
        r"rrsync: (command not found|not found|No such file or directory|cannot execute|.*bad interpreter)",
        "服务器上没有 rrsync，或者没有它要用的 python3（{fitting}）。请在服务器上安装 rsync 和 python3",
    ),
    (r"No space left on device|Disk quota exceeded", "服务器的磁盘满了。请清出空间（或减少 --keep），再运行"),
    (
        r"rrsync error: Restricted directory does not exist|FileNotFoundError: \[Errno 2\]",
        "服务器上没有 authorized_keys 里 rrsync 后面写的那个目录。请建好它，交给发布用的用户",
    ),
    (
        r"rrsync error: (option|.*disabled|sending to read-only|reading from write-only)",
        "服务器上的 rrsync 不许这样做：{last}。请照 docs/operate.md 写那一行",
    ),
    (r"rrsync error: ", "服务器上的 rrsync 拒绝了：{last}。请检查发布地址里的路径：它从 rrsync 后面写的目录算起"),
    (
        r"PermissionError: \[Errno 13\]|Permission denied \(13\)|Operation not permitted \(1\)|Read-only file system",
        "服务器上的目录不让写。请把它交给发布用的用户（chown -R）",
    ),
    (
        r"(rsync|rrsync): (command )?not found|rsync: No such file|exec .*rsync.*(No such file|not found)",
        "服务器上没有 rsync。请在服务器上安装 rsync",
    ),
    (r"unknown option|on remote machine: ", "两边的 rsync 合不来：{last}。两边都要 3.2.4 或更新的版本"),
    (r"is your shell clean", "服务器登录时多说了话，rsync 听不懂。请照 docs/operate.md 用 rrsync，或去掉登录时的提示"),
    (
        r"\(code 30\)|\(code 35\)|timeout, server .* not responding",
        "服务器 {host} 太久没有动静，已断开。请检查网络和服务器的磁盘，再运行",
    ),
    (
        r"connection unexpectedly closed|Broken pipe|Connection reset|Connection closed|\(code 12\)|\(code 10\)|\(code 20\)",
        "和服务器 {host} 的连接断了。请检查网络，再运行",
    ),
)
_CUT = (10, 12, 20, 30, 35, 255)  # rsync's codes for sockets, the stream, signals, time; ssh's own
_BUSY = "Another instance of rrsync is already accessing"


def is_busy(said: str) -> bool:
    """Whether *said* means that another connection is at work there right now."""
    return _BUSY in said


def is_cut(said: str, code: int) -> bool:
    """Whether the connection itself ended, so that nothing can be done there before there is another."""
    return (code < 0 or code in _CUT) and "rrsync error" not in said and "No space left" not in said


def sentence(said: str, code: int, address: Address) -> str:
    """The cause and the next step, of what ssh and rsync *said* on their error streams and the *code* they ended with."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("rsync error:")]
    last = next((line for line in lines if "error:" in line), lines[-1] if lines else f"rsync 以 {code} 结束")
    bare, port = address.host.strip("[]"), f" -p {address.port}" if address.port else ""
    entry = f"[{bare}]:{address.port}" if address.port else bare
    if code < 0:
        return f"传了太久还没有完，已停下（信号 {-code}）。请检查网络，再运行"
    for pattern, words in _KNOWN:
        if re.search(pattern, said):
            fitting = next((line for line in lines if re.search(pattern, line)), last)
            return words.format(host=address.host, bare=bare, port=port, entry=entry, last=last, fitting=fitting)
    return f"rsync 没有做成（{last}）。请照它说的处理，再运行"
