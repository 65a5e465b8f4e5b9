"""The pieces that report, explorer and notebooks are made of: plain data in, a piece of HTML or SVG out.

They hold no script and no `style=`, load nothing, and say nothing by colour alone; `style` is the one sheet for all.
"""
