"""Links to further pages (RFC 8288)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

PAGE: Final = "page"
"""The parameter that says which page is wanted."""


def next_link(params: QueryParams, token: str, name: str = PAGE) -> str:
    """The value of the header Link that names the next page: the same path, whatever a proxy calls it.

    Parameters
    ----------
    params
        What the URL of this page says; the rest of it is kept.
    token
        Which page is the next.
    name
        The parameter that says so.

    Examples
    --------
    >>> next_link(QueryParams("where=kind:torn&page=a&words=beds"), "b")
    '<?where=kind%3Atorn&words=beds&page=b>; rel="next"'
    """
    kept = [(key, value) for key, value in params.multi_items() if key != name]
    query = urlencode([*kept, (name, token)], quote_via=quote, safe="", errors="replace")
    return f'<?{query}>; rel="next"'
