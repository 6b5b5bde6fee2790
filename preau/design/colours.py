"""A school's own colour, made readable: whatever colour it is, what is written with it can be read."""

import re

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
READABLE = 4.5
STEP = 0.04
DAY = {"paper": "#faf8f4", "sunken": "#f3efe7", "white": "#ffffff"}
NIGHT = {"paper": "#12181c", "sheet": "#1a2227", "sunken": "#20292f"}

Parts = tuple[float, float, float]


def parts(colour: str) -> Parts:
    """Return the red, green and blue of #rrggbb, from 0 to 1."""
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


def mix(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = zip(parts(colour), parts(other), strict=True)
    return "#" + "".join(f"{round(255 * (mine + (theirs - mine) * share)):02x}" for mine, theirs in pairs)


def luminance(colour: str) -> float:
    """Return how light a colour is, as WCAG 2 measures it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours: 1 for the same, 21 for black on white; text needs 4.5."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, grounds: list[str], towards: str) -> str:
    """Return the nearest colour, on the way to another, that can be read on all these grounds."""
    share = 0.0
    while share < 1 and min(contrast(mix(colour, towards, share), ground) for ground in grounds) < READABLE:
        share += STEP
    return mix(colour, towards, min(share, 1))


def stylesheet(accent: str) -> str:
    """Return the few rules that redefine our raw colours from a school's own; nothing for no colour."""
    if not COLOUR.fullmatch(accent or ""):
        return ""
    by_day, by_night = _day(accent), _night(accent)
    return (
        f"@layer tokens {{\n"
        f':root, [data-theme="light"] {{ {by_day} }}\n'
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {by_night} }} }}\n"
        f'@media screen {{ [data-theme="dark"] {{ {by_night} }} }}\n'
        f"}}\n"
    )


def _day(accent: str) -> str:
    mist = mix(accent, "#ffffff", 0.88)
    plain = readable(accent, [*DAY.values(), mist], "#000000")
    deep = readable(mix(plain, "#000000", 0.28), [*DAY.values(), mist], "#000000")
    return _rules(plain, deep, mist, "#ffffff", mix(plain, "#000000", 0.28))


def _night(accent: str) -> str:
    mist = mix(accent, NIGHT["paper"], 0.8)
    plain = readable(mix(accent, "#ffffff", 0.3), [*NIGHT.values(), mist], "#ffffff")
    deep = readable(mix(plain, "#ffffff", 0.35), [*NIGHT.values(), mist], "#ffffff")
    chalk = readable(mix(accent, "#000000", 0.85), [plain, deep], "#000000")
    return _rules(plain, deep, mist, chalk, mix(accent, "#000000", 0.6))


def _rules(plain: str, deep: str, mist: str, chalk: str, yard: str) -> str:
    return (
        f"--chalkboard: {plain}; --chalkboard-deep: {deep}; --chalkboard-mist: {mist}; "
        f"--chalk: {chalk}; --yard: {yard};"
    )
