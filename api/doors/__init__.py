"""The doors: what a request asks, and the response it gets; a few lines each over the parts of the server."""
