"""`socio-calc schema`: the JSON Schema of a case file, for editors that complete and check YAML while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from socio_calc.cli.terminal import LanguageName


def schema(
    out: Annotated[Path | None, typer.Option("--out")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
) -> None:
    """Write the schema; one that an earlier version wrote is replaced: the file is ours from end to end.

    `lang` is for the messages of the command line, which has read it already.
    """
    from socio_calc.case import SCHEMA_FILE, case_schema

    text = json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    from socio_calc.report.files import write_files

    for path in write_files(out, {SCHEMA_FILE: text.encode()}, force=True):
        typer.echo(str(path), err=True)
