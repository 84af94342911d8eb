"""Writes the pages' font again, with a zero that has no slash: in dates and hours it reads as a crossed-out figure.

    apt-get install python3-fonttools python3-brotli
    /usr/bin/python3 ui/fonts/make.py

The outlines of all others are as in the npm package `@fontsource/atkinson-hyperlegible`; a test compares each with it. The
programs that fit outlines to coarse pixels (hinting) are a third of its woff2 and not in its woff, hence both are made of
the latter: every page is 12 kB lighter for who comes first.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

HERE = Path(__file__).parent
PACKAGE = HERE.parent.parent / "node_modules/@fontsource/atkinson-hyperlegible/files"


def open_zero(font: TTFont) -> None:
    """The slash divides the counter in two: in their place stands the outline, as large as both are together."""
    glyph = font["glyf"]["zero"]
    points, ends, flags = glyph.getCoordinates(font["glyf"])
    outline, counters = list(points[: ends[0] + 1]), list(points[ends[0] + 1 :])

    def between(axis):
        inside, outside = [[point[axis] for point in some] for some in (counters, outline)]
        scale = (max(inside) - min(inside)) / (max(outside) - min(outside))
        return lambda at: round(min(inside) + (at - min(outside)) * scale)

    x, y = between(0), between(1)
    # The other way round, which is what makes it a hole.
    counter = [(x(point[0]), y(point[1])) for point in reversed(outline)]
    glyph.coordinates = GlyphCoordinates(outline + counter)
    glyph.flags = flags[: ends[0] + 1] + bytes(reversed(flags[: ends[0] + 1]))
    glyph.endPtsOfContours = [ends[0], 2 * ends[0] + 1]
    glyph.numberOfContours = 2
    glyph.program = Program()
    glyph.program.fromBytecode(b"")


for weight in (400, 700):
    name = f"atkinson-hyperlegible-latin-{weight}-normal"
    for flavor in ("woff2", "woff"):
        font = TTFont(PACKAGE / f"{name}.woff", recalcTimestamp=False)
        open_zero(font)
        font.flavor = flavor
        font.save(HERE / f"{name}.{flavor}")
