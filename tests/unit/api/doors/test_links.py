"""A link names the same path with the same questions, and another page."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin, urlsplit

from hypothesis import given, settings, strategies as st
from starlette.datastructures import QueryParams

from alignment.api.doors.links import next_link

texts = st.text(st.sampled_from('a&=+%;"<>\r\n é床\ud800'), max_size=6)
pairs = st.lists(st.tuples(st.sampled_from(["where", "page"]) | texts, texts), max_size=5)


@settings(deadline=None)
@given(pairs, texts.filter(bool))
def test_a_link_leads_to_the_same_rows_on_another_page(given_: list[tuple[str, str]], token: str) -> None:
    params = QueryParams(urlencode(given_, errors="replace"))
    link = next_link(params, token)
    target = re.fullmatch(r'<([!-;=?-~]+)>; rel="next"', link)
    assert target is not None
    url = urlsplit(urljoin("https://proxy.example/here/v1/systems/london/conflicts/evidence?page=old", target[1]))
    assert (url.netloc, url.path) == ("proxy.example", "/here/v1/systems/london/conflicts/evidence")
    kept = [(name, value) for name, value in params.multi_items() if name != "page"]
    legible = token.encode("utf-8", "replace").decode()
    assert QueryParams(url.query).multi_items() == [*kept, ("page", legible)]


def test_the_parameter_may_have_another_name() -> None:
    assert next_link(QueryParams("after=a&page=3"), "b", "after") == '<?page=3&after=b>; rel="next"'
