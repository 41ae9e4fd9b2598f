"""The six operations on custom key stores, and what of a store survives a restart."""

import json
import re
import time

import pytest

from clients import kms_client, refused
from external_key_stores import (  # fixtures among them
    CLOUDHSM,
    CREDENTIAL,
    VPC,
    accounts,
    authority,
    connected_store,
    describe,
    external_key,
    fresh_names,
    kms,
    others,
    proxy,
    proxy_flags,
    server,
    settings,
    wait_for,
)
from server import free_port, run_keywright
from xks_proxy import ACCESS_KEY_ID, Proxy


# The stores


def test_a_store_from_its_beginning_to_its_end(kms, proxy):
    name = f"store-{next(fresh_names)}"
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
    names = [f"store-{next(fresh_names)}" for _ in range(3)]
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
    stranger = kms_client(server, account=str(next(accounts)))
    assert stranger.describe_custom_key_stores()["CustomKeyStores"] == []
    with refused("CustomKeyStoreNotFoundException"):
        describe(stranger, stores[names[0]])


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
    for move in [{"XksProxyUriEndpoint": "https://second.example.com"}, moves[2], moves[1]]:
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
    for _ in range(10):
        with proxy.failing(delay=0.24):
            kms.connect_custom_key_store(CustomKeyStoreId=store)
            server.kill()
        server = start(*flags, **options)
        kms = kms_client(server)
        if wait_for(kms, store, "CONNECTED", "FAILED")["ConnectionState"] == "CONNECTED":
            return
        # On a busy machine the attempt may have failed before the crash.
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)
        wait_for(kms, store, "DISCONNECTED")
    raise AssertionError("the attempt was never taken up again")


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
