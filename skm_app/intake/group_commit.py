"""Several waiting writers, one transaction, one sync to disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.exc import OperationalError, SQLAlchemyError

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(eq=False)
class _Ticket(Generic[Item, Result]):
    item: Item
    done: bool = False
    result: Result | None = None
    error: Exception | None = None


class CommitAbortedError(SQLAlchemyError):
    """The thread that was to commit for the others was ended before it could."""


def _fail(batch: Sequence[_Ticket[Item, Result]], error: Exception) -> None:
    for ticket in batch:
        if not ticket.done:
            ticket.error, ticket.done = error, True


class GroupCommit(Generic[Item, Result]):
    """Commits what several threads hand in at the same time together.

    The first thread that gets the lock commits everything handed in until then; the others
    find their work done. One thread alone pays nothing extra. Each caller gets the result or
    the error of its own item: when a batch fails, its items are tried one by one.

    :param write: stores items in one transaction and returns a result for each, in order.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._write = write
        self._pending: list[_Ticket[Item, Result]] = []
        self._pending_lock = threading.Lock()
        self._commit_lock = threading.Lock()

    def submit(self, item: Item) -> Result:
        """Store one item; returns after it is on disk, or raises why it is not."""
        ticket: _Ticket[Item, Result] = _Ticket(item)
        with self._pending_lock:
            self._pending.append(ticket)
        with self._commit_lock:
            if not ticket.done:
                self._commit_pending()
        if ticket.error is not None:
            raise ticket.error
        return ticket.result  # type: ignore[return-value]  # set together with done

    def _commit_pending(self) -> None:
        with self._pending_lock:
            batch, self._pending = self._pending, []
        try:
            self._commit(batch)
        except OperationalError as error:
            # The database itself does not answer: trying each item would only add up the waits.
            _fail(batch, error)
        except Exception:
            for ticket in batch:
                try:
                    self._commit([ticket])
                except Exception as error:
                    _fail([ticket], error)
        except BaseException:
            # This thread is being ended; the others must not take silence for success.
            _fail(batch, CommitAbortedError())
            raise

    def _commit(self, batch: list[_Ticket[Item, Result]]) -> None:
        results = self._write([ticket.item for ticket in batch])
        for ticket, result in zip(batch, results, strict=True):
            ticket.result, ticket.done = result, True
