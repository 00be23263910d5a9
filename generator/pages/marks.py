"""The marks at the foot of a public site in China that lead to a register: 备案号 as links."""

from __future__ import annotations

import re

from generator.pages.views import LinkView

ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="


def register_marks(icp: str, police: str) -> tuple[LinkView, ...]:
    """The numbers that the settings give, each with the address of the register that holds it; an empty one is left out.

    The register of 公安备案 is asked for the digits of the number; a number without any leads nowhere (`url` is "").
    """
    marks = []
    if icp:
        marks.append(LinkView(text=icp, url=ICP_REGISTER))
    if police:
        digits = re.sub(r"[^0-9]", "", police)
        marks.append(LinkView(text=police, url=f"{POLICE_REGISTER}{digits}" if digits else ""))
    return tuple(marks)
