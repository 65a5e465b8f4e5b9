"""The API: systems that are kept, and every analysis of them a URL.

`app.create_app` makes the application, `serve.serve` runs it, `server.running` joins its parts: `store` keeps systems,
answers, runs and keys; `runs` answers questions in child processes; `desk` puts questions there of which nothing is
kept, `answers` those about what is kept. A request passes `watching` (it is logged and counted), `locks` (who may come
in) and `limits` (its size), and comes to one of the `doors`. Whatever goes wrong on the way, `problems` says it.
`describing` tells what can be asked.
"""
