"""The published tables that the estimators are held against."""

import json
from pathlib import Path

import pytest

from tollbook.estimation._kernel import COMPILED
from tollbook.estimation.table import parse_cells
from tollbook.model.estimate import Table

RAW = json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tables() -> dict[str, Table]:
    named = {name: part for name, part in RAW.items() if name != "gaza_strata"}
    return {name: parse_cells(cells, lists) for name, (lists, cells) in named.items()}


@pytest.fixture(scope="session")
def gaza_rows() -> dict[tuple[tuple[str, ...], str], int]:
    return {((sex, age), pattern): count for sex, age, pattern, count in RAW["gaza_strata"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what samples long chains where nothing is compiled: it would be right, and take an hour."""
    for item in items:
        if "long_chains" in item.keywords and not COMPILED:
            item.add_marker(
                pytest.mark.skip(reason="numba is not installed: chains are a hundred times slower")
            )
