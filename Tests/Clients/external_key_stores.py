"""What the tests of external key stores share: proxies, a server that knows them, stores and keys.

A test file imports the fixtures that it uses by name.
"""

import itertools
import socket
import time

import botocore.exceptions
import pytest

from clients import kms_client
from server import Server, free_port
from xks_proxy import ACCESS_KEY_ID, SECRET_ACCESS_KEY, Authority, Proxy

CREDENTIAL = {"AccessKeyId": ACCESS_KEY_ID, "RawSecretAccessKey": SECRET_ACCESS_KEY}
CONTEXT = {"tenant": "blue", "app": "demo"}
CLOUDHSM = {
    "CloudHsmClusterId": "cluster-2a34b5cdefg",
    "KeyStorePassword": "kmsPswd123",
    "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
}
VPC = {
    "XksProxyConnectivity": "VPC_ENDPOINT_SERVICE",
    "XksProxyVpcEndpointServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
}

# Accounts and names that no other test uses.
accounts = itertools.count(300000000001)
fresh_names = itertools.count()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def proxy(authority):
    with Proxy(authority.issue("proxy.example.com"), "proxy.example.com") as proxy:
        yield proxy


@pytest.fixture(scope="module")
def others(authority, tmp_path_factory):
    """Addresses of proxies that cannot be talked to, and of one more that can, by host name."""
    stranger = Authority(tmp_path_factory.mktemp("stranger"), "stranger")
    certificates = {
        "second.example.com": authority.issue("second.example.com"),
        "untrusted.example.com": stranger.issue("untrusted.example.com"),
        "misnamed.example.com": authority.issue("another.example.com"),
        "expired.example.com": authority.issue("expired.example.com", expired=True),
    }
    proxies = {host: Proxy(file, host).__enter__() for host, file in certificates.items()}
    silent = socket.create_server(("127.0.0.1", 0))
    addresses = {host: proxy.port for host, proxy in proxies.items()}
    addresses["closed.example.com"] = free_port()
    addresses["silent.example.com"] = silent.getsockname()[1]
    yield addresses
    silent.close()
    for proxy in proxies.values():
        proxy.__exit__()


def proxy_flags(authority, addresses):
    flags = ["--xks-trust-root", authority.file]
    for host, port in addresses.items():
        flags += ["--xks-host", f"{host}=127.0.0.1:{port}"]
    return flags


@pytest.fixture(scope="module")
def server(authority, proxy, others, tmp_path_factory):
    flags = proxy_flags(authority, {proxy.host: proxy.port, **others})
    folder = tmp_path_factory.mktemp("xks")
    with Server(folder / "log", *flags, "--log-level", "debug", data_dir=folder / "data") as server:
        server.secrets.record_text(SECRET_ACCESS_KEY, "the proxy's secret access key")
        yield server
    found = [
        (file.name, what)
        for file in (folder / "data").rglob("*")
        if file.is_file()
        for what in server.secrets.found_in(file.read_bytes())
    ]
    assert not found, f"files hold secrets: {found}"


@pytest.fixture
def kms(server):
    """A client in an account that no other test uses: names, endpoints and quotas are the account's own."""
    return kms_client(server, account=str(next(accounts)))


def settings(proxy, **changed):
    """Parameters of CreateCustomKeyStore; None leaves one out."""
    parameters = {
        "CustomKeyStoreName": f"store-{next(fresh_names)}",
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyUriEndpoint": proxy.endpoint,
        "XksProxyUriPath": proxy.path,
        "XksProxyAuthenticationCredential": CREDENTIAL,
        **changed,
    }
    return {name: value for name, value in parameters.items() if value is not None}


def describe(kms, store):
    (entry,) = kms.describe_custom_key_stores(CustomKeyStoreId=store)["CustomKeyStores"]
    return entry


def wait_for(kms, store, *states, timeout=10):
    """Polls until the store is in one of these states."""
    deadline = time.monotonic() + timeout
    while (entry := describe(kms, store))["ConnectionState"] not in states:
        assert time.monotonic() < deadline, entry
        time.sleep(0.02)
    return entry


def patiently(call):
    """Tries again when a proxy was too slow: it and the service share a machine, which may be busy."""
    slow = ("cannot communicate with", "did not respond")
    for _ in range(5):
        try:
            return call()
        except botocore.exceptions.ClientError as error:
            if not any(words in error.response["Error"]["Message"] for words in slow):
                raise
            last = error
    raise last


def connected_store(kms, proxy, **changed):
    parameters = settings(proxy, **changed)
    store = patiently(lambda: kms.create_custom_key_store(**parameters))["CustomKeyStoreId"]
    for _ in range(5):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        entry = wait_for(kms, store, "CONNECTED", "FAILED")
        if entry["ConnectionState"] == "CONNECTED":
            return store
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    raise AssertionError(entry)


def external_key(kms, store, proxy, name=None):
    """A KMS key on a fresh external key."""
    name = name or f"key-{next(fresh_names)}"
    if name not in proxy.keys:
        proxy.key(name)
    return patiently(
        lambda: kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId=name)
    )["KeyMetadata"]


@pytest.fixture
def store(kms, proxy):
    return connected_store(kms, proxy)


@pytest.fixture
def key(kms, store, proxy):
    return external_key(kms, store, proxy)
