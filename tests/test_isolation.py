"""The suite's own guard: nothing outside this machine can be reached, and the machine itself can."""

from __future__ import annotations

import os
import socket

import pytest
from hypothesis import settings

from tests.conftest import NetworkForbidden

#: Reserved for documentation (RFC 5737): no one answers there.
NOWHERE = ("192.0.2.1", 80)


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_no_connection_leaves_the_machine(way: str) -> None:
    with socket.socket() as outside, pytest.raises(NetworkForbidden):
        getattr(outside, way)(NOWHERE)


def test_no_datagram_leaves_the_machine() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outside, pytest.raises(NetworkForbidden):
        outside.sendto(b"x", NOWHERE)


def test_no_name_is_looked_up() -> None:
    with pytest.raises(NetworkForbidden):
        socket.create_connection(("example.org", 80), timeout=1)


def test_loopback_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            client.sendall(b"x")
            with server.accept()[0] as other:
                assert other.recv(1) == b"x"


def test_matrix_products_use_one_thread() -> None:
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_properties_are_the_same_in_every_run() -> None:
    assert settings.get_profile("ci").derandomize
    assert settings.get_profile("ci").deadline is None
