"""Renews the outlines of the map: ``python data/map/renew.py [VERSION]`` (needs npm and its registry).

Takes the land of Natural Earth (public domain) at 1:50 million from the npm package ``world-atlas``, thins
it to what a map on a page can show, and writes `land.json`, its licence and `vendored.toml`, from which
`dashboard/ui/activity_map.py` reads. A ring is a flat list of longitude and latitude in hundredths of a
degree, closed by itself; holes (seas inside land) are not drawn by a map of this size and left out.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = "world-atlas"
TOLERANCE = 0.045
"""Degrees by which an outline may be off: a tenth of a pixel on a map of the world, one on one of Europe."""
LEAST_AREA = 0.012
"""Square degrees of the smallest island kept."""
SOUTHERNMOST = -60.0
"""Antarctica has no cities."""

Point = tuple[float, float]


def rings(topology: dict) -> list[list[Point]]:
    """The outer rings of the land, in degrees (TopoJSON: arcs are shared, quantised and delta-coded)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            ring: list[Point] = []
            for index in polygon[0]:
                points = arcs[index] if index >= 0 else arcs[~index][::-1]
                ring += points[1:] if ring else points
            found.append(unbroken(ring))
    return found


def unbroken(ring: list[Point]) -> list[Point]:
    """A ring that crosses 180° goes on beyond it instead of beginning anew on the other side."""
    found = ring[:1]
    for x, y in ring[1:]:
        turns = round((found[-1][0] - x) / 360)
        found.append((x + 360 * turns, y))
    return found


def area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def thinned(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's line simplification."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def distance(point: Point) -> float:
        if not length:
            return float(((point[0] - x1) ** 2 + (point[1] - y1) ** 2) ** 0.5)
        return abs((y2 - y1) * point[0] - (x2 - x1) * point[1] + x2 * y1 - y2 * x1) / length

    farthest = max(range(1, len(points) - 1), key=lambda i: distance(points[i]))
    if distance(points[farthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return thinned(points[: farthest + 1])[:-1] + thinned(points[farthest:])


def main() -> None:
    wanted = f"{PACKAGE}@{sys.argv[1] if len(sys.argv) > 1 else 'latest'}"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True)  # noqa: S603, S607
        (archive,) = Path(folder).glob("*.tgz")
        subprocess.run(["tar", "xzf", archive.name], cwd=folder, check=True)  # noqa: S603, S607
        package = Path(folder) / "package"
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        topology = json.loads((package / "land-50m.json").read_text(encoding="utf-8"))
        licence = (package / "LICENSE").read_text(encoding="utf-8")
    kept = [
        [round(100 * number) for point in thinned(ring) for number in point]
        for ring in sorted(rings(topology), key=area, reverse=True)
        if area(ring) >= LEAST_AREA and max(y for _, y in ring) > SOUTHERNMOST
    ]
    text = json.dumps([ring for ring in kept if len(ring) >= 8], separators=(",", ":")) + "\n"
    (HERE / "land.json").write_text(text, encoding="utf-8")
    (HERE / "LICENSE").write_text(
        "The outlines are from Natural Earth (naturalearthdata.com), in the public domain:\n"
        "\"All versions of Natural Earth raster + vector map data found on this website are in the public\n"
        "domain.\" They were taken in the form of the package world-atlas, which has this licence:\n\n"
        + licence,
        encoding="utf-8",
    )  # fmt: skip
    (HERE / "vendored.toml").write_text(
        "# Written by renew.py.\n"
        "[land]\n"
        f'package = "{PACKAGE}"\n'
        f'version = "{version}"\n'
        'file = "land.json"\n'
        'licence = "Natural Earth: public domain; package: ISC"\n'
        'licence_file = "LICENSE"\n'
        f'source = "npm: {PACKAGE}@{version}, land-50m.json"\n'
        f'sha256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n',
        encoding="utf-8",
    )
    print(PACKAGE, version, len(kept), "rings", len(text), "bytes")


if __name__ == "__main__":
    main()
