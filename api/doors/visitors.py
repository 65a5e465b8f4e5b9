"""Who may come in by which door, as its parameter."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from alignment.api.locks.doorman import Visitor, needs

Reader = Annotated[Visitor, Depends(needs("reader"))]
"""Whoever may read."""

Editor = Annotated[Visitor, Depends(needs("editor"))]
"""Whoever may put systems as well."""

Owner = Annotated[Visitor, Depends(needs("owner"))]
"""Whoever may delete as well."""
