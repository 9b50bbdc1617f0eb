"""`socio-calc schema`: the JSON Schema of a case file, for editors that complete and check YAML while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Mapp dit schemat skrivs i stället för till skärmen.")] = None,
) -> None:
    """Skriv JSON-schemat för kalkylfiler."""
    from socio_calc.case import SCHEMA_FILE, case_schema

    text = json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / SCHEMA_FILE).write_text(text, encoding="utf-8")
    typer.echo(str(out / SCHEMA_FILE), err=True)
