"""Workers of a cluster: those of dask.distributed. The only import of it; part of the extra `cluster`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from plantrack.batch.cache import fingerprint
from plantrack.batch.workers import Workers
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from distributed import Client

TIMEOUT = 30
"""Seconds in which the scheduler and a worker must answer."""


def cluster_workers(address: str) -> Workers:
    """The workers of a running cluster.

    Raises:
        PlantrackError: where dask.distributed is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise PlantrackError(
            text('--cluster takes dask.distributed: pip install "plantrack[cluster]"')
        ) from None
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
        client.wait_for_workers(1, timeout=TIMEOUT)
    except (OSError, ValueError, TimeoutError) as error:
        said = text("no cluster answers at {address}: {reason}", address=address, reason=str(error))
        raise PlantrackError(said) from None

    return _Remote(client)


class _Remote(Workers):
    """The workers of a client."""

    def __init__(self, client: Client) -> None:
        super().__init__(
            sum(client.nthreads().values()), partial(client.get_executor, pure=False), fingerprint()
        )
        self._client = client

    def alone(self) -> Workers:
        """Of the same client: a scheduler tells which task ended its workers."""
        return _Borrowed(1, self._start, self.fingerprint)

    def end(self, *, wait: bool = False) -> None:  # noqa: ARG002 - nothing runs here
        """Leave the cluster; what is under way there for this client is given up."""
        self._client.close()


class _Borrowed(Workers):
    """Somebody else's, who ends them."""

    def end(self, *, wait: bool = False) -> None:  # noqa: ARG002 - nothing runs here
        self._executor = None
