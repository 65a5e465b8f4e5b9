"""How alike two measures are: words, numbers, ages, units and definitions compared as what they are."""
