"""The reference base as one object: every price, effect, level, index and mortality a case may take a number from."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import checks
from socio_calc.reference.indices import IndexSeries
from socio_calc.reference.life import LifeTable
from socio_calc.reference.places import shipped_folder
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, ParameterRow
from socio_calc.reference.tables import (
    BASELINES,
    COSTS,
    EVIDENCE,
    INDEX_VALUES,
    LIFE,
    PARAMETERS,
    TABLES,
    read_table,
)

VERSION_FILE = "VERSION"


@dataclass(frozen=True, slots=True)
class LocalPrice:
    """A price that a local file added to the base, or put in the place of one of its rows.

    `replaces` is the row of the base; `ratio` is the local value over that row's, both in the local row's price year
    (None for an added price, or where the index does not reach that year).
    """

    row: CostRow
    replaces: CostRow | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of local prices as it was read: its name without folders, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class ReferenceBase:
    """The tables of `data/`, validated; mappings are by id, in the order of the files.

    `sha256` is taken over the bytes of the tables (and of the local prices), so that a result can name the base it was
    computed with, `tables_sha256` over the tables alone; `version` is the one of `data/CHANGELOG.md`; `local_prices`
    says what a local file changed, `local_files` keeps the files for who computes the same again.
    """

    costs: Mapping[str, CostRow]
    evidence: Mapping[str, EvidenceRow]
    baselines: Mapping[str, BaselineRow]
    parameters: Mapping[str, ParameterRow]
    indices: Mapping[str, IndexSeries]
    life_table: LifeTable
    sha256: str
    tables_sha256: str
    version: str
    local_prices: tuple[LocalPrice, ...] = ()
    local_files: tuple[LocalFile, ...] = ()


def load_reference(folder: Path | None = None) -> ReferenceBase:
    """Load and validate the reference base; the same folder is read once per process.

    Parameters
    ----------
    folder
        A folder with the six tables and `VERSION`; None is the base that ships with the program.

    Raises
    ------
    InputError
        With every problem of every table, each with its file and line.

    Examples
    --------
    >>> base = load_reference()
    >>> base.costs["qaly"].kind
    'health'
    >>> base.indices["kpi"].first
    2004
    """
    return _load((folder or shipped_folder("data")).resolve())


@functools.lru_cache(maxsize=4)
def _load(folder: Path) -> ReferenceBase:
    texts, version, sha256 = _read_files(folder)
    costs = read_table(texts[COSTS.file], COSTS)
    evidence = read_table(texts[EVIDENCE.file], EVIDENCE)
    baselines = read_table(texts[BASELINES.file], BASELINES)
    parameters = read_table(texts[PARAMETERS.file], PARAMETERS)
    index_values = read_table(texts[INDEX_VALUES.file], INDEX_VALUES)
    life = read_table(texts[LIFE.file], LIFE)

    indices, index_problems = checks.build_indices(index_values)
    life_table, life_problems = checks.build_life_table(life)
    costs_by_id = {row.id: row for row in costs.rows}
    problems: list[Problem] = []
    for table in (costs, evidence, baselines, parameters, index_values, life):
        problems.extend(table.problems)
    for table in (costs, evidence, baselines, parameters):
        problems.extend(checks.repeated_ids(table))
    problems.extend(checks.cost_problems(costs, indices))
    problems.extend(checks.overlap_problems(costs, costs_by_id))
    problems.extend(checks.evidence_problems(evidence))
    problems.extend(checks.baseline_problems(baselines))
    problems.extend(checks.parameter_problems(parameters))
    problems.extend(index_problems)
    problems.extend(life_problems)
    if problems or life_table is None:
        raise InputError(problems)
    return ReferenceBase(
        costs=costs_by_id,
        evidence={row.id: row for row in evidence.rows},
        baselines={row.id: row for row in baselines.rows},
        parameters={row.id: row for row in parameters.rows},
        indices=indices,
        life_table=life_table,
        sha256=sha256,
        tables_sha256=sha256,
        version=version,
    )


def _read_files(folder: Path) -> tuple[dict[str, str], str, str]:
    digest = hashlib.sha256()
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in (*(table.file for table in TABLES), VERSION_FILE):
        try:
            content = (folder / name).read_bytes()
            texts[name] = content.decode("utf-8")
        except FileNotFoundError:
            params = {"file": name, "folder": str(folder), "nearest": ""}
            problems.append(Problem("file-not-found", Place(file=name), params))
        except UnicodeDecodeError:
            problems.append(Problem("file-not-utf8", Place(file=name), {"file": name}))
        else:
            # The version names the base; it is not part of what the numbers come from.
            if name != VERSION_FILE:
                # The length keeps a byte moved from one file to the next from giving the same digest.
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
    if problems:
        raise InputError(problems)
    return texts, texts[VERSION_FILE].strip(), digest.hexdigest()
