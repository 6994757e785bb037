"""csv: readings -> a table, one row a claim, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable
from typing import TextIO

from tollbook.model.reading import Reading
from tollbook.writers.cells import safe
from tollbook.writers.frames import COLUMNS, claim_rows


def write_csv(readings: Iterable[Reading], out: TextIO) -> None:
    """Write one row a claim, columns as `frames.COLUMNS`; text that a spreadsheet would run begins with an
    apostrophe, and what would rule a screen is shown as U+FFFD."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for reading in readings:
        for row in claim_rows([reading]):
            writer.writerow([safe(row[column]) for column in COLUMNS])
