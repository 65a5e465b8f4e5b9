"""A route that gives the bytes of a file and does nothing else: ``python -m tests.attacks.bare FILE PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/")
async def give() -> Response:
    """The bytes."""
    return Response(app.state.bytes, media_type="application/json")


if __name__ == "__main__":
    app.state.bytes = Path(sys.argv[1]).read_bytes()
    uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="error")
