"""A page in the words of schema.org: the site, a case with its awards and videos, the way to a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.pages.figure_views import HomeView
from generator.pages.media_views import PictureView, VideoView
from generator.pages.site_facts import SiteFacts
from generator.pages.subject import Subject
from generator.pages.views import CaseView, Page

_PICTURES = 4
"""Pictures that are named besides the one for sharing."""


def linked_data(page: Page, about: Subject, site: SiteFacts) -> Iterator[dict[str, Any]]:
    """What *page* says in schema.org's words; nothing where it says nothing."""
    if isinstance(page.view, HomeView):
        yield _website(site)
    if isinstance(page.view, CaseView):
        yield _article(page, page.view, about, site)
    if page.crumbs:
        yield _breadcrumbs(page, site)


def _website(site: SiteFacts) -> dict[str, Any]:
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": site.name,
            "url": site.url,
            "description": site.description,
            "inLanguage": site.language,
            "publisher": _organisation(site.publisher),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{site.url}search/?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            },
        }
    )


def _article(page: Page, view: CaseView, about: Subject, site: SiteFacts) -> dict[str, Any]:
    address = site.address(page.url)
    unit = _organisation(view.unit.text)
    people = [
        {"@type": "Person", "name": author.name, "affiliation": _organisation(author.unit or view.unit.text)}
        for author in view.authors
    ]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "mainEntityOfPage": address,
            "url": address,
            "headline": view.title,
            "alternativeHeadline": view.subtitle,
            "description": page.description,
            "inLanguage": site.language,
            "author": people or [unit],
            "sourceOrganization": unit,
            "publisher": _organisation(site.publisher),
            "datePublished": about.published,
            "dateModified": about.updated,
            "award": [f"{badge.year}年{badge.text.replace(' · ', '')}" for badge in view.badges],
            "keywords": list(about.keywords),
            "image": _pictures(page, view, site),
            "video": [_video(video, view, site) for video in view.videos],
            "isPartOf": {
                "@type": "CollectionPage",
                "name": view.campaign.text,
                "url": site.address(view.campaign.url),
            },
            "isAccessibleForFree": True,
        }
    )


def _pictures(page: Page, view: CaseView, site: SiteFacts) -> list[str]:
    shown = [*view.body_pictures.values(), *view.gallery]
    names = [page.share.name if page.share else "", *(_jpeg(picture) for picture in shown[:_PICTURES])]
    return [site.address(f"media/{name}") for name in dict.fromkeys(names) if name]


def _video(video: VideoView, view: CaseView, site: SiteFacts) -> dict[str, Any]:
    still = _jpeg(video.poster) if video.poster else ""
    return _filled(
        {
            "@type": "VideoObject",
            "name": video.title,
            "description": f"{view.unit.text}《{view.title}》的视频“{video.title}”",
            "uploadDate": view.published,
            "duration": f"PT{round(video.duration_s)}S",
            "contentUrl": site.address(f"media/{video.files[0].name}") if video.files else "",
            "thumbnailUrl": site.address(f"media/{still}") if still else "",
            "width": video.width_px,
            "height": video.height_px,
            "inLanguage": site.language,
        }
    )


def _breadcrumbs(page: Page, site: SiteFacts) -> dict[str, Any]:
    way = [(link.text, link.url) for link in page.crumbs] + [(page.title, page.url)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": text, "item": site.address(url)}
            for number, (text, url) in enumerate(way, start=1)
        ],
    }


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _jpeg(picture: PictureView) -> str:
    """The name of its largest JPEG, which every reader of linked data can open; "" where it has none."""
    names = [file.name for file in picture.files if file.media_type == "image/jpeg"]
    return names[-1] if names else ""


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """*data* without what is not known."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}
