"""Markdown that wants to run, to load or to lead away; held against the renderer and against a browser."""

from __future__ import annotations

PICTURE = "media/attack.jpg"
"""A picture that lies beside the text."""

PUBLISHED = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<style>body{display:none}</style>",
    '<iframe src="https://attacker.invalid"></iframe>',
    '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<meta http-equiv="refresh" content="0;url=https://attacker.invalid">',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<form action="https://attacker.invalid"><input name=q></form>',
    "<details open ontoggle=alert(1)>x</details>",
    "`` <script>alert(1)</script> ``",
    '<https://attacker.invalid/"onmouseover="alert(1)>',
    "[x](https://attacker.invalid/?q=1 \"' onmouseover=alert(1) x='\")",
    f'!["onerror=alert(1) x="]({PICTURE} \'"><script>alert(1)</script>\')',
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<base href=//attacker.invalid/><link rel=stylesheet href=//attacker.invalid/x.css>",
    "| <script>alert(1)</script> | <b onclick=alert(1)>x |\n| --- | --- |\n| <object data=//attacker.invalid> | <embed src=x> |",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "脚注[^x]\n\n[^x]: <script>alert(1)</script> <b onclick=alert(1)>",
    '### 标题 <script>alert(1)</script> "onclick=alert(1)',
)
"""What the check warns of and lets through: the pages have to make it harmless."""

WITHHELD = (
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](https://attacker.invalid/track.gif)",
    "[x](vbscript:x)",
)
"""What keeps its case off the site."""
