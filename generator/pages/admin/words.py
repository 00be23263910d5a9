"""What the editors' program says in words of ours: where its Chinese speaks to people who know Git, and where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OUR_WORDS: Mapping[str, str] = {
    "work_with_local_repo": "打开本机上的网站文件夹",
    "work_with_local_repo_description": "请选网站项目所在的文件夹，也就是里面有 cases 的那一个。写的东西只存在这台电脑上。",
    "working_with_local_repo": "正在使用本机上的文件夹",
    "sign_in_error.not_project_root": "这不是网站项目所在的文件夹。请选里面有 cases 的那一个。",
    "sign_in_error.picker_dismissed": "没有选文件夹。请再试一次。",
    "slug": "案例的目录名",
    "edit_slug": "改目录名",
    "edit_slug_error.empty": "请写一个目录名。",
    "edit_slug_error.invalid": "目录名不能有特殊字符、空格和斜线。",
    "edit_slug_error.duplicate": "这个目录名已经有别的案例用了。",
    "entry_sidebar.slug.title": "案例的目录名",
    "entry_sidebar.slug.generated_on_save": "保存时按内容取目录名。",
    "entry_sidebar.slug.unavailable": "这个案例没有目录名。",
    "select_item": "选择{$name}",
    "show_errors": "看看哪里不对",
    "list_item_options": "这一项的更多操作",
    "replace_file": "换一个文件",
    "replace_image": "换一张图片",
    "remove_file": "去掉这个文件",
    "remove_image": "去掉这张图片",
    "file_unavailable": "打不开",
    "file_unavailable_description": "这个文件打不开，可能已经移走或删去。",
    "save_conflict.title": "别人也改了这个案例",
    "save_conflict.modified_by": "您打开以后，{$name}在 {$date} 改过这个案例。",
    "save_conflict.modified": "您打开以后，有人改过这个案例。",
    "save_conflict.deleted": "您打开以后，有人删去了这个案例。",
    "save_conflict.overwrite_warning": "现在保存，他们的改动就没有了。",
    "save_conflict.recreate_warning": "现在保存，会重新建这个案例。",
    "save_conflict.save_anyway": "仍然保存",
    "save_conflict.branch_moved": "保存时别人也保存了。请再试一次。",
    "remote_change.reload_entry": "重新载入",
    "remote_change.confirm_reloading_entry": "重新载入吗？您还没有保存的改动会没有。",
}
"""By the program's own keys, with dots between their parts."""


def with_our_words(theirs: Mapping[str, Any]) -> dict[str, Any]:
    """*theirs*, the program's words as a tree, with ours in their places."""
    made: dict[str, Any] = {key: dict(value) if isinstance(value, Mapping) else value for key, value in theirs.items()}
    for key, text in OUR_WORDS.items():
        *above, last = key.split(".")
        branch = made
        for part in above:
            branch[part] = dict(branch.get(part, {}))
            branch = branch[part]
        branch[last] = text
    return made
