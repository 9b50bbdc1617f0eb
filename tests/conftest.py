"""What every test has in common: how properties are tried, one thread for matrix products, and no way out of here."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# Before NumPy is imported, which pytest and Hypothesis leave to the tests: figures must not depend on the machine's
# cores, and small products are faster so.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

#: A busy machine is slow in making large cases; that says nothing about the property.
_BUSY = (HealthCheck.too_slow, HealthCheck.data_too_large)
# `ci`: the same examples in every run, so that a test fails for what was changed and not by chance. `explore`: other
# examples each time and many of them, to look for new failures. `first`: as `ci`, but the first failure is shown as it
# is, without the minutes that looking for a smaller one can take. Choose by HYPOTHESIS_PROFILE.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=_BUSY, print_blob=True)
settings.register_profile("explore", max_examples=1000, deadline=None, suppress_health_check=_BUSY, print_blob=True)
settings.register_profile("first", settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class NetworkForbidden(Exception):
    """A test tried to reach something outside this machine."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Let no test, and nothing that it calls in this process, reach beyond the loopback interface."""

    def guarded(name: str, where: int) -> Any:
        original = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                _refuse(arguments[where][0])
            return original(self, *arguments)

        return call

    def lookup(host: Any, *arguments: Any, **options: Any) -> Any:
        _refuse(host)
        return find(host, *arguments, **options)

    find = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as patch:
        for name, where in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
            patch.setattr(socket.socket, name, guarded(name, where))
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


def _refuse(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("localhost", "None", ""):
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkForbidden(name)
