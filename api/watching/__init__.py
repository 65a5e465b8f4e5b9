"""What is seen of a server: a line of log a request, figures, whether it is well; never what was asked.

`requests.install` puts the rest around an application: `request_ids` names each request, `requests` logs and counts it.
`logs.set_up` is called by `alignment serve` alone, as a library sets up no logging; `cleaning` is what text and errors
pass before they are written. `metrics` holds the figures, `solves` those of questions, `health` whether it answers.
"""
