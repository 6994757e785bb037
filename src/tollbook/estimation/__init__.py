"""How many were on no list: estimators, their checks, and the gate that refuses.

    from tollbook.estimation import compare, parse_cells
    found = compare(parse_cells("100:60 010:49 001:60 110:12 101:20 011:9 111:6"))

The public names are those of __all__; the rest is inside. `docs/estimation.md` has the methods, what each takes for
granted, and when not to use them.
"""

from tollbook.estimation._kernel import COMPILED
from tollbook.estimation.compare import compare
from tollbook.estimation.impute import complete_cases, impute_labels
from tollbook.estimation.latent import Sampling
from tollbook.estimation.linkage import answer_linked, draw_tables
from tollbook.estimation.own_lists import internal_consistency, leave_one_out
from tollbook.estimation.pool import pool_replicates
from tollbook.estimation.protect import SharedTable, complete, protect
from tollbook.estimation.settings import Settings
from tollbook.estimation.simulate import WORLDS, coverage, simulate
from tollbook.estimation.study import Plan, study
from tollbook.estimation.table import keep_lists, merge_lists, parse_cells, table_of, table_of_rows
from tollbook.model.estimate import Answer, Comparison, Estimate, Interval, Modes, Refusal, Table

__all__ = [
    "COMPILED",
    "WORLDS",
    "Answer",
    "Comparison",
    "Estimate",
    "Interval",
    "Modes",
    "Plan",
    "Refusal",
    "Sampling",
    "Settings",
    "SharedTable",
    "Table",
    "answer_linked",
    "compare",
    "complete",
    "complete_cases",
    "coverage",
    "draw_tables",
    "impute_labels",
    "internal_consistency",
    "keep_lists",
    "leave_one_out",
    "merge_lists",
    "parse_cells",
    "pool_replicates",
    "protect",
    "simulate",
    "study",
    "table_of",
    "table_of_rows",
]
