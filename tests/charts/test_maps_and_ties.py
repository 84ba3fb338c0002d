"""The map and the network as pictures: everything said, nothing outside, the same each time."""

from __future__ import annotations

import hashlib
import re
import tomllib
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from dashboard.charts.tie_picture import Partner, tie_picture
from dashboard.charts.world_map import WORLD, Spot, around, outlines, world_map
from dashboard.config import DATA

WORDS = {"title": "Titel", "alternative": "Sådan <ser> det ud", "language": "da"}
VIBORG = Spot("Viborg", 9.4, 56.45, 9, "Viborg: 9", home=True)
LINZ = Spot("Linz", 14.29, 48.31, 4, "Linz: 4")
TUCSON = Spot("Tucson", -110.97, 32.22, 1, "Tucson: <1>")


def texts(picture: str) -> list[str]:
    return [text.text or "" for text in root(picture).iter("{http://www.w3.org/2000/svg}text")]


def titles(picture: str) -> set[str]:
    return {title.text or "" for title in root(picture).iter("{http://www.w3.org/2000/svg}title")}


def root(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def test_the_outlines_are_the_ones_that_were_fetched() -> None:
    with (DATA / "map" / "vendored.toml").open("rb") as file:
        vendored = tomllib.load(file)["land"]
    content = (DATA / "map" / vendored["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == vendored["sha256"]
    assert (DATA / "map" / vendored["licence_file"]).exists()


def test_no_outline_jumps_from_one_side_of_the_world_to_the_other() -> None:
    assert len(outlines()) > 500
    for ring in outlines():
        for (here, _), (there, _) in pairwise(ring):
            assert abs(here - there) < 90


@pytest.mark.parametrize("width", [860, 360])
def test_the_world_shows_all_and_names_the_home_city(width: int) -> None:
    picture = world_map([LINZ, VIBORG, TUCSON], WORLD, width=width, **WORDS)
    assert titles(picture) == {"Titel", "Viborg: 9", "Linz: 4", "Tucson: <1>"}
    assert "Viborg" in texts(picture)
    assert "Sådan <ser> det ud" in "".join(root(picture).itertext())


def test_what_lies_outside_the_view_is_left_out() -> None:
    view = around(9.4, 56.45)
    picture = world_map([LINZ, VIBORG, TUCSON], view, width=860, **WORDS)
    assert titles(picture) == {"Titel", "Viborg: 9", "Linz: 4"}
    assert not view.holds(TUCSON.longitude, TUCSON.latitude)


def test_the_land_stays_within_its_margin() -> None:
    picture = world_map([VIBORG], around(9.4, 56.45), width=860, **WORDS)
    path = re.search(r'<path d="([^"]+)"', picture)
    assert path is not None
    height = float(root(picture).attrib["height"])
    for ring in path[1].removesuffix("z").split("z"):
        first, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(float, first.split(","))
        for step in steps.split():
            dx, dy = map(float, step.split(","))
            x, y = x + dx, y + dy
            assert -9 <= x <= 869
            assert -9 <= y <= height + 9


def test_names_never_cover_each_other() -> None:
    crowd = [Spot(f"By {n}", 9.4 + n / 10, 56.4, 1, str(n)) for n in range(30)]
    picture = world_map([VIBORG, *crowd], WORLD, width=860, **WORDS)
    assert 1 <= len(texts(picture)) < 8, "thirty places on one spot have no room for their names"
    assert "Viborg" in texts(picture), "the home city is named all the same"


def test_a_circle_is_as_large_in_area_as_its_count_and_few_make_no_large_one() -> None:
    def radius(count: int, most: int) -> float:
        spots = [Spot("A", 0, 50, count, "a"), Spot("B", 20, 40, most, "b")]
        picture = world_map(spots, WORLD, width=860, **WORDS)
        (found,) = re.findall(r'd="M[^a]+a([\d.]+),[^"]*"[^>]*><title>a<', picture)
        return float(found)

    assert radius(100, 400) == pytest.approx(17 / 2, abs=0.1)
    assert radius(2, 2) < 8


def partners(count: int) -> list[Partner]:
    ways = ("both", "from_home", "from_partner", "unknown")
    return [Partner(f"p{n}", f"By {n}", n + 1, ways[n % 4], f"By {n}: {n + 1}") for n in range(count)]  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [860, 360])
@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_every_partner_is_named_inside_the_picture(count: int, width: int) -> None:
    picture = tie_picture("Viborg", partners(count), {}, width=width, **WORDS)
    assert sorted(texts(picture)) == sorted(["Viborg", *(f"By {n}" for n in range(count))])
    box = root(picture).attrib
    for text in root(picture).iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.attrib["x"]) <= float(box["width"])
        assert 0 <= float(text.attrib["y"]) <= float(box["height"])


@pytest.mark.parametrize(("way", "arrows", "dashed"), [
    ("both", 2, False), ("from_home", 1, False), ("from_partner", 1, False), ("unknown", 0, True),
])  # fmt: skip
def test_arrows_say_who_began_and_dashes_that_nobody_knows(way: str, arrows: int, dashed: bool) -> None:
    partner = Partner("linz", "Linz", 2, way, "Linz: 2")  # type: ignore[arg-type]
    picture = tie_picture("Viborg", [partner], {}, width=860, **WORDS)
    assert len(re.findall(r'<path d="M[^"]*Z"', picture)) == arrows
    assert ("stroke-dasharray" in picture) == dashed


@pytest.mark.parametrize("home", ["Linz", "Saint-Aubrac-sur-Mer"])
def test_no_arrow_lies_over_the_name_of_the_home_city(home: str) -> None:
    for count in range(1, 16):
        all_both = [Partner(one.key, one.label, one.count, "both", one.said) for one in partners(count)]
        picture = tie_picture(home, all_both, {}, width=860, **WORDS)
        (name,) = (t for t in root(picture).iter("{http://www.w3.org/2000/svg}text") if t.text == home)
        x, y, half = float(name.attrib["x"]), float(name.attrib["y"]), len(home) * 3.5
        heads = re.findall(r'<path d="(M[^"]*)Z"', picture)
        assert len(heads) == 2 * count
        corners = re.findall(r"[ML](-?[\d.]+)[ ,](-?[\d.]+)", " ".join(heads))
        assert len(corners) == 6 * count
        for across, down in corners:
            assert abs(float(across) - x) > half or not y - 12 < float(down) < y + 2, (count, across, down)


def test_partners_that_worked_together_are_joined_where_there_is_room() -> None:
    pair = {("p0", "p1"): 2}
    assert "Q" in tie_picture("Viborg", partners(3), pair, width=860, **WORDS)
    assert tie_picture("Viborg", partners(3), pair, width=360, **WORDS) == tie_picture(
        "Viborg", partners(3), {}, width=360, **WORDS
    )
