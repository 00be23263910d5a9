"""Every kind of page that the site has, by an address that shows it: what must hold on each is tested on these."""

from __future__ import annotations

from generator.pages.leaving import way_out

KINDS = {
    "home": "",
    "all cases": "cases/",
    "second page": "cases/page/2/",
    "case with pictures": "cases/enshi-2023/lichuan-timetable-resources/",
    "case with video": "cases/enshi-2023/zhouzhi-dawn-redwood-diary/",
    "case with phone video": "cases/yueyang-2021/yunxi-safe-chemistry/",
    "case without text": "cases/enshi-2023/jianshi-noon-reading/",
    "case without picture": "cases/yueyang-2021/nanhu-reading-pavilion/",
    "long title": "cases/yueyang-2021/xiangyin-lesson-slices/",
    "pilot with partners": "cases/yueyang-2020-pilots/yueyanglou-furong-union/",
    "withdrawn": "cases/yueyang-2021/linxiang-float-physics/",
    "level": "level/province/",
    "category": "category/school/",
    "calls": "campaigns/",
    "call with table of quotas": "campaigns/yueyang-2020-pilots/",
    "call with surveys": "campaigns/hunan-2020-tkbtx/",
    "award list": "results/yueyang-2021/",
    "search": "search/",
    "pilots": "pilots/",
    "statistics": "statistics/",
    "about": "about/",
    "site map": "sitemap/",
    "accessibility": "accessibility/",
    "guide for schools": "guides/school/",
    "guide for counties": "guides/county/",
    "leaving": way_out("http://www.eszedu.com"),
    "not found": "404.html",
}
