"""The outlines that come with the program: no coast runs across the whole world, and GeoJSON has none beyond its edge."""

from itertools import pairwise

import pytest

from tollbook.desk.areas import area_of
from tollbook.model.folio import Area
from tollbook.model.testimony import Site
from tollbook.writers.geojson import cut_at_edge


def outline(country: str) -> Area:
    found = area_of(Site(country, "country", country))
    assert found is not None
    return found


def widest(area: Area) -> float:
    return max(abs(a[0] - b[0]) for polygon in area for ring in polygon for a, b in pairwise(ring))


@pytest.mark.parametrize("country", ["RU", "FJ", "US", "NZ", "SD"])
def test_no_coast_runs_across_the_whole_world(country: str) -> None:
    assert widest(outline(country)) < 90


@pytest.mark.parametrize("country", ["RU", "FJ", "US", "NZ", "SD"])
def test_an_area_is_cut_where_the_world_s_edge_is(country: str) -> None:
    area = outline(country)
    made = cut_at_edge(area)
    points = [point for polygon in made for ring in polygon for point in ring]
    assert all(-180 <= x <= 180 for x, _ in points)
    assert all(ring[0] == ring[-1] for polygon in made for ring in polygon)
    assert widest(made) < 90
    if country == "RU":
        assert any(x < -169 for x, _ in points), "Chukotka's end lies west of the edge"
    if country == "SD":
        assert made == area
