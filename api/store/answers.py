"""Answers by question, so that nothing is worked out twice; the oldest make room."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, func, select, true, tuple_, update
from sqlalchemy.orm import Session

from .engine import Database, changed, insert_new, now
from .errors import StoreError
from .nouns import JSON, Answer, noun
from .packing import packed, unpacked
from .tables import AnswerRow

MINUTE: Final = 60.0
"""How old the time of the last use may be before it is written anew, so that few reads write. Unit: seconds."""

ID: Final = tuple_(AnswerRow.question, AnswerRow.media)


class Answers:
    """The answers of a database.

    Parameters
    ----------
    database
        The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, question: str, media: str = JSON) -> Answer | None:
        """The answer to a question, if it is kept; one that is not proven may be found better another day.

        Parameters
        ----------
        question
            The SHA-256 of all that is asked, in hexadecimal.
        media
            The media type of its form.
        """
        with self._database.reading() as session:
            wanted = select(AnswerRow, AnswerRow.used < now() - MINUTE).where(_is_of(question, media))
            found = session.execute(wanted).one_or_none()
        if found is None:
            return None
        row, stale = found
        if stale:
            self._touch(question, media)
        return noun(Answer, row, data=unpacked(row.data))

    def _touch(self, question: str, media: str) -> None:
        """Note that it was read; who reads gets the answer even where nothing can be written."""
        with suppress(StoreError), self._database.writing() as session:
            changed(session, update(AnswerRow).where(_is_of(question, media)).values(used=now()))

    def put(self, question: str, system_hash: str, answer: Answer) -> None:
        """Keep an answer; one that is proven stays as it is, one that is not gives way to the next.

        Parameters
        ----------
        question
            The SHA-256 of all that was asked, in hexadecimal.
        system_hash
            The hash of the system that was asked of.
        answer
            The answer.
        """
        data = packed(answer.data)
        with self._database.writing() as session:
            keep(session, question, system_hash, answer, data)

    def evict(self, most: int) -> int:
        """Let go of the answers that nobody has read for longest; how many went.

        Parameters
        ----------
        most
            How much may be kept, compressed. Unit: bytes.
        """
        with self._database.writing() as session:
            return changed(session, delete(AnswerRow).where(ID.in_(_beyond(most))))


def keep(session: Session, question: str, system_hash: str, answer: Answer, data: bytes) -> None:
    """Keep an answer, compressed already, within a transaction."""
    found = {"data": data, "size": len(data), "proven": answer.proven, "at": now(), "used": now()}
    if not insert_new(session, AnswerRow, question=question, media=answer.media, system_hash=system_hash, **found):
        better = update(AnswerRow).where(_is_of(question, answer.media), AnswerRow.proven.is_not(true()))
        changed(session, better.values(found))


def _is_of(question: str, media: str) -> ColumnElement[bool]:
    return and_(AnswerRow.question == question, AnswerRow.media == media)


def _beyond(most: int) -> Select[str, str]:
    """The answers that have no room when those that were read last are kept."""
    order = (AnswerRow.used.desc(), AnswerRow.question, AnswerRow.media)
    so_far = func.sum(AnswerRow.size).over(order_by=order).label("so_far")
    summed = select(AnswerRow.question, AnswerRow.media, so_far).subquery()
    return select(summed.c.question, summed.c.media).where(summed.c.so_far > most)
