"""What other programs can ask for: the registry of verbs, from which routes and commands are made."""
