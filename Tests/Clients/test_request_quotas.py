"""Request quotas: off unless asked for; KMS's own, or figures small enough to reach."""

import time

import botocore.exceptions
import pytest
from prometheus_client.parser import text_string_to_metric_families

from clients import Refusal, kms_client, refused
from server import run_keywright
from wire import Wire

TEXT = "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls."
# One request, and no second one before the test is over.
ONE = "0.001"


def quotas(*settings):
    return [flag for setting in settings for flag in ("--request-quotas", setting)]


def throttled():
    return refused("ThrottlingException", TEXT)


def calls_until_throttled(call, limit):
    for made in range(limit):
        try:
            call()
        except botocore.exceptions.ClientError as error:
            refusal = Refusal(error)
            assert (refusal.code, refusal.message, refusal.status) == ("ThrottlingException", TEXT, 400)
            return made
    return limit


def test_off_by_default(dev, account):
    with Wire(dev, account=account) as wire:
        statuses = {wire.post("DescribeCustomKeyStores", {}).status for _ in range(50)}
    assert statuses == {200}, "KMS itself allows 5 a second"


def kms_key(kms, **settings):
    return kms.create_key(**settings)["KeyMetadata"]["KeyId"]


def test_operations_count_by_name_account_and_region(start, account):
    server = start(*quotas(f"list-keys={ONE}", f"list-aliases={ONE}"))
    kms = kms_client(server)
    kms.list_keys()
    for _ in range(3):
        with throttled():
            kms.list_keys()
    kms.list_aliases()
    with throttled():
        kms.list_aliases()
    kms_client(server, account=account).list_keys()
    kms_client(server, region="eu-west-1").list_keys()
    for _ in range(20):
        kms.describe_custom_key_stores()  # no quota was asked for


def test_the_bucket_fills_again(start):
    kms = kms_client(start(*quotas("list-keys=2")))
    assert calls_until_throttled(kms.list_keys, 20) >= 2
    time.sleep(0.6)
    kms.list_keys()
    # Over a few seconds, the rate is the rate.
    assert calls_until_throttled(kms.list_keys, 20) <= 2
    begin, made = time.monotonic(), 0
    while time.monotonic() - begin < 3:
        try:
            kms.list_keys()
            made += 1
        except kms.exceptions.ClientError:
            time.sleep(0.01)
    assert 4 <= made <= 2 * (time.monotonic() - begin) + 2


def test_cryptography_counts_by_the_kind_of_key(start):
    server = start(*quotas(f"symmetric-cryptography={ONE}", f"ecc-cryptography={ONE}"))
    kms = kms_client(server)
    symmetric = kms_key(kms)
    mac = kms_key(kms, KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    ecc = kms_key(kms, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    rsa = kms_key(kms, KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")
    kms.generate_data_key(KeyId=symmetric, KeySpec="AES_256")
    for call in (
        lambda: kms.encrypt(KeyId=symmetric, Plaintext=b"x"),
        lambda: kms.generate_mac(KeyId=mac, MacAlgorithm="HMAC_SHA_256", Message=b"x"),
        lambda: kms.generate_random(NumberOfBytes=1),
        lambda: kms.generate_data_key_without_plaintext(KeyId=symmetric, KeySpec="AES_256"),
    ):
        with throttled():
            call()
    kms.sign(KeyId=ecc, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")
    with throttled():
        kms.sign(KeyId=ecc, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")
    for _ in range(5):
        kms.encrypt(KeyId=rsa, Plaintext=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_256")
    kms.describe_key(KeyId=symmetric)


def test_pairs_count_by_their_spec(start):
    server = start(*quotas("generate-data-key-pair-ecc-nist-p256=" + ONE, "generate-data-key-pair-rsa-2048=" + ONE))
    kms = kms_client(server)
    key = kms_key(kms)
    for spec in ("ECC_NIST_P256", "RSA_2048"):
        kms.generate_data_key_pair(KeyId=key, KeyPairSpec=spec)
        with throttled():
            kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec=spec)
    for _ in range(5):
        kms.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_P384")
        kms.generate_data_key(KeyId=key, KeySpec="AES_256")


def test_dry_runs_count(start):
    kms = kms_client(start(*quotas(f"symmetric-cryptography={ONE}")))
    key = kms_key(kms)
    with refused("DryRunOperationException"):
        kms.encrypt(KeyId=key, Plaintext=b"x", DryRun=True)
    with throttled():
        kms.encrypt(KeyId=key, Plaintext=b"x", DryRun=True)
    with throttled():
        kms.encrypt(KeyId=key, Plaintext=b"x")


def test_refused_requests_count(start, account):
    """Whatever is wrong with them: who sends a great many is to be slowed down, also when none of them is any good."""
    server = start(*quotas(f"list-keys={ONE}", f"describe-key={ONE}", f"symmetric-cryptography={ONE}"))
    owner = kms_client(server)
    key = owner.create_key()["KeyMetadata"]["Arn"]
    missing = "1234abcd-12ab-34cd-56ef-1234567890ab"
    cases = [
        ("ListKeys", b"{", "SerializationException"),
        ("ListKeys", {"Limit": 0}, "ValidationException"),
        ("ListKeys", {"Marker": "none"}, "InvalidMarkerException"),
        ("DescribeKey", {"KeyId": missing}, "NotFoundException"),
        ("DescribeKey", {"KeyId": key}, "AccessDeniedException"),
        ("Encrypt", {"KeyId": "alias/none", "Plaintext": b"x"}, "NotFoundException"),
        ("Encrypt", {"KeyId": key, "Plaintext": b"x"}, "AccessDeniedException"),
        ("GenerateRandom", {}, "ValidationException"),
    ]
    for number, (operation, body, code) in enumerate(cases):
        with Wire(server, account=str(int(account) + 1 + number)) as wire:
            codes = [wire.post(operation, body).code for _ in range(3)]
        assert codes == [code, "ThrottlingException", "ThrottlingException"], (operation, body)
    with Wire(server) as wire:
        for _ in range(3):
            assert wire.post("ListKeys", {}, Authorization=None).code == "MissingAuthenticationTokenException"
        assert wire.post("ListKeys", {}).status == 200, "what has no signature counts for nobody"


def test_replicas_count_as_keys_where_they_are_made(start):
    kms = kms_client(start(*quotas(f"create-key={ONE}")))
    key = kms_key(kms, MultiRegion=True)
    with throttled():
        kms.create_key()
    kms.replicate_key(KeyId=key, ReplicaRegion="eu-west-1")
    with throttled():
        kms.replicate_key(KeyId=key, ReplicaRegion="eu-west-1")
    kms.replicate_key(KeyId=key, ReplicaRegion="eu-west-2")


def test_kms(start):
    server = start(*quotas("kms"))
    kms = kms_client(server)
    # Five a second, and what a slow machine gains meanwhile.
    begin = time.monotonic()
    with Wire(server) as wire:
        answers = [wire.post("DescribeCustomKeyStores", {}) for _ in range(100)]
    allowed = [answer for answer in answers if answer.status == 200]
    assert 5 <= len(allowed) <= 5 + 5 * (time.monotonic() - begin) + 1
    assert {answer.code for answer in answers if answer.status != 200} == {"ThrottlingException"}
    key = kms_key(kms)
    pairs = lambda: kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="RSA_4096")
    begin, made = time.monotonic(), 0
    for _ in range(3):
        made += calls_until_throttled(pairs, 1)
    assert 1 <= made <= 1 + (time.monotonic() - begin) + 1
    for _ in range(200):
        kms.describe_key(KeyId=key)


def test_kms_with_changes(start):
    server = start(*quotas(f"list-keys={ONE}", "kms"))
    kms = kms_client(server)
    kms.list_keys()
    with throttled():
        kms.list_keys()
    assert calls_until_throttled(kms.describe_custom_key_stores, 200) < 200


def test_in_the_environment(start):
    server = start(environment={"KEYWRIGHT_REQUEST_QUOTAS": f"list-keys={ONE}, list-aliases={ONE}"})
    kms = kms_client(server)
    for call in (kms.list_keys, kms.list_aliases):
        call()
        with throttled():
            call()


def test_refusals_are_counted(start):
    server = start(*quotas(f"list-keys={ONE}"))
    kms = kms_client(server)
    kms.list_keys()
    for _ in range(3):
        with throttled():
            kms.list_keys()
    with Wire(server) as wire:
        text = wire.send("GET", "/metrics").body.decode()
    samples = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["keywright_throttled_requests_total", ("quota", "list-keys")] == 3
    assert samples["keywright_requests_total", ("operation", "ListKeys"), ("result", "ThrottlingException")] == 3


@pytest.mark.parametrize(
    "setting",
    [
        "KMS", "aws", "list-keys", "list-keys=", "list-keys=x", "list-keys=-1", "list-keys=0", "list-keys=1e3",
        "list-keys=0x10", "list-keys=nan", "list-keys=inf", "list-keys=1000001", "list-keys=0.0001", "list-keys=1.2.3",
        "ListKeys=5", "encrypt=5", "=5", "kms=5", "list-keys=5=5",
    ],
)
def test_settings_that_are_wrong(setting):
    finished = run_keywright("serve", "--dev", "--port", "0", "--request-quotas", setting)
    assert finished.returncode == 64, finished
    assert "request-quotas" in finished.stderr
    assert f"'{setting}'" in finished.stderr
