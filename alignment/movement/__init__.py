"""Who can move what, and what cannot all be met: the movement model and its minimal conflicting sets."""
