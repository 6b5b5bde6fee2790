"""What a proxy writes is believed only where one is set up."""

import subprocess
import sys

import pytest

ASKED = "from config import settings; print(getattr(settings, 'SECURE_PROXY_SSL_HEADER', None))"


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("", False), ("1", True)])
def test_the_scheme_is_believed_of_a_proxy_alone(tmp_path, proxies, believed):
    environment = {"PREAU_SECRET_KEY": "x" * 50, "PREAU_DATA": str(tmp_path), "PATH": ""}
    if proxies:
        environment["PREAU_PROXIES"] = proxies

    told = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True)

    assert told.returncode == 0, told.stderr
    assert ("HTTP_X_FORWARDED_PROTO" in told.stdout) is believed
