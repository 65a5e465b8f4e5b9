"""The door: HTTP over the verbs."""
