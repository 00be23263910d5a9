"""CAM, SHP: who may hand in to a call, how many, and who had to: as far as what is registered tells."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.campaign import Campaign, Quota
from generator.catalog.places import Region, Regions
from generator.catalog.submission import Call, Catalog
from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule

_FULL = ("县", "市", "区", "州", "省")
_SCOPES = {"县市": ("县市区", "功能区"), "市州": ("市州",)}


def _around(slug: str, regions: Regions) -> Iterator[str]:
    """*slug* and every region around it, from within."""
    seen: set[str] = set()
    while slug in regions.by_slug and slug not in seen:
        seen.add(slug)
        yield slug
        slug = regions.by_slug[slug].parent or ""


def _issuing(campaign: Campaign, regions: Regions) -> Region | None:
    """The region whose authority issued the call, by the longest name in its own."""
    named = [region for region in regions.regions if region.name in campaign.issuer.unit]
    return max(named, key=lambda region: len(region.name), default=None)


@rule(
    "SHP016",
    Severity.WARNING,
    "case",
    message=Text(
        zh="{unit}在{region}，本次活动由{issuer}组织，不收那里的案例",
        en="{unit} is in {region}; the call of {issuer} is not for it",
    ),
    fix=Text(
        zh="核对 unit.region 的地区代码，以及案例放对了活动没有",
        en="see whether the region is right, and the call, too",
    ),
    clause="DOMAIN 1.1",
)
def unit_outside_the_reach_of_the_call(view: CaseView) -> Iterator[Finding]:
    """Who hands in is who the call was sent to; a case of another place stands in the wrong folder, or under a wrong code."""
    own = view.regions.by_slug.get(view.case.unit.region)
    issuer = _issuing(view.campaign, view.regions)
    if own and issuer and issuer.slug not in _around(own.slug, view.regions):
        facts = {"unit": view.case.unit.name, "region": own.name, "issuer": view.campaign.issuer.unit}
        yield Finding(at=("unit", "region"), facts=facts)


@rule(
    "SHP017",
    Severity.WARNING,
    "case",
    message=Text(
        zh="单位名称以“{name}”开头，登记的地区却是{region}",
        en="the unit's name begins with {name}; its region is {region}",
    ),
    fix=Text(
        zh="核对 unit.region：{name}的代码是 {slug}；地区没有错、单位就叫这个名字的，可以不理",
        en="see whether unit.region should be {slug}; leave it if the unit only bears that name",
    ),
    clause="DOMAIN 1.1",
)
def unit_named_after_another_region(view: CaseView) -> Iterator[Finding]:
    """Under a wrong code a case is counted for another county; nobody there would ever look for it.

    Full names alone count (县, 市, 区, 州): “洞庭小学” may stand anywhere. A name may begin with a place around its own.
    """
    own = view.regions.by_slug.get(view.case.unit.region)
    if own is None:
        return
    name, around = view.case.unit.name, frozenset(_around(own.slug, view.regions))
    while found := _named_first(name, view.regions):
        said, region = found
        if region.slug == own.slug:
            return
        if region.slug not in around:
            facts = {"name": said, "region": own.name, "slug": region.slug}
            yield Finding(at=("unit", "region"), facts=facts)
            return
        name = name.removeprefix(said)


def _named_first(name: str, regions: Regions) -> tuple[str, Region] | None:
    """The longest full name of a region that *name* begins with, and the region."""
    hits = [
        (said, region)
        for region in regions.regions
        for said in (region.name, region.short, *region.aliases)
        # “经开区” alone is the short name of one in every city: what is no beginning of the name tells no place.
        if name.startswith(said) and said.endswith(_FULL) and said[:2] == region.name[:2]
    ]
    return max(hits, key=lambda hit: len(hit[0]), default=None)


@rule(
    "CAM011",
    Severity.WARNING,
    "campaign",
    message=Text(
        zh="{place}{what}登记了 {count} 个，要求不超过 {most} 个{doubt}",
        en="{count} are registered of {place}{what}; the call asks for {most} at most",
    ),
    fix=Text(zh="核对 received 登记的数字；确实超出的由主办单位处理", en="correct received, or tell the organiser"),
)
def more_received_than_the_quota(call: Call, catalog: Catalog) -> Iterator[Finding]:
    """One number typed wrongly makes a county look greedy, and every table of the yearly assessment is drawn from it.

    Minima are not judged here: who still owes what is a table of `showcase campaign status`.
    """
    campaign = catalog.campaigns[call.id]
    for quota in campaign.quotas:
        most = quota.exact if quota.exact is not None else quota.max
        if most is None:
            continue
        for slug, count in _received(campaign, quota, catalog.regions).items():
            if count > most:
                row = next(i for i, one in enumerate(campaign.received) if slug in _around(one.region, catalog.regions))
                facts = {
                    "place": catalog.regions.by_slug[slug].name,
                    "what": quota.category or "",
                    "count": count,
                    "most": most,
                    "doubt": "（通知原文有歧义，仅供对照）" if quota.ambiguous else "",
                }
                severity = Severity.INFO if quota.ambiguous else None
                yield Finding(at=("received", row, "count"), facts=facts, source=quota.source, severity=severity)


def _received(campaign: Campaign, quota: Quota, regions: Regions) -> dict[str, int]:
    """What was registered, summed up by the places that the quota binds."""
    sums: dict[str, int] = {}
    for row in campaign.received:
        if quota.category and row.category != quota.category:
            continue
        for slug in _around(row.region, regions):
            is_bound = slug == quota.unit if quota.unit else regions.by_slug[slug].kind in _SCOPES.get(quota.scope, ())
            if is_bound:
                sums[slug] = sums.get(slug, 0) + row.count
    return sums


@rule(
    "CAM012",
    Severity.INFO,
    "campaign",
    message=Text(
        zh="{place}是必报的地方（{tag}），登记的报送数里没有它",
        en="{place} had to hand in ({tag}), and none is registered of it",
    ),
    fix=Text(
        zh="问一问报了没有：报了的补进 received，没有报的催报",
        en="ask whether it did; add it to received, or remind it",
    ),
)
def nothing_received_of_who_had_to(call: Call, catalog: Catalog) -> Iterator[Finding]:
    """A place that had to hand in and is in no table is forgotten until the results are out.

    Only places count, and only where numbers are registered: of schools the repository knows the winners alone.
    """
    campaign = catalog.campaigns[call.id]
    counts: dict[str, int] = {}
    for row in campaign.received:
        for slug in _around(row.region, catalog.regions):
            counts[slug] = counts.get(slug, 0) + row.count
    for i, must in enumerate(campaign.must_report if counts else ()):
        for n, slug in enumerate(must.units):
            region = catalog.regions.by_slug.get(slug)
            if region and not counts.get(slug):
                facts = {"place": region.name, "tag": must.tag}
                yield Finding(at=("must_report", i, "units", n), facts=facts, source=must.source)
