"""How the page looks: dark on white, letters of the reader's own, a column to read; on paper A4."""

from __future__ import annotations

from typing import Final

INK: Final = "#1b1f24"
"""Words."""
MUTED: Final = "#57606a"
"""Words that are read second."""
PAPER: Final = "#ffffff"
"""What everything stands on."""
BAND: Final = "#eef2f6"
"""What headings of tables and figures stand on."""
RULE: Final = "#818b98"
"""Lines between rows and around boxes."""
LINK: Final = "#0b3a6b"
"""Links, and what marks the first screen."""

TEXTS: Final = ((INK, PAPER), (INK, BAND), (MUTED, PAPER), (MUTED, BAND), (LINK, PAPER), (LINK, BAND), (PAPER, LINK))
"""Words and what they stand on: 4.5 to 1 or more (WCAG 2.2, 1.4.3)."""

STYLE: Final = f"""\
*{{box-sizing:border-box}}
html{{font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:{INK};background:{PAPER}}}
body{{margin:0 auto;padding:0 1rem 3rem;max-width:62rem;overflow-wrap:break-word}}
h1{{font-size:1.75rem;line-height:1.25;max-width:46rem;margin:1.5rem 0 .5rem}}
h2{{font-size:1.35rem;line-height:1.3;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:3px solid {LINK}}}
h3{{font-size:1.05rem;margin:1.25rem 0 .25rem}}
p,li,dd{{max-width:46rem}}
p{{margin:.4rem 0 .8rem}}
li{{margin:.3rem 0}}
a{{color:{LINK}}}
:focus-visible{{outline:3px solid {LINK};outline-offset:2px}}
.skip{{position:absolute;left:-100rem}}
.skip:focus{{left:1rem;top:.5rem;padding:.5rem 1rem;background:{LINK};color:{PAPER}}}
.second{{color:{MUTED}}}
.numbers{{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem;margin:1rem 0;padding:0}}
.numbers div{{background:{BAND};border-left:5px solid {LINK};padding:.6rem .8rem;
display:flex;flex-direction:column-reverse;justify-content:flex-end}}
.numbers dd{{margin:0;font-size:1.7rem;font-weight:700;line-height:1.2}}
.numbers dt{{font-size:.95rem;font-weight:400}}
.way{{border-left:5px solid {LINK};padding-left:.8rem}}
ul,ol{{padding-left:1.3rem}}
nav ol{{columns:17rem;padding-left:2rem}}
.scrolls{{overflow-x:auto;position:relative;margin:.75rem 0 1rem}}
table{{border-collapse:collapse;font-size:.93rem;min-width:100%}}
caption{{text-align:left;font-weight:600;padding:.2rem 0 .4rem}}
th,td{{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid {RULE};
min-width:5rem;max-width:30rem}}
tbody th{{font-weight:600;min-width:9rem}}
thead th{{background:{BAND}}}
.number{{text-align:right;font-variant-numeric:tabular-nums;min-width:4rem}}
details{{margin:.5rem 0 1rem}}
summary{{cursor:pointer;color:{LINK};font-weight:600;padding:.3rem 0}}
dt{{font-weight:600}}
dd{{margin:0 0 .7rem}}
.record dd{{font-family:ui-monospace,Consolas,monospace;font-size:.9rem;overflow-wrap:anywhere}}
@page{{size:A4;margin:17mm 15mm}}
@media print{{
html{{font-size:10pt}}
body{{max-width:none;padding:0}}
.skip,nav{{display:none}}
h1{{margin-top:0}}
h2,h3,caption,summary{{break-after:avoid}}
tr,.numbers div,.quarrel{{break-inside:avoid}}
thead{{display:table-header-group}}
.scrolls{{overflow:visible}}
.numbers{{grid-template-columns:repeat(4,1fr)}}
.numbers div,thead th{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
td,th{{min-width:0!important}}
a{{color:inherit;text-decoration:none}}
}}
"""
"""The sheet; what is folded is printed only where the reader opened it."""
