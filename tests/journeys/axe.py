"""Asking axe whether people with a handicap can use a page: WCAG 2.2, levels A and AA."""

from functools import cache
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _source() -> str:
    return (Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands, a line each: the rule, where, why."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {_source()} }} }}")
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        RULES,
    )
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: "
        + " ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]][:2])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def assert_usable_by_all(page: Page, where: str = "") -> None:
    found = violations(page)
    assert not found, f"{where or page.url}:\n" + "\n".join(found)
