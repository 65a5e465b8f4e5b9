"""Systems drawn anew: draws, executors, swings and their sums."""
