"""METHOD word by word: slow, simple, sharing nothing with the library but the tables. One file a kind of conflict."""
