"""External key stores: the six operations, keys behind a proxy, and a proxy that does not do as it should."""

import concurrent.futures
import itertools
import json
import re
import socket
import ssl
import statistics
import time

import botocore.exceptions
import pytest

from clients import kms_client, refused
from server import Server, free_port, run_keywright
from xks_proxy import ACCESS_KEY_ID, SECRET_ACCESS_KEY, STATUSES, Authority, Proxy, decode, encode, take_apart

CREDENTIAL = {"AccessKeyId": ACCESS_KEY_ID, "RawSecretAccessKey": SECRET_ACCESS_KEY}
CONTEXT = {"tenant": "blue", "app": "demo"}
_accounts = itertools.count(300000000001)
_names = itertools.count()


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
        for file in (folder / "data").iterdir()
        for what in server.secrets.found_in(file.read_bytes())
    ]
    assert not found, f"files hold secrets: {found}"


@pytest.fixture
def kms(server):
    """A client in an account that no other test uses: names, endpoints and quotas are the account's own."""
    return kms_client(server, account=str(next(_accounts)))


def settings(proxy, **changed):
    """Parameters of CreateCustomKeyStore; None leaves one out."""
    parameters = {
        "CustomKeyStoreName": f"store-{next(_names)}",
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


def connected_store(kms, proxy, **changed):
    store = kms.create_custom_key_store(**settings(proxy, **changed))["CustomKeyStoreId"]
    kms.connect_custom_key_store(CustomKeyStoreId=store)
    assert wait_for(kms, store, "CONNECTED", "FAILED")["ConnectionState"] == "CONNECTED"
    return store


def external_key(kms, store, proxy, name=None):
    """A KMS key on a fresh external key."""
    name = name or f"key-{next(_names)}"
    if name not in proxy.keys:
        proxy.key(name)
    return kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId=name)["KeyMetadata"]


@pytest.fixture
def store(kms, proxy):
    return connected_store(kms, proxy)


@pytest.fixture
def key(kms, store, proxy):
    return external_key(kms, store, proxy)


# The stores


def test_a_store_from_its_beginning_to_its_end(kms, proxy):
    name = f"store-{next(_names)}"
    health_calls = len(proxy.calls("/health"))
    store = kms.create_custom_key_store(**settings(proxy, CustomKeyStoreName=name))["CustomKeyStoreId"]
    assert re.fullmatch("cks-[0-9a-f]{17}", store)
    assert proxy.calls("/health")[health_calls]["requestMetadata"]["kmsOperation"] == "CreateCustomKeyStore"
    entry = describe(kms, store)
    creation_date = entry.pop("CreationDate")
    assert abs(creation_date.timestamp() - time.time()) < 60
    assert entry == {
        "CustomKeyStoreId": store,
        "CustomKeyStoreName": name,
        "ConnectionState": "DISCONNECTED",
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyConfiguration": {
            "Connectivity": "PUBLIC_ENDPOINT",
            "AccessKeyId": ACCESS_KEY_ID,
            "UriEndpoint": proxy.endpoint,
            "UriPath": proxy.path,
        },
    }
    with refused("CustomKeyStoreInvalidStateException"):
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    assert "CustomKeyStoreId" not in kms.connect_custom_key_store(CustomKeyStoreId=store)
    wait_for(kms, store, "CONNECTED")
    kms.connect_custom_key_store(CustomKeyStoreId=store)  # again: nothing happens
    assert describe(kms, store)["ConnectionState"] == "CONNECTED"
    with refused("CustomKeyStoreInvalidStateException"):
        kms.delete_custom_key_store(CustomKeyStoreId=store)
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    wait_for(kms, store, "DISCONNECTED")
    kms.delete_custom_key_store(CustomKeyStoreId=store)
    for call in (kms.connect_custom_key_store, kms.disconnect_custom_key_store, kms.delete_custom_key_store):
        with refused("CustomKeyStoreNotFoundException"):
            call(CustomKeyStoreId=store)
    with refused("CustomKeyStoreNotFoundException"):
        describe(kms, store)
    with refused("CustomKeyStoreNotFoundException"):
        kms.update_custom_key_store(CustomKeyStoreId=store, NewCustomKeyStoreName="x")


def test_looking_stores_up(kms, proxy, server):
    names = [f"store-{next(_names)}" for _ in range(3)]
    stores = {}
    for number, name in enumerate(names):
        vpc = {
            "XksProxyConnectivity": "VPC_ENDPOINT_SERVICE",
            "XksProxyUriEndpoint": f"https://{name}.example.com",
            "XksProxyVpcEndpointServiceName": f"com.amazonaws.vpce.us-east-1.vpce-svc-{number:017}",
        }
        made = kms.create_custom_key_store(**settings(proxy, CustomKeyStoreName=name, **vpc))
        stores[name] = made["CustomKeyStoreId"]
    (entry,) = kms.describe_custom_key_stores(CustomKeyStoreName=names[1])["CustomKeyStores"]
    assert entry["CustomKeyStoreId"] == stores[names[1]]
    found, marker = [], {}
    while True:
        page = kms.describe_custom_key_stores(Limit=2, **marker)
        found += [entry["CustomKeyStoreId"] for entry in page["CustomKeyStores"]]
        assert page["Truncated"] == ("NextMarker" in page)
        if not page["Truncated"]:
            break
        marker = {"Marker": page["NextMarker"]}
    assert found == [stores[name] for name in sorted(names)]
    with refused("ValidationException"):
        kms.describe_custom_key_stores(CustomKeyStoreId=stores[names[0]], CustomKeyStoreName=names[0])
    with refused("CustomKeyStoreNotFoundException"):
        kms.describe_custom_key_stores(CustomKeyStoreName="no-such-store")
    with refused("InvalidMarkerException"):
        kms.describe_custom_key_stores(Marker="00")
    stranger = kms_client(server, account=str(next(_accounts)))
    assert stranger.describe_custom_key_stores()["CustomKeyStores"] == []
    with refused("CustomKeyStoreNotFoundException"):
        describe(stranger, stores[names[0]])


CLOUDHSM = {
    "CloudHsmClusterId": "cluster-1a23b4cdefg",
    "KeyStorePassword": "kmsPswd123",
    "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
}
VPC = {
    "XksProxyConnectivity": "VPC_ENDPOINT_SERVICE",
    "XksProxyVpcEndpointServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
}


def test_cloudhsm_clusters_are_never_found(kms):
    with refused("CloudHsmClusterNotFoundException"):
        kms.create_custom_key_store(CustomKeyStoreName="hsm", **CLOUDHSM)
    with refused("CloudHsmClusterNotFoundException"):
        kms.create_custom_key_store(CustomKeyStoreName="hsm", CustomKeyStoreType="AWS_CLOUDHSM", **CLOUDHSM)
    for missing in CLOUDHSM:
        with refused("ValidationException"):
            kms.create_custom_key_store(
                CustomKeyStoreName="hsm", **{name: value for name, value in CLOUDHSM.items() if name != missing}
            )
    with refused("ValidationException"):
        kms.create_custom_key_store(CustomKeyStoreName="hsm", XksProxyConnectivity="PUBLIC_ENDPOINT", **CLOUDHSM)


@pytest.mark.parametrize(
    "changed",
    [
        *({name: value} for name, value in CLOUDHSM.items()),
        {"XksProxyConnectivity": None},
        {"XksProxyAuthenticationCredential": None},
        {"XksProxyUriEndpoint": None},
        {"XksProxyUriPath": None},
        {"XksProxyUriEndpoint": "http://proxy.example.com"},
        {"XksProxyUriEndpoint": "https://proxy.example.com:443"},
        {"XksProxyUriEndpoint": "https://proxy.example.com/"},
        {"XksProxyUriEndpoint": "https://127.0.0.1"},
        {"XksProxyUriEndpoint": "https://[::1]"},
        {"XksProxyUriEndpoint": "https://localhost"},
        {"XksProxyUriEndpoint": "https://.example.com"},
        {"XksProxyUriEndpoint": "https://proxy..com"},
        {"XksProxyUriEndpoint": "https://-proxy.example.com"},
        {"XksProxyUriEndpoint": "https://proxy.example.com."},
        {"XksProxyUriPath": "/kms/xks/v2"},
        {"XksProxyUriPath": "/kms/xks/v1/"},
        {"XksProxyUriPath": "kms/xks/v1x"},
        {"XksProxyUriPath": "/a//b/kms/xks/v1"},
        {"XksProxyUriPath": "/a.b/kms/xks/v1"},
        {"XksProxyAuthenticationCredential": {**CREDENTIAL, "AccessKeyId": "abcdefghijklmnopqrst"}},
        {"XksProxyAuthenticationCredential": {**CREDENTIAL, "AccessKeyId": "ABCDEFGHIJKLMNOPQRS"}},
        {"XksProxyAuthenticationCredential": {**CREDENTIAL, "RawSecretAccessKey": "short"}},
        {"XksProxyAuthenticationCredential": {**CREDENTIAL, "RawSecretAccessKey": "-" * 43}},
        {"XksProxyVpcEndpointServiceName": VPC["XksProxyVpcEndpointServiceName"]},
        {"XksProxyVpcEndpointServiceOwner": "111122223333"},
        {"XksProxyConnectivity": "VPC_ENDPOINT_SERVICE"},
        {"XksProxyConnectivity": "CARRIER_PIGEON"},
    ],
    ids=json.dumps,
)
def test_settings_that_make_no_sense(server, proxy, changed):
    unchecked = kms_client(server, account="300000000000", validate=False)
    before = len(proxy.requests)
    with refused("ValidationException"):
        unchecked.create_custom_key_store(**settings(proxy, **changed))
    assert len(proxy.requests) == before


def test_a_vpc_store_is_made_without_asking_its_proxy(kms, proxy):
    before = len(proxy.requests)
    store = kms.create_custom_key_store(**settings(proxy, **VPC))["CustomKeyStoreId"]
    assert len(proxy.requests) == before
    configuration = describe(kms, store)["XksProxyConfiguration"]
    assert configuration["VpcEndpointServiceName"] == VPC["XksProxyVpcEndpointServiceName"]
    assert configuration["VpcEndpointServiceOwner"] == kms._request_signer._credentials.access_key
    kms.connect_custom_key_store(CustomKeyStoreId=store)
    wait_for(kms, store, "CONNECTED")
    key = external_key(kms, store, proxy)
    made = kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")
    assert kms.decrypt(CiphertextBlob=made["CiphertextBlob"])["Plaintext"] == made["Plaintext"]


def test_what_only_one_store_may_have(kms, proxy):
    first = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    name = describe(kms, first)["CustomKeyStoreName"]
    with refused("CustomKeyStoreNameInUseException"):
        kms.create_custom_key_store(**settings(proxy, CustomKeyStoreName=name, XksProxyUriPath="/b/kms/xks/v1"))
    with refused("XksProxyUriInUseException"):
        kms.create_custom_key_store(**settings(proxy))
    with refused("XksProxyUriInUseException"):
        kms.create_custom_key_store(**settings(proxy, XksProxyUriEndpoint="https://PROXY.example.com"))
    with refused("XksProxyUriEndpointInUseException"):
        kms.create_custom_key_store(**settings(proxy, XksProxyUriPath="/b/kms/xks/v1", **VPC))
    vpc = {**VPC, "XksProxyUriEndpoint": "https://vpc.example.com"}
    second = kms.create_custom_key_store(**settings(proxy, **vpc))["CustomKeyStoreId"]
    with refused("XksProxyUriEndpointInUseException"):
        kms.create_custom_key_store(
            **settings(
                proxy, **{**vpc, "XksProxyVpcEndpointServiceName": VPC["XksProxyVpcEndpointServiceName"][:-1] + "1"},
                XksProxyUriPath="/b/kms/xks/v1",
            )
        )
    with refused("XksProxyVpcEndpointServiceInUseException"):
        kms.create_custom_key_store(
            **settings(proxy, **{**vpc, "XksProxyUriEndpoint": "https://vpc2.example.com"})
        )
    with refused("CustomKeyStoreNameInUseException"):
        kms.update_custom_key_store(CustomKeyStoreId=second, NewCustomKeyStoreName=name)
    with refused("XksProxyUriInUseException"):
        kms.update_custom_key_store(CustomKeyStoreId=second, XksProxyUriEndpoint=proxy.endpoint)


def test_public_stores_share_an_endpoint_by_path(kms, proxy):
    kms.create_custom_key_store(**settings(proxy))
    with refused("XksProxyInvalidConfigurationException"):
        kms.create_custom_key_store(**settings(proxy, XksProxyUriPath="/not-there/kms/xks/v1"))


def test_ten_stores_and_no_more(kms, proxy):
    def make(number):
        service = f"com.amazonaws.vpce.us-east-1.vpce-svc-{number:017}"
        return settings(
            proxy, XksProxyConnectivity="VPC_ENDPOINT_SERVICE", XksProxyUriEndpoint=f"https://p{number}.example.com",
            XksProxyVpcEndpointServiceName=service,
        )

    for number in range(10):
        kms.create_custom_key_store(**make(number))
    with refused("LimitExceededException"):
        kms.create_custom_key_store(**make(10))


# Updates


def test_what_may_change_when(kms, proxy):
    store = connected_store(kms, proxy)
    kms.update_custom_key_store(CustomKeyStoreId=store, NewCustomKeyStoreName=f"renamed-{store}")
    before = len(proxy.calls("/health"))
    kms.update_custom_key_store(CustomKeyStoreId=store, XksProxyAuthenticationCredential=CREDENTIAL)
    kms.update_custom_key_store(CustomKeyStoreId=store, XksProxyUriPath=proxy.path)
    calls = proxy.calls("/health")[before:]
    assert [call["requestMetadata"]["kmsOperation"] for call in calls] == ["UpdateCustomKeyStore"] * 2
    moves = [
        {"XksProxyUriEndpoint": proxy.endpoint},
        {"XksProxyConnectivity": "PUBLIC_ENDPOINT"},
        VPC,
        {"NewCustomKeyStoreName": "x", "XksProxyUriEndpoint": proxy.endpoint},
    ]
    for move in moves:
        with refused("CustomKeyStoreInvalidStateException"):
            kms.update_custom_key_store(CustomKeyStoreId=store, **move)
    assert describe(kms, store)["CustomKeyStoreName"] == f"renamed-{store}"

    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    for move in [{"XksProxyUriEndpoint": "https://second.example.com"}, moves[2], {"XksProxyConnectivity": "PUBLIC_ENDPOINT"}]:
        kms.update_custom_key_store(CustomKeyStoreId=store, **move)
    configuration = describe(kms, store)["XksProxyConfiguration"]
    assert configuration["UriEndpoint"] == "https://second.example.com"
    assert configuration["Connectivity"] == "PUBLIC_ENDPOINT"
    assert "VpcEndpointServiceName" not in configuration and "VpcEndpointServiceOwner" not in configuration


def test_updates_that_make_no_sense(kms, server, proxy):
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    for wrong in [
        {},
        {"CloudHsmClusterId": CLOUDHSM["CloudHsmClusterId"]},
        {"KeyStorePassword": CLOUDHSM["KeyStorePassword"]},
        {"XksProxyUriEndpoint": "https://10.0.0.1"},
        {"XksProxyUriPath": "/kms/xks/v3"},
        {"XksProxyConnectivity": "VPC_ENDPOINT_SERVICE"},
        {"XksProxyVpcEndpointServiceName": VPC["XksProxyVpcEndpointServiceName"]},
    ]:
        with refused("ValidationException"):
            kms.update_custom_key_store(CustomKeyStoreId=store, **wrong)


def test_a_failed_store_is_disconnected_before_anything_else(kms, proxy):
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with proxy.failing("InternalException"):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        assert wait_for(kms, store, "FAILED")["ConnectionErrorCode"] == "XKS_PROXY_INVALID_RESPONSE"
    for call in [
        lambda: kms.connect_custom_key_store(CustomKeyStoreId=store),
        lambda: kms.update_custom_key_store(CustomKeyStoreId=store, NewCustomKeyStoreName="x"),
        lambda: kms.delete_custom_key_store(CustomKeyStoreId=store),
    ]:
        with refused("CustomKeyStoreInvalidStateException"):
            call()
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    assert "ConnectionErrorCode" not in wait_for(kms, store, "DISCONNECTED")
    kms.connect_custom_key_store(CustomKeyStoreId=store)
    wait_for(kms, store, "CONNECTED")


def test_a_new_credential_is_used_at_once(kms, proxy):
    store = connected_store(kms, proxy)
    key = external_key(kms, store, proxy)
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"before")
    other = {"AccessKeyId": "ZZZZZZZZZZZZZZZZZZZZ", "RawSecretAccessKey": "z" * 43}
    with refused("XksProxyIncorrectAuthenticationCredentialException"):
        kms.update_custom_key_store(CustomKeyStoreId=store, XksProxyAuthenticationCredential=other)
    proxy.credentials[other["AccessKeyId"]] = other["RawSecretAccessKey"]
    kms.update_custom_key_store(CustomKeyStoreId=store, XksProxyAuthenticationCredential=other)
    try:
        old = proxy.credentials.pop(ACCESS_KEY_ID)
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"after")
    finally:
        proxy.credentials[ACCESS_KEY_ID] = old
        del proxy.credentials[other["AccessKeyId"]]
    with refused("KMSInvalidStateException"):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"the proxy has forgotten it")


# Keys


def test_a_key_in_a_store(kms, store, proxy):
    proxy.key("my-key_1.x")
    made = kms.create_key(
        Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="my-key_1.x", Description="outside"
    )["KeyMetadata"]
    call = proxy.calls("/keys/my-key_1.x/metadata")[-1]["requestMetadata"]
    account = kms._request_signer._credentials.access_key
    assert call["kmsOperation"] == "CreateKey"
    assert call["awsPrincipalArn"] == f"arn:aws:iam::{account}:root"
    for metadata in (made, kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]):
        assert metadata["Origin"] == "EXTERNAL_KEY_STORE"
        assert metadata["KeyState"] == "Enabled" and metadata["Enabled"] is True
        assert metadata["CustomKeyStoreId"] == store
        assert metadata["XksKeyConfiguration"] == {"Id": "my-key_1.x"}
        assert metadata["KeySpec"] == "SYMMETRIC_DEFAULT" and metadata["MultiRegion"] is False
        assert "CurrentKeyMaterialId" not in metadata and "CloudHsmClusterId" not in metadata
    with refused("XksKeyAlreadyInUseException"):
        kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="my-key_1.x")
    kms.schedule_key_deletion(KeyId=made["KeyId"], PendingWindowInDays=7)
    with refused("XksKeyAlreadyInUseException"):
        kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="my-key_1.x")
    with refused("CustomKeyStoreInvalidStateException"):
        kms.delete_custom_key_store(CustomKeyStoreId=store)
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    with refused("CustomKeyStoreHasCMKsException"):
        kms.delete_custom_key_store(CustomKeyStoreId=store)


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("ValidationException", {"XksKeyId": None}),
        ("ValidationException", {"CustomKeyStoreId": None}),
        ("ValidationException", {"Origin": None}),
        ("ValidationException", {"Origin": "AWS_KMS"}),
        ("ValidationException", {"Origin": "EXTERNAL"}),
        ("ValidationException", {"Origin": "EXTERNAL", "XksKeyId": None}),
        ("ValidationException", {"Origin": None, "CustomKeyStoreId": None}),
        ("ValidationException", {"Origin": "AWS_CLOUDHSM"}),
        ("ValidationException", {"XksKeyId": ".."}),
        ("ValidationException", {"XksKeyId": "a/b"}),
        ("CustomKeyStoreNotFoundException", {"Origin": "AWS_CLOUDHSM", "XksKeyId": None}),
        ("CustomKeyStoreNotFoundException", {"CustomKeyStoreId": "cks-00000000000000000"}),
        ("UnsupportedOperationException", {"MultiRegion": True}),
        ("UnsupportedOperationException", {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"}),
        ("UnsupportedOperationException", {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}),
        ("XksKeyNotFoundException", {"XksKeyId": "not-there"}),
        ("XksKeyInvalidConfigurationException", {"XksKeyId": "short"}),
        ("XksKeyInvalidConfigurationException", {"XksKeyId": "one-way"}),
        ("XksKeyInvalidConfigurationException", {"XksKeyId": "off"}),
    ],
    ids=str,
)
def test_keys_that_cannot_be_made(kms, store, proxy, code, changed):
    proxy.key("good")
    proxy.key("short", spec="AES_128")
    proxy.key("one-way", usages=("ENCRYPT", "SIGN"))
    proxy.key("off", status="DISABLED")
    parameters = {"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": store, "XksKeyId": "good", **changed}
    before = kms.list_keys()["Keys"]
    with refused(code):
        kms.create_key(**{name: value for name, value in parameters.items() if value is not None})
    assert kms.list_keys()["Keys"] == before


def test_no_key_in_a_store_that_is_not_connected(kms, proxy):
    proxy.key("waiting")
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with refused("CustomKeyStoreInvalidStateException"):
        kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="waiting")


def test_one_kms_key_for_an_external_key_however_many_ask(kms, store, proxy):
    proxy.key("wanted")

    def make(_):
        try:
            return external_key(kms, store, proxy, "wanted")["KeyId"]
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(make, range(8)))
    assert outcomes.count("XksKeyAlreadyInUseException") == 7, outcomes


def test_every_way_to_encrypt(kms, key, proxy):
    id = key["KeyId"]
    own = kms.create_key()["KeyMetadata"]["KeyId"]
    encrypted = kms.encrypt(KeyId=id, Plaintext=b"hello", EncryptionContext=CONTEXT)
    assert encrypted["KeyId"] == key["Arn"]
    opened = kms.decrypt(CiphertextBlob=encrypted["CiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == b"hello" and opened["KeyId"] == key["Arn"]
    assert "KeyMaterialId" not in opened
    made = kms.generate_data_key(KeyId=id, KeySpec="AES_256")
    assert "KeyMaterialId" not in made
    assert kms.decrypt(CiphertextBlob=made["CiphertextBlob"], KeyId=id)["Plaintext"] == made["Plaintext"]
    made = kms.generate_data_key_without_plaintext(KeyId=id, NumberOfBytes=17)
    assert "KeyMaterialId" not in made
    assert len(kms.decrypt(CiphertextBlob=made["CiphertextBlob"])["Plaintext"]) == 17
    inward = kms.encrypt(KeyId=own, Plaintext=b"hello")["CiphertextBlob"]
    moved = kms.re_encrypt(CiphertextBlob=inward, DestinationKeyId=id, DestinationEncryptionContext=CONTEXT)
    assert "DestinationKeyMaterialId" not in moved and "SourceKeyMaterialId" in moved
    back = kms.re_encrypt(CiphertextBlob=moved["CiphertextBlob"], SourceEncryptionContext=CONTEXT, DestinationKeyId=own)
    assert "SourceKeyMaterialId" not in back and "DestinationKeyMaterialId" in back
    assert kms.decrypt(CiphertextBlob=back["CiphertextBlob"])["Plaintext"] == b"hello"

    name = kms.describe_key(KeyId=id)["KeyMetadata"]["XksKeyConfiguration"]["Id"]
    asked = {
        end: {call["requestMetadata"]["kmsOperation"] for call in proxy.calls(f"/keys/{name}/{end}")}
        for end in ("encrypt", "decrypt")
    }
    assert asked == {
        "encrypt": {"Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncrypt"},
        "decrypt": {"Decrypt", "ReEncrypt"},
    }
    call = proxy.calls(f"/keys/{name}/encrypt")[0]
    metadata = call["requestMetadata"]
    assert metadata["kmsKeyArn"] == key["Arn"]
    assert metadata["awsPrincipalArn"] == f"arn:aws:iam::{key['AWSAccountId']}:root"
    assert metadata["kmsRequestId"] == encrypted["ResponseMetadata"]["RequestId"]
    assert call["encryptionAlgorithm"] == "AES_GCM"
    assert call["ciphertextDataIntegrityValueAlgorithm"] == "SHA_256"


def test_sizes(kms, key):
    for length in (1, 4096):
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=bytes(length))["CiphertextBlob"]
        assert len(blob) <= 6144
        assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == bytes(length)
    # 8192 bytes of context, encoded: the number of pairs, and two lengths.
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"k": "v" * (8192 - 4 - 8 - 1)})
    with refused("ValidationException"):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"k": "v" * (8192 - 4 - 8)})


@pytest.mark.parametrize("metadata", [b"", b"v1", bytes(range(20))], ids=len)
def test_the_metadata_of_the_proxy(kms, key, proxy, metadata):
    before, proxy.metadata = proxy.metadata, metadata
    try:
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    finally:
        proxy.metadata = before
    assert take_apart(blob)["metadata"] == metadata
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_sixteen_byte_vectors_are_kept_as_they_are(kms, key, proxy):
    name = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["XksKeyConfiguration"]["Id"]
    from hashlib import sha256

    def change(answer):
        additional = decode(proxy.calls(f"/{name}/encrypt")[-1]["additionalAuthenticatedData"])
        answer["initializationVector"] = encode(bytes(16))
        parts = [decode(answer[part]) for part in ("ciphertextMetadata", "initializationVector", "ciphertext", "authenticationTag")]
        answer["ciphertextDataIntegrityValue"] = encode(sha256(additional + b"".join(parts)).digest())
        return answer

    with proxy.failing(change=change):
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert take_apart(blob)["vector"] == bytes(16)
    with refused("KMSInvalidStateException"):  # not what the proxy really used
        kms.decrypt(CiphertextBlob=blob)
    assert decode(proxy.calls(f"/{name}/decrypt")[-1]["initializationVector"]) == bytes(16)


def test_neither_side_can_decrypt_alone(kms, store, proxy):
    key = external_key(kms, store, proxy, "both")
    secret = b"neither the proxy nor anybody who asks it ever sees this"
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=secret, EncryptionContext=CONTEXT)["CiphertextBlob"]
    parts, call = take_apart(blob), proxy.calls("/keys/both/encrypt")[-1]
    inner = decode(call["plaintext"])
    assert secret not in inner and secret not in blob
    answer = proxy.answer(
        f"{proxy.path}/keys/both/decrypt",
        {
            "requestMetadata": call["requestMetadata"],
            "encryptionAlgorithm": "AES_GCM",
            "ciphertext": encode(parts["ciphertext"]),
            "initializationVector": encode(parts["vector"]),
            "authenticationTag": encode(parts["tag"]),
            "ciphertextMetadata": encode(parts["metadata"]),
            "additionalAuthenticatedData": call["additionalAuthenticatedData"],
        },
    )
    # The proxy's own decryption gives a blob that only the service opens, and that it opens for nobody.
    assert decode(answer["plaintext"]) == inner
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=inner)
    # Without the external key the service is as helpless.
    material = proxy.keys["both"].material
    proxy.keys["both"].material = bytes(32)
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext=CONTEXT)
    proxy.keys["both"].material = material
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=CONTEXT)["Plaintext"] == secret


def test_another_kms_key_on_the_same_external_key_decrypts_nothing(kms, server, proxy):
    key = external_key(kms, connected_store(kms, proxy), proxy, "shared")
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello")["CiphertextBlob"]
    # Another account has a store on the same proxy, and there another key on the same external key.
    other = kms_client(server, account=str(next(_accounts)))
    again = external_key(other, connected_store(other, proxy), proxy, "shared")
    with refused("IncorrectKeyException"):
        other.decrypt(CiphertextBlob=blob, KeyId=again["KeyId"])
    own = other.encrypt(KeyId=again["KeyId"], Plaintext=b"own")["CiphertextBlob"]
    forged = own[:19] + blob[19:]  # the other's key id on this key's blob
    before = len(proxy.calls("/keys/shared/decrypt"))
    with refused("InvalidCiphertextException"):
        other.decrypt(CiphertextBlob=forged)
    assert len(proxy.calls("/keys/shared/decrypt")) == before + 1  # the proxy has decrypted it
    forged = own[:51] + blob[51:]  # the material's id too
    with refused("InvalidCiphertextException"):
        other.decrypt(CiphertextBlob=forged)


def test_altered_ciphertext(kms, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello", EncryptionContext=CONTEXT)["CiphertextBlob"]
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext={"tenant": "red", "app": "demo"})
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=blob)
    expected = {
        "InvalidCiphertextException", "KMSInvalidStateException", "IncorrectKeyException",
    }
    for place in [0, 1, 2, 19, 50, 51, 52, 64, 65, 66, 81, 82, 84, 85, len(blob) - 1]:
        altered = bytearray(blob)
        altered[place] ^= 1
        with pytest.raises(botocore.exceptions.ClientError) as raised:
            kms.decrypt(CiphertextBlob=bytes(altered), KeyId=key["KeyId"], EncryptionContext=CONTEXT)
        assert raised.value.response["Error"]["Code"] in expected, place
    for cut in (blob[:-1], blob + b"\0", blob[:60]):
        with refused("InvalidCiphertextException"):
            kms.decrypt(CiphertextBlob=cut, KeyId=key["KeyId"], EncryptionContext=CONTEXT)


def test_what_such_keys_do_not_do(kms, key, store):
    id = key["KeyId"]
    for call in [
        lambda: kms.generate_data_key_pair(KeyId=id, KeyPairSpec="ECC_NIST_P256"),
        lambda: kms.generate_data_key_pair_without_plaintext(KeyId=id, KeyPairSpec="ECC_NIST_P256"),
        lambda: kms.enable_key_rotation(KeyId=id),
        lambda: kms.disable_key_rotation(KeyId=id),
        lambda: kms.get_key_rotation_status(KeyId=id),
        lambda: kms.list_key_rotations(KeyId=id),
        lambda: kms.rotate_key_on_demand(KeyId=id),
        lambda: kms.get_parameters_for_import(KeyId=id, WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048"),
        lambda: kms.replicate_key(KeyId=id, ReplicaRegion="eu-west-1"),
        lambda: kms.generate_random(NumberOfBytes=8, CustomKeyStoreId=store),
    ]:
        with refused("UnsupportedOperationException"):
            call()
    with refused("CustomKeyStoreNotFoundException"):
        kms.generate_random(NumberOfBytes=8, CustomKeyStoreId="cks-00000000000000000")


# States


def test_keys_of_a_disconnected_store_are_unavailable(kms, store, key, proxy):
    id = key["KeyId"]
    leaving = external_key(kms, store, proxy)["KeyId"]
    disabled = external_key(kms, store, proxy)["KeyId"]
    kms.schedule_key_deletion(KeyId=leaving, PendingWindowInDays=7)
    kms.disable_key(KeyId=disabled)
    blob = kms.encrypt(KeyId=id, Plaintext=b"x")["CiphertextBlob"]
    state = lambda id: kms.describe_key(KeyId=id)["KeyMetadata"]["KeyState"]
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    assert [state(id), state(leaving), state(disabled)] == ["Unavailable", "PendingDeletion", "Disabled"]
    assert kms.describe_key(KeyId=id)["KeyMetadata"]["Enabled"] is False
    calls = len(proxy.requests)
    with refused("KMSInvalidStateException", f"{key['Arn']} is unavailable."):
        kms.encrypt(KeyId=id, Plaintext=b"x")
    with refused("KMSInvalidStateException", f"{key['Arn']} is unavailable."):
        kms.decrypt(CiphertextBlob=blob)
    assert len(proxy.requests) == calls
    kms.create_alias(AliasName=f"alias/{id}", TargetKeyId=id)
    kms.disable_key(KeyId=id)
    assert state(id) == "Disabled"
    kms.enable_key(KeyId=id)
    assert state(id) == "Unavailable"
    kms.connect_custom_key_store(CustomKeyStoreId=store)
    wait_for(kms, store, "CONNECTED")
    assert state(id) == "Enabled"
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_connecting_takes_its_time_but_answers_at_once(kms, proxy):
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with proxy.failing(delay=0.15):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        assert describe(kms, store)["ConnectionState"] in ("CONNECTING", "CONNECTED")
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        wait_for(kms, store, "CONNECTED")
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    with proxy.failing(delay=0.2):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)  # before it is connected
        time.sleep(0.5)
    assert describe(kms, store)["ConnectionState"] == "DISCONNECTED"


def test_a_proxy_that_is_gone_changes_no_state(kms, key, proxy):
    with proxy.failing(hang_up=True):
        with refused("KMSInvalidStateException"):
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
        assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] == "Enabled"
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")


# Everything a proxy can do wrong

KEY_CREATION = {
    "InvalidStateException": "XksKeyInvalidConfigurationException",
    "InvalidKeyUsageException": "XksKeyInvalidConfigurationException",
    "UnsupportedOperationException": "XksKeyInvalidConfigurationException",
    "AccessDeniedException": "KMSInvalidStateException",
    "KeyNotFoundException": "XksKeyNotFoundException",
}
CONFIGURATION = {
    "AuthenticationFailedException": "XksProxyIncorrectAuthenticationCredentialException",
    "InvalidUriPathException": "XksProxyInvalidConfigurationException",
    "ThrottlingException": "XksProxyUriUnreachableException",
    "DependencyTimeoutException": "XksProxyUriUnreachableException",
}
CONNECTION = {
    "AuthenticationFailedException": "INVALID_CREDENTIALS",
    "AccessDeniedException": "XKS_PROXY_ACCESS_DENIED",
    "InvalidUriPathException": "XKS_PROXY_INVALID_CONFIGURATION",
    "ThrottlingException": "XKS_PROXY_NOT_REACHABLE",
    "DependencyTimeoutException": "XKS_PROXY_TIMED_OUT",
}


@pytest.mark.parametrize("error", STATUSES)
def test_errors_of_the_proxy(kms, server, store, key, proxy, error):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    proxy.key("unused")
    words = f"the words of the proxy about {error} {next(_names)}"
    refusals = []
    with proxy.failing(error, words):
        for call in [
            lambda: kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x"),
            lambda: kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256"),
            lambda: kms.decrypt(CiphertextBlob=blob),
            lambda: kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=key["KeyId"]),
        ]:
            with refused("KMSInvalidStateException") as refusal:
                call()
            refusals.append(refusal.refusal)
        with refused(KEY_CREATION.get(error, "CustomKeyStoreInvalidStateException")) as refusal:
            kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="unused")
        refusals.append(refusal.refusal)
        with refused(CONFIGURATION.get(error, "XksProxyInvalidResponseException")) as refusal:
            kms.create_custom_key_store(**settings(proxy, XksProxyUriPath="/other/kms/xks/v1"))
        refusals.append(refusal.refusal)
        with refused(CONFIGURATION.get(error, "XksProxyInvalidResponseException")) as refusal:
            kms.update_custom_key_store(CustomKeyStoreId=store, XksProxyUriPath=proxy.path)
        refusals.append(refusal.refusal)
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        entry = wait_for(kms, store, "FAILED")
        assert entry["ConnectionErrorCode"] == CONNECTION.get(error, "XKS_PROXY_INVALID_RESPONSE")
    for refusal in refusals:
        assert refusal.message and words not in refusal.message
    assert words in server.log_text()


def drop(*members):
    return lambda answer: {name: value for name, value in answer.items() if name not in members}


def put(**members):
    return lambda answer: {**answer, **members}


MALFORMED_ENCRYPTIONS = {
    "not JSON": {"raw": b"not JSON"},
    "nothing": {"raw": b""},
    "half": {"raw": b'{"ciphertext":"'},
    "more": {"raw": b"{}{}"},
    "a list": {"raw": b"[]"},
    "too much": {"raw": b'{"padding":"' + b"x" * 70_000 + b'"}'},
    "another status": {"status": 201},
    "a redirect": {"status": 307, "headers": {"Location": "https://second.example.com/kms/xks/v1/keys/x/encrypt"}},
    "an error without a name": {"status": 400, "raw": b"{}"},
    "an unknown error": {"status": 400, "raw": b'{"errorName":"WhateverException"}'},
    "an error page": {"status": 502, "raw": b"<html>bad gateway</html>"},
    "no ciphertext": {"change": drop("ciphertext")},
    "no vector": {"change": drop("initializationVector")},
    "no tag": {"change": drop("authenticationTag")},
    "no integrity value": {"change": drop("ciphertextDataIntegrityValue")},
    "wrong integrity value": {"change": put(ciphertextDataIntegrityValue=encode(bytes(32)))},
    "short integrity value": {"change": put(ciphertextDataIntegrityValue=encode(bytes(31)))},
    "short tag": {"change": put(authenticationTag=encode(bytes(12)))},
    "short vector": {"change": put(initializationVector=encode(bytes(8)))},
    "long metadata": {"change": put(ciphertextMetadata=encode(bytes(21)))},
    "short ciphertext": {"change": put(ciphertext=encode(bytes(5)))},
    "no base64": {"change": put(ciphertext="%%%")},
    "a number": {"change": put(ciphertext=5)},
    "altered ciphertext": {"change": lambda answer: {**answer, "ciphertext": encode(bytes(len(decode(answer["ciphertext"]))))}},
    "altered metadata": {"change": put(ciphertextMetadata=encode(b"v2"))},
}


@pytest.mark.parametrize("name", MALFORMED_ENCRYPTIONS)
def test_encryptions_that_make_no_sense(kms, key, proxy, name):
    with proxy.failing(**MALFORMED_ENCRYPTIONS[name]):
        with refused("KMSInvalidStateException", "KMS cannot interpret the response from the external key store proxy."):
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello")


@pytest.mark.parametrize(
    "fault",
    [
        {"raw": b"not JSON"},
        {"change": drop("plaintext")},
        {"change": put(plaintext="")},
        {"change": lambda answer: {"plaintext": encode(decode(answer["plaintext"])[:-1])}},
        {"change": lambda answer: {"plaintext": encode(decode(answer["plaintext"]) + b"\0")}},
    ],
)
def test_decryptions_that_make_no_sense(kms, key, proxy, fault):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello")["CiphertextBlob"]
    with proxy.failing(**fault):
        with refused("KMSInvalidStateException"):
            kms.decrypt(CiphertextBlob=blob)
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"hello"


def test_a_decryption_of_something_else_opens_nothing(kms, key, proxy):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello")["CiphertextBlob"]
    for change in (
        lambda answer: {"plaintext": encode(bytes(len(decode(answer["plaintext"]))))},
        lambda answer: {"plaintext": encode(decode(answer["plaintext"])[:-1] + b"\0")},
    ):
        with proxy.failing(change=change):
            with refused("InvalidCiphertextException"):
                kms.decrypt(CiphertextBlob=blob)


@pytest.mark.parametrize(
    "fault",
    [
        {"raw": b"not JSON"},
        {"change": drop("keySpec")},
        {"change": drop("keyUsage")},
        {"change": drop("keyStatus")},
        {"change": put(keyUsage="ENCRYPT")},
        {"change": put(keyUsage=["ENCRYPT", "DECRYPT"] * 6)},
    ],
)
def test_key_metadata_that_makes_no_sense(kms, store, proxy, fault):
    proxy.key("unused")
    with proxy.failing(**fault):
        with refused("CustomKeyStoreInvalidStateException"):
            kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="unused")


def instance(**changed):
    return {"id": "1", "model": "m", "healthStatus": "ACTIVE", **changed}


@pytest.mark.parametrize(
    "fault",
    [
        {"raw": b"not JSON"},
        *({"change": drop(name)} for name in ("xksProxyFleetSize", "xksProxyVendor", "xksProxyModel", "ekmVendor")),
        {"change": drop("ekmFleetDetails")},
        {"change": put(xksProxyFleetSize=0)},
        {"change": put(ekmFleetDetails=[])},
        {"change": put(ekmFleetDetails=[instance()] * 11)},
        {"change": put(ekmFleetDetails=[instance(healthStatus="FINE")])},
        {"change": put(ekmFleetDetails=[{"id": "1", "healthStatus": "ACTIVE"}])},
    ],
)
def test_health_that_makes_no_sense(kms, proxy, fault):
    with proxy.failing(**fault):
        with refused("XksProxyInvalidResponseException"):
            kms.create_custom_key_store(**settings(proxy))


def test_a_key_manager_that_is_all_unavailable(kms, proxy):
    store = connected_store(kms, proxy)
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    before, proxy.instances = proxy.instances, ["UNAVAILABLE"] * 3
    try:
        with refused("XksProxyUriUnreachableException"):
            kms.update_custom_key_store(CustomKeyStoreId=store, XksProxyUriPath=proxy.path)
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        assert wait_for(kms, store, "FAILED")["ConnectionErrorCode"] == "XKS_PROXY_NOT_REACHABLE"
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)
        proxy.instances = ["UNAVAILABLE", "DEGRADED"]
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        wait_for(kms, store, "CONNECTED")
    finally:
        proxy.instances = before


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("closed.example.com", "XKS_PROXY_NOT_REACHABLE"),
        ("silent.example.com", "XKS_PROXY_TIMED_OUT"),
        ("untrusted.example.com", "XKS_PROXY_INVALID_TLS_CONFIGURATION"),
        ("misnamed.example.com", "XKS_PROXY_INVALID_TLS_CONFIGURATION"),
        ("expired.example.com", "XKS_PROXY_INVALID_TLS_CONFIGURATION"),
        ("no-such-host.invalid", "XKS_PROXY_NOT_REACHABLE"),
    ],
)
def test_proxies_that_cannot_be_talked_to(kms, proxy, host, code):
    with refused("XksProxyUriUnreachableException"):
        kms.create_custom_key_store(**settings(proxy, XksProxyUriEndpoint=f"https://{host}"))
    store = kms.create_custom_key_store(**settings(proxy, XksProxyUriEndpoint=f"https://{host}", **VPC))[
        "CustomKeyStoreId"
    ]
    kms.connect_custom_key_store(CustomKeyStoreId=store)
    expected = {code} | ({"XKS_PROXY_TIMED_OUT"} if host.endswith(".invalid") else set())
    assert wait_for(kms, store, "FAILED")["ConnectionErrorCode"] in expected


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_versions_of_tls(authority, start, version):
    with Proxy(authority.issue("tls.example.com"), "tls.example.com", tls=version) as proxy:
        kms = kms_client(start(*proxy_flags(authority, {proxy.host: proxy.port})))
        kms.create_custom_key_store(**settings(proxy))


# Time and connections


def test_a_quarter_of_a_second_and_no_more(kms, key, proxy):
    for delay, works in ((0.05, True), (2, False)):
        with proxy.failing(delay=delay):
            start = time.monotonic()
            if works:
                kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
            else:
                with refused(
                    "KMSInvalidStateException",
                    "The external key store proxy did not respond to the request in the time allotted.",
                ):
                    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
            taken = time.monotonic() - start
        assert taken < 0.75 and (works or taken > 0.2), taken


def test_slow_proxies_hold_nobody_up(kms, key, proxy):
    own = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.generate_data_key(KeyId=own, KeySpec="AES_256")

    def slow(_):
        with refused("KMSInvalidStateException"):
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")

    times = []
    with proxy.failing(delay=1), concurrent.futures.ThreadPoolExecutor(20) as pool:
        waiting = [pool.submit(slow, number) for number in range(60)]
        while not all(future.done() for future in waiting):
            start = time.monotonic()
            kms.generate_data_key(KeyId=own, KeySpec="AES_256")
            times.append(time.monotonic() - start)
        for future in waiting:
            future.result()
    # Sixty calls of a quarter of a second, twenty at once: a caller that had to queue would wait as long as they do.
    assert len(times) >= 10 and statistics.median(times) < 0.1, times


def test_connections_are_used_again(kms, key, proxy):
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    before = proxy.connections
    for _ in range(20):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert proxy.connections <= before + 1
    proxy.close_connections()
    for _ in range(3):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")


def test_redirects_lead_nowhere(kms, key, proxy):
    with proxy.failing(status=307, headers={"Location": f"{proxy.endpoint}/elsewhere"}):
        with refused("KMSInvalidStateException"):
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert not [path for path, _ in proxy.requests if path == "/elsewhere"]


# Restarts and settings


def test_stores_and_keys_survive_a_restart(start, authority, proxy, tmp_path):
    flags, options = proxy_flags(authority, {proxy.host: proxy.port}), {"data_dir": tmp_path / "data"}
    server = start(*flags, **options)
    kms = kms_client(server)
    store = connected_store(kms, proxy)
    key = external_key(kms, store, proxy)
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    entry = describe(kms, store)
    assert server.stop() == 0
    kms = kms_client(start(*flags, **options))
    assert describe(kms, store) == entry
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_a_store_that_was_being_connected_goes_on_after_a_crash(start, authority, proxy, tmp_path):
    flags, options = proxy_flags(authority, {proxy.host: proxy.port}), {"data_dir": tmp_path / "data"}
    server = start(*flags, **options)
    kms = kms_client(server)
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with proxy.failing(delay=0.24):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        server.kill()
    kms = kms_client(start(*flags, **options))
    wait_for(kms, store, "CONNECTED")


def test_settings_from_environment_and_file(start, authority, proxy, tmp_path):
    port = free_port()
    file = tmp_path / "keywright.yaml"
    file.write_text(f"xks-trust-root: [{authority.file}]\n")
    environment = {"KEYWRIGHT_XKS_HOST": f"Proxy.example.com=127.0.0.1:{proxy.port},other.example.com=127.0.0.1"}
    kms = kms_client(start("--config", file, port=port, environment=environment))
    connected_store(kms, proxy)


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        (("--xks-host", "proxy.example.com"), 64),
        (("--xks-host", "=127.0.0.1"), 64),
        (("--xks-host", "proxy.example.com=elsewhere.example.com"), 64),
        (("--xks-host", "proxy.example.com=127.0.0.1:0"), 64),
        (("--xks-trust-root", "/nowhere/root.pem"), 66),
        (("--xks-trust-root", __file__), 66),
    ],
)
def test_flags_that_make_no_sense(flags, status):
    finished = run_keywright("serve", "--dev", "--port", "0", *flags)
    assert finished.returncode == status, finished
    assert finished.stderr.strip()
