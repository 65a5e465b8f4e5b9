"""The parts of README and docs that are made from the code: a file a part, or several that belong together."""
