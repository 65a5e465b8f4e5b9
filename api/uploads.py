"""Interim."""

import json

from alignment.tables import read, to_document

FORMS_READ = {"application/json": "json"}
FORMS_WRITTEN = {"json": "application/json"}


def read_upload(data, media, settings, ids):
    return read(json.loads(data))


def bytes_of(system, form):
    return json.dumps(to_document(system), sort_keys=True).encode()
