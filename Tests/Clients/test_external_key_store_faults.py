"""Proxies that do not do as they should, and how long anybody waits for them."""

import concurrent.futures
import ssl
import statistics
import time

import pytest

from clients import kms_client, refused
from external_key_stores import (  # fixtures among them
    VPC,
    authority,
    connected_store,
    fresh_names,
    key,
    kms,
    others,
    proxy,
    proxy_flags,
    server,
    settings,
    store,
    wait_for,
)
from xks_proxy import STATUSES, Proxy, decode, encode


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
    words = f"the words of the proxy about {error} {next(fresh_names)}"
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


def zeros(text):
    """Base64 of as many zeros as this stands for."""
    return encode(bytes(len(decode(text))))


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
    "altered ciphertext": {"change": lambda answer: {**answer, "ciphertext": zeros(answer["ciphertext"])}},
    "altered metadata": {"change": put(ciphertextMetadata=encode(b"v2"))},
}


@pytest.mark.parametrize("name", MALFORMED_ENCRYPTIONS)
def test_encryptions_that_make_no_sense(kms, key, proxy, name):
    with proxy.failing(**MALFORMED_ENCRYPTIONS[name]):
        with refused(
            "KMSInvalidStateException", "KMS cannot interpret the response from the external key store proxy."
        ):
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
    # A proxy may hang up just when it is asked again.
    with proxy.failing(hang_ups=1):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")


def test_redirects_lead_nowhere(kms, key, proxy):
    with proxy.failing(status=307, headers={"Location": f"{proxy.endpoint}/elsewhere"}):
        with refused("KMSInvalidStateException"):
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert not [path for path, _ in proxy.requests if path == "/elsewhere"]
