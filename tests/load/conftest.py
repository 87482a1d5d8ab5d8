"""Programs that are no Python, without which some tests are skipped."""

import os
import shutil

import pytest

from tests.load import nginx

give_up = pytest.fail if os.environ.get("REQUIRE_NGINX") else pytest.skip
"""What a test does without nginx, which Debian's package brings."""


@pytest.fixture(scope="session")
def nginx_or_not() -> None:
    if nginx.program() is None:
        give_up("no nginx on the path or in /usr/sbin: apt-get install nginx")


@pytest.fixture(scope="session")
def curl_or_not() -> None:
    if shutil.which("curl") is None:
        give_up("no curl on the path: apt-get install curl")
