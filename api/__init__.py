"""The door: HTTP over the verbs.

`app.create_app` makes the application, `serve.serve` runs it. A request passes `limits` (its size), `accepting` (the
form of its answer), `asking` (a system and options, or every fault of them) and `workers` (threads that do the work, so
many at a time); whatever goes wrong on the way, `problems` says it. `describing` and `page` tell what can be asked.
"""
