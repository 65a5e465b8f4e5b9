"""Finds the packages; everything else about the build is in pyproject.toml.

`models/`, `api/` and `examples/` are imported as parts of `alignment` (CONTRIBUTING). They are looked for by their own
names, as a checkout on Windows may have turned the links to them into text files.
"""

from setuptools import find_packages, setup

BESIDE = ("models", "api", "examples")

own = find_packages(include=["alignment", "alignment.*"])
beside = find_packages(include=[pattern for name in BESIDE for pattern in (name, f"{name}.*")])

setup(packages=sorted({*own, *(f"alignment.{name}" for name in beside)}))
