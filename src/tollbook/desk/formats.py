"""formats: the names of formats -> the writers behind them; those that come with the program, and those of plug-ins."""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points

from tollbook.errors import UsageError
from tollbook.model.folio import Format

GROUP = "tollbook.formats"
BUILT_IN = {  # as in pyproject.toml, for a program that runs from its sources
    "acled": "tollbook.writers.acled:Acled",
    "airwars": "tollbook.writers.airwars:Airwars",
    "annotations": "tollbook.writers.annotations:Annotations",
    "ftm": "tollbook.writers.ftm:Ftm",
    "ged": "tollbook.writers.ged:Ged",
    "geojson": "tollbook.writers.geojson:Geojson",
    "sdg": "tollbook.writers.sdg:Sdg",
    "tables": "tollbook.writers.tables:Tables",
    "xlsx": "tollbook.writers.xlsx:Xlsx",
}


def known_formats() -> dict[str, str]:
    """Return the formats there are, and where each is found."""
    return BUILT_IN | {e.name: e.value for e in entry_points(group=GROUP) if e.name not in BUILT_IN}


def load_formats(names: Sequence[str]) -> dict[str, type[Format]]:
    """Load formats by name; UsageError where there is none of that name."""
    known, found = known_formats(), {}
    for name in names:
        if name not in known:
            raise UsageError(f"no format '{name}' - there are: {', '.join(sorted(known))}")
        module, _, own = known[name].partition(":")
        found[name] = getattr(import_module(module), own)
    return found
