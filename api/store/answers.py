"""Answers by question, so that nothing is worked out twice; the oldest make room."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, true, tuple_, update
from sqlalchemy.orm import Session

from .engine import Database, changed, insert_new, now
from .errors import StoreError
from .nouns import JSON, PROBLEM, Answer, noun
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

    def put(self, question: str, system_hash: str, *answers: Answer) -> None:
        """Keep an answer; one that is proven stays as it is, one that is not gives way to the next, in all its forms.

        Parameters
        ----------
        question
            The SHA-256 of all that was asked, in hexadecimal.
        system_hash
            The hash of the system that was asked of.
        *answers
            The answer, in one form or several.
        """
        data = [packed(answer.data) for answer in answers]
        with self._database.writing() as session:
            keep(session, question, system_hash, answers, data)

    def evict(self, most: int) -> int:
        """Let go of the answers that nobody has read for longest; how many went.

        Parameters
        ----------
        most
            How much may be kept, compressed. Unit: bytes.
        """
        # Where all have room, which takes a look at each, no writer is kept waiting.
        with self._database.reading() as session:
            if (session.scalar(select(func.sum(AnswerRow.size))) or 0) <= most:
                return 0
        with self._database.writing() as session:
            return changed(session, delete(AnswerRow).where(ID.in_(_beyond(most))))


def keep(session: Session, question: str, system_hash: str, answers: Sequence[Answer], data: Sequence[bytes]) -> None:
    """Keep the forms of an answer, compressed already, within a transaction.

    What is not proven goes in all its forms when an answer comes, lest those of two searches are mixed.
    """
    if not answers or _has_better(session, question, answers):
        return
    changed(session, delete(AnswerRow).where(AnswerRow.question == question, AnswerRow.proven.is_not(true())))
    for answer, packed_data in zip(answers, data, strict=True):
        kept = {"data": packed_data, "size": len(packed_data), "proven": answer.proven, "at": now(), "used": now()}
        insert_new(session, AnswerRow, question=question, media=answer.media, system_hash=system_hash, **kept)


def _has_better(session: Session, question: str, answers: Sequence[Answer]) -> bool:
    """Whether a proven answer is kept and these are not; or any, where these say that none was found in time."""
    if all(answer.proven for answer in answers):
        return False
    better = AnswerRow.proven.is_(true())
    if all(answer.media == PROBLEM for answer in answers):
        better = or_(better, AnswerRow.media != PROBLEM)
    return session.scalar(select(AnswerRow.media).where(AnswerRow.question == question, better).limit(1)) is not None


def _is_of(question: str, media: str) -> ColumnElement[bool]:
    return and_(AnswerRow.question == question, AnswerRow.media == media)


def _beyond(most: int) -> Select[str, str]:
    """The answers that have no room when those that were read last are kept."""
    order = (AnswerRow.used.desc(), AnswerRow.question, AnswerRow.media)
    so_far = func.sum(AnswerRow.size).over(order_by=order).label("so_far")
    summed = select(AnswerRow.question, AnswerRow.media, so_far).subquery()
    return select(summed.c.question, summed.c.media).where(summed.c.so_far > most)
