"""What YAML's parser says, libyaml's or its own in Python, is told in Chinese, of every fault that editors make."""

from __future__ import annotations

import re

import pytest
import yaml

from generator.check.faultwords import yaml_said_in_chinese

FAULTS = {
    "[甲, 乙": "方括号",
    "a: [甲, 乙}": "方括号",
    "a: {b: 1]": "花括号",
    "title: 甲\n unit: 乙": None,
    'a: "甲"乙': "引号",
    "a:\n  - 甲\n - 乙\nb: 1": None,
    "a: - 甲": "另起一行",
    "a: @甲": "英文引号",
    "a: `甲`": "英文引号",
    'a: "C:\\示例"': "反斜杠",
    "a: |甲": "竖线",
    "a: 1\n甲\nb: 1": "名称: 内容",
    "a: &": None,
}


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("text", FAULTS)
def test_every_fault_is_said_in_chinese(text: str, loader: type) -> None:
    with pytest.raises(yaml.YAMLError) as raised:
        list(yaml.parse(text, Loader=loader))
    said = yaml_said_in_chinese(str(getattr(raised.value, "problem", "")))
    assert (FAULTS[text] or "") in said
    assert not re.search(r"[A-Za-z]{2}", said)
    if FAULTS[text]:
        assert "读不懂" not in said


def test_what_was_never_said_before_is_no_english_either() -> None:
    assert yaml_said_in_chinese("did not find expected harmony") == "程序读不懂这里的写法"
