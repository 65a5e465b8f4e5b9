"""The arguments that commands share."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import typer

SHOWN: Final = 20
"""How many rows a list shows unless asked for more."""

Source = Annotated[
    str,
    typer.Argument(
        metavar="PATH",
        help="A folder of CSV files or a .zip of one, a workbook (.xlsx, .ods), a .json document, or a list of "
        "measures with owners and wishes (.csv); where there is no such path, the name of an example.",
    ),
]
Optional = Annotated[
    str | None,
    typer.Argument(metavar="PATH", help="As elsewhere; none where files are given instead."),
]
Measures = Annotated[
    list[str] | None,
    typer.Argument(metavar="MEASURE", help="Ids of measures; @FILE and - as in check. Blank is every measure."),
]
Ids = Annotated[
    Literal["given", "make"],
    typer.Option(help="make: where a row has no id that can be one, make it of the row's name."),
]
Show = Annotated[str | None, typer.Option("--show", metavar="TABLE", help="One table of the answer, by name.")]
Limit = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, help=f"Show this many; 0 is all. Blank is {SHOWN}, and all as JSON and CSV."),
]
