"""The aligned set as a 0-1 programme: plain data, its stages, the search, and what is asked of it afterwards."""
