"""`socio-calc schema`: the JSON Schema of a case file, for editors that complete and check YAML while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[
        Path | None, typer.Option("--out", help="Mapp där schemat skrivs i stället för till skärmen.")
    ] = None,
) -> None:
    """Skriv JSON-schemat för kalkylfiler.

    A schema that an earlier version wrote under the same name is replaced: the file is ours from end to end.
    """
    from socio_calc.case import SCHEMA_FILE, case_schema

    text = json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    from socio_calc.report.files import write_files

    for path in write_files(out, {SCHEMA_FILE: text.encode()}, force=True):
        typer.echo(str(path), err=True)
