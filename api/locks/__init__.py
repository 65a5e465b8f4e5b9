"""Locks: who may come in; nothing here knows what is asked.

`exposure` says how open a server may be, `own_pages.OwnPages` keeps out what other people's pages ask through a
visitor's browser, and `doorman.Doorman` tells by a key who a visitor is and what that visitor may do.
"""
