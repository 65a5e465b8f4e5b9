"""What a server keeps: systems and their versions, answers, runs and keys, in SQLite or PostgreSQL by one code path.

`opening.open_store` opens it. A transaction is one method of `systems`, `answers`, `runs` or `keys`; what it gives is a
frozen noun (`nouns`), what can go wrong is in `errors`. `engine` and `migrations` are all that know of databases;
nothing here knows of HTTP.
"""
