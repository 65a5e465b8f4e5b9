"""Can all targets be met: moves, conflicting sets, the smallest repair, effort, shared values."""
