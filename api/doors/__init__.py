"""The doors: what a request says, and how an answer leaves; a few lines over store, runs and the library.

`etags` tells which version somebody means, `query` what is asked in a URL, and `parameters` says the same in OpenAPI.
`waiting` tells how long a request waits, `tables` gives the rows of an answer, filtered and by the page, `spreadsheets`
makes them CSV, and `links` names the next page. None of them knows of the application.
"""
