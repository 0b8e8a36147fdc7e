"""On paper a page is dark on white whatever the screen is, folds nothing, and cuts nothing off."""

from decimal import Decimal

from playwright.sync_api import Page, expect

from evaluation.rules.criteria import Criterion as Rule
from tests.browser.conftest import Opens
from tests.clicking import part, thing
from tests.story import told

A4 = 703
"""Its width within the margins, in the browser's points."""
INK = 110
"""Each of a dark colour's three parts, of 255, is below."""
WHITE = 230
# Colours are written in the words of the style sheet: a canvas knows them as parts of red, green and blue.
COLOURS = """
cells => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const parts = colour => {
        canvas.fillStyle = "#fff";
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const ground = cell => {
        const colour = getComputedStyle(cell).backgroundColor;
        return colour !== "rgba(0, 0, 0, 0)" || !cell.parentElement ? colour : ground(cell.parentElement);
    };
    return cells.map(cell => [parts(getComputedStyle(cell).color), parts(ground(cell))]);
}"""


def colours(shown: Page) -> list[tuple[list[int], list[int]]]:
    """The colour of each cell of the standings, and of what it stands on."""
    return shown.locator("#s-part-standings .s-table :is(th, td)").evaluate_all(COLOURS)


def test_standings_are_printed_dark_on_white_from_a_dark_screen(transactional_db: None, opens: Opens):
    wide = [Rule(f"criterion-{number}", Decimal(10), source="direct", places=2) for number in range(1, 11)]
    story = told(criteria=wide).open()
    shown = opens("official-1", width=A4, dark=True)
    shown.goto(thing(story.round))
    expect(shown.locator("[aria-busy=true]")).to_have_count(0)
    folded = shown.locator("details:not([open]) .s-tree")
    expect(folded).to_be_hidden()
    assert all(min(ink) > WHITE - INK for ink, _ in colours(shown)), "the screen is dark"

    shown.emulate_media(media="print", color_scheme="dark")
    expect(folded).to_be_visible()
    for address in (thing(story.round), part("standings", story.round)):
        shown.goto(address)
        expect(shown.locator("[aria-busy=true]")).to_have_count(0)
        found = colours(shown)
        assert len(found) > 50
        assert [each for each in found if max(each[0]) > INK or min(each[1]) < WHITE] == []
        assert shown.evaluate("document.documentElement.scrollWidth") == A4
        edges = "rows => rows.map(row => Math.round(row.getBoundingClientRect().right))"
        assert max(shown.locator(".s-scroll .s-table tr").evaluate_all(edges)) <= A4
