"""MACTOR's matrices, after Godet: the balance of power between agencies."""
