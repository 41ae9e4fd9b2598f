"""Attested recipients: answers that only an enclave can open, over boto3, and the commands that stand in for one."""

import base64
import concurrent.futures
import json
import pathlib
import re
import stat
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from attestation_vectors import MODULE
from attested_recipient import HOUR, Enclave, Recipient, now
from clients import ACCOUNT, kms_client, refused
from server import BINARY, Server, run_keywright

IMAGE, ROLE = bytes(range(48)), b"\xc3" * 48
PCRS = {0: IMAGE, 1: bytes(48), 3: ROLE}
SECRET = b"for the enclave alone"
USAGE, DATA, NO_INPUT, CANNOT_CREATE, NO_PERMISSION = 64, 65, 66, 73, 77


@pytest.fixture(scope="module")
def enclave():
    return Enclave()


@pytest.fixture(scope="module")
def recipient():
    return Recipient()


@pytest.fixture(scope="module")
def server(tmp_path_factory, enclave):
    """A server that believes the enclave, and one more root; it keeps an audit trail."""
    folder = tmp_path_factory.mktemp("attested")
    for name, each in (("root.pem", enclave), ("other.pem", Enclave("another-root"))):
        (folder / name).write_bytes(each.root_pem)
        (folder / name).chmod(0o644)
    arguments = ("--attestation-root", folder / "other.pem", "--attestation-root", folder / "root.pem")
    with Server(folder / "log", *arguments, "--log-level", "debug", data_dir=folder / "data") as running:
        yield running


@pytest.fixture(scope="module")
def kms(server):
    return kms_client(server)


@pytest.fixture(scope="module")
def key(kms):
    return kms.create_key()["KeyMetadata"]["Arn"]


@pytest.fixture
def attested(enclave, recipient):
    """The `Recipient` of a request of that moment."""
    return lambda **fields: recipient.parameter(enclave, **{"pcrs": PCRS, **fields})


def opened(server, recipient, answer, *clear):
    """What an answer's envelope holds, which two implementations agree on; members in clear must not be there."""
    assert not any(answer.get(member) for member in clear), sorted(answer)
    envelope = answer["CiphertextForRecipient"]
    plaintext = recipient.open(envelope)
    assert recipient.open_with_openssl(envelope) == plaintext
    server.secrets.record(plaintext, "an attested plaintext")
    return plaintext


# The five operations


def test_decrypt(server, kms, key, recipient, attested):
    blob = kms.encrypt(KeyId=key, Plaintext=SECRET, EncryptionContext={"a": "b"})["CiphertextBlob"]
    answer = kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"}, Recipient=attested())
    assert opened(server, recipient, answer, "Plaintext", "KeyMaterialId") == SECRET
    assert answer["KeyId"] == key
    assert answer["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"})["Plaintext"] == SECRET


def test_decrypt_with_an_rsa_key(server, kms, recipient, attested):
    rsa = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["KeyId"]
    encryption = {"KeyId": rsa, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
    blob = kms.encrypt(Plaintext=SECRET, **encryption)["CiphertextBlob"]
    answer = kms.decrypt(CiphertextBlob=blob, Recipient=attested(), **encryption)
    assert opened(server, recipient, answer, "Plaintext") == SECRET


@pytest.mark.parametrize(("size", "count"), [({"KeySpec": "AES_128"}, 16), ({"NumberOfBytes": 1024}, 1024)])
def test_generate_data_key(server, kms, key, recipient, attested, size, count):
    answer = kms.generate_data_key(KeyId=key, Recipient=attested(), **size)
    data_key = opened(server, recipient, answer, "Plaintext", "KeyMaterialId")
    assert len(data_key) == count
    assert kms.decrypt(CiphertextBlob=answer["CiphertextBlob"])["Plaintext"] == data_key


@pytest.mark.parametrize("spec", ["ECC_NIST_P384", "ECC_NIST_EDWARDS25519", "RSA_4096"])
def test_generate_data_key_pair(server, kms, key, recipient, attested, spec):
    answer = kms.generate_data_key_pair(KeyId=key, KeyPairSpec=spec, Recipient=attested())
    private = opened(server, recipient, answer, "PrivateKeyPlaintext")
    assert answer["KeyMaterialId"]
    assert kms.decrypt(CiphertextBlob=answer["PrivateKeyCiphertextBlob"])["Plaintext"] == private
    public = serialization.load_der_private_key(private, None).public_key()
    assert answer["PublicKey"] == public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@pytest.mark.parametrize("count", [1, 15, 16, 17, 1024])
def test_generate_random(server, kms, recipient, attested, count):
    answer = kms.generate_random(NumberOfBytes=count, Recipient=attested())
    assert len(opened(server, recipient, answer, "Plaintext")) == count


def test_derive_shared_secret(server, kms, recipient, attested):
    agreement = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT")["KeyMetadata"]["KeyId"]
    peer = ec.generate_private_key(ec.SECP256R1())
    public = peer.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    answer = kms.derive_shared_secret(
        KeyId=agreement, KeyAgreementAlgorithm="ECDH", PublicKey=public, Recipient=attested()
    )
    ours = serialization.load_der_public_key(kms.get_public_key(KeyId=agreement)["PublicKey"])
    assert opened(server, recipient, answer, "SharedSecret") == peer.exchange(ec.ECDH(), ours)
    assert answer["KeyOrigin"] == "AWS_KMS"


@pytest.mark.parametrize("bits", [3072, 4096])
def test_longer_recipient_keys(server, kms, enclave, bits):
    longer = Recipient(bits)
    answer = kms.generate_random(NumberOfBytes=32, Recipient=longer.parameter(enclave))
    assert len(opened(server, longer, answer, "Plaintext")) == 32


def test_many_at_once(server, kms, recipient, attested):
    """A hundred different documents: each is verified, and every answer is its own."""
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: kms.generate_random(NumberOfBytes=32, Recipient=attested()), range(100)))
    assert len({recipient.open(answer["CiphertextForRecipient"]) for answer in answers}) == 100


# What is refused


def tampered(document):
    return document[:-1] + bytes([document[-1] ^ 1])


BROKEN = {
    "no document": (lambda make: b"not a document", "The attestation document is malformed."),
    "another root": (
        lambda make: Enclave("attested-recipient-test").document(Recipient().public_key),
        "The root certificate of the attestation document is not trusted.",
    ),
    "tampered": (lambda make: tampered(make()), "The signature of the attestation document is not valid."),
    "expired": (lambda make: make(at=now() - HOUR / 10), "The attestation document has expired."),
    "from the future": (lambda make: make(at=now() + HOUR / 30), "The attestation document is not yet valid."),
    "without a key": (lambda make: make(public_key=None), "The attestation document has no field public_key."),
    "with a short key": (
        lambda make: make(public_key=Recipient(1024).public_key),
        "The field public_key of the attestation document is not an RSA public key of at least 2048 bits.",
    ),
    "with another digest": (
        lambda make: make(digest="SHA512"),
        "The field digest of the attestation document is not valid.",
    ),
}


@pytest.fixture
def calls(kms, key):
    """A call of each of the five operations, with a recipient and whatever else."""
    agreement = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT")["KeyMetadata"]["KeyId"]
    public = kms.get_public_key(KeyId=agreement)["PublicKey"]
    blob = kms.encrypt(KeyId=key, Plaintext=SECRET)["CiphertextBlob"]
    return [
        lambda **more: kms.decrypt(CiphertextBlob=blob, **more),
        lambda **more: kms.generate_data_key(KeyId=key, KeySpec="AES_256", **more),
        lambda **more: kms.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_P256", **more),
        lambda **more: kms.derive_shared_secret(
            KeyId=agreement, KeyAgreementAlgorithm="ECDH", PublicKey=public, **more
        ),
        lambda **more: kms.generate_random(NumberOfBytes=8, **more),
    ]


@pytest.mark.parametrize("name", BROKEN)
def test_broken_documents(calls, enclave, recipient, name):
    make, message = BROKEN[name]

    def document(**fields):
        return enclave.document(**{"public_key": recipient.public_key, **fields})

    parameter = {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": make(document)}
    for call in calls:
        with refused("ValidationException", message):
            call(Recipient=parameter)


def test_both_members_are_needed(calls, attested):
    whole = attested()
    null = "Value null at 'recipient.{}' failed to satisfy constraint: Member must not be null"
    for member, path in (
        ("KeyEncryptionAlgorithm", "keyEncryptionAlgorithm"),
        ("AttestationDocument", "attestationDocument"),
    ):
        part = {name: value for name, value in whole.items() if name != member}
        for call in calls:
            with refused("ValidationException", "1 validation error detected: " + null.format(path)):
                call(Recipient=part)


def test_no_other_algorithm(kms, attested):
    with refused("ValidationException"):
        kms.generate_random(NumberOfBytes=8, Recipient={**attested(), "KeyEncryptionAlgorithm": "RSAES_PKCS1_V1_5"})


def test_without_roots_nothing_is_believed(dev, enclave, recipient):
    with refused("ValidationException", "This service trusts no root of attestation documents."):
        kms_client(dev).generate_random(NumberOfBytes=8, Recipient=recipient.parameter(enclave))


def test_dry_runs(calls, attested):
    for call in calls[:-1]:
        with refused("DryRunOperationException", status=400):
            call(DryRun=True, Recipient=attested())
        with refused("ValidationException", "The attestation document is malformed."):
            call(DryRun=True, Recipient={**attested(), "AttestationDocument": b"x"})


def test_freshness_is_a_setting(start, tmp_path, enclave, recipient):
    root = tmp_path / "root.pem"
    root.write_bytes(enclave.root_pem)
    root.chmod(0o644)
    environment = {"KEYWRIGHT_ATTESTATION_ROOT": str(root), "KEYWRIGHT_ATTESTATION_FRESHNESS": "30"}
    kms = kms_client(start(environment=environment))
    kms.generate_random(NumberOfBytes=8, Recipient=recipient.parameter(enclave, at=now() - HOUR / 240))
    with refused("ValidationException", "The attestation document has expired."):
        kms.generate_random(NumberOfBytes=8, Recipient=recipient.parameter(enclave, at=now() - HOUR / 90))


# Policies


def policy(**condition):
    """The account may do everything, but make data keys and decrypt only under the condition."""
    sealed = ["kms:Decrypt", "kms:GenerateDataKey"]
    everybody = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Resource": "*"}
    return json.dumps(
        {"Statement": [{**everybody, "NotAction": sealed}, {**everybody, "Action": sealed, "Condition": condition}]}
    )


def name_of(measurement):
    return f"kms:RecipientAttestation:{measurement}"


@pytest.mark.parametrize(
    ("condition", "is_allowed"),
    [
        ({"StringEquals": {name_of("ImageSha384"): IMAGE.hex()}}, True),
        ({"StringEqualsIgnoreCase": {name_of("ImageSha384"): IMAGE.hex().upper()}}, True),
        ({"StringEqualsIgnoreCase": {name_of("PCR0"): IMAGE.hex(), name_of("PCR3"): ROLE.hex()}}, True),
        ({"StringEqualsIgnoreCase": {name_of("PCR0"): IMAGE.hex(), name_of("PCR1"): ROLE.hex()}}, False),
        ({"StringEqualsIgnoreCase": {name_of("PCR4"): bytes(48).hex()}}, False),
        ({"StringEqualsIgnoreCase": {name_of("NitroTPMPCR0"): IMAGE.hex()}}, False),
    ],
    ids=str,
)
def test_conditions(server, kms, recipient, attested, condition, is_allowed):
    key = kms.create_key(Policy=policy(**condition))["KeyMetadata"]["Arn"]
    make = {"KeyId": key, "KeySpec": "AES_256"}
    # In clear never.
    with refused("AccessDeniedException"):
        kms.generate_data_key(**make)
    if not is_allowed:
        with refused("AccessDeniedException"):
            kms.generate_data_key(**make, Recipient=attested())
        return
    answer = kms.generate_data_key(**make, Recipient=attested())
    data_key = opened(server, recipient, answer, "Plaintext")
    again = kms.decrypt(CiphertextBlob=answer["CiphertextBlob"], Recipient=attested())
    assert opened(server, recipient, again, "Plaintext") == data_key
    with refused("AccessDeniedException"):
        kms.generate_data_key(**make, Recipient=attested(pcrs={0: bytes(48)}))
    # What is wrong with a document that proves nothing, is not told to those who need one.
    whole, stale = (attested(**fields)["AttestationDocument"] for fields in ({}, {"at": now() - HOUR}))
    for document in (b"x", tampered(whole), stale):
        with refused("AccessDeniedException"):
            kms.generate_data_key(**make, Recipient={**attested(), "AttestationDocument": document})


# The audit trail


def record_of(server, answer):
    request = answer["ResponseMetadata"]["RequestId"]
    lines = [
        json.loads(line)
        for path in sorted((pathlib.Path(server.data_dir) / "audit").glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    (record,) = [line for line in lines if line.get("requestID") == request]
    return record


def test_records_name_the_recipient(server, kms, key, attested):
    blob = kms.encrypt(KeyId=key, Plaintext=SECRET)["CiphertextBlob"]
    material = kms.decrypt(CiphertextBlob=blob)["KeyMaterialId"]
    record = record_of(server, kms.decrypt(CiphertextBlob=blob, Recipient=attested()))
    assert record["additionalEventData"] == {
        "keyMaterialId": material,
        "recipient": {
            "attestationDocumentModuleId": MODULE,
            "attestationDocumentEnclaveImageDigest": IMAGE.hex(),
        },
    }
    assert "recipient" not in record["requestParameters"]


def test_records_of_refusals(server, kms, key, attested):
    def refused_record(**parameters):
        with pytest.raises(kms.exceptions.ClientError) as raised:
            kms.generate_data_key(KeyId=key, KeySpec="AES_256", **parameters)
        return record_of(server, raised.value.response)

    # What is proven is recorded whatever comes of the request; what is not, is not.
    proven = refused_record(DryRun=True, Recipient=attested())
    assert proven["errorCode"] == "DryRunOperationException"
    assert proven["additionalEventData"]["recipient"]["attestationDocumentModuleId"] == MODULE
    unproven = refused_record(Recipient={**attested(), "AttestationDocument": b"x"})
    assert unproven["errorCode"] == "ValidationException"
    assert "recipient" not in unproven.get("additionalEventData", {})


# Serving with roots


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (None, NO_INPUT, "cannot read"),
        ("", DATA, "no certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", DATA, "not an X.509 certificate"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", DATA, "not a PEM file"),
    ],
    ids=["missing", "empty", "no certificate", "no certificates"],
)
def test_roots_that_make_no_sense(tmp_path, content, code, text):
    file = tmp_path / "root.pem"
    if content is not None:
        file.write_text(content)
        file.chmod(0o644)
    finished = run_keywright("serve", "--dev", "--port", "0", "--attestation-root", file)
    assert finished.returncode == code, finished
    assert text in finished.stderr and str(file) in finished.stderr


def test_roots_that_others_can_write(tmp_path, enclave):
    file = tmp_path / "root.pem"
    file.write_bytes(enclave.root_pem)
    file.chmod(0o666)
    finished = run_keywright("serve", "--dev", "--port", "0", "--attestation-root", file)
    assert finished.returncode == NO_PERMISSION, finished


@pytest.mark.parametrize("freshness", ["0", "-1", "soon", "100000"])
def test_freshness_that_makes_no_sense(freshness):
    finished = run_keywright("serve", "--dev", "--port", "0", f"--attestation-freshness={freshness}")
    assert finished.returncode == USAGE, finished


# The commands that stand in for an enclave


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A root that the command made, and a server that believes it."""
    folder = tmp_path_factory.mktemp("attest") / "roots"
    finished = run_keywright("attest-root", "create", "--out", folder, "--common-name", "laptop", "--days", "7")
    assert finished.returncode == 0, finished
    assert finished.stdout.split() == [str(folder / "attestation-root.pem"), str(folder / "attestation-root-key.pem")]
    with Server(folder.parent / "log", "--attestation-root", folder / "attestation-root.pem") as running:
        yield folder, running


def attest(folder, *arguments, **options):
    files = ("--root", folder / "attestation-root.pem", "--root-key", folder / "attestation-root-key.pem")
    return run_keywright("attest", *files, *arguments, **options)


def test_a_root(made, openssl):
    folder, server = made
    key, root = folder / "attestation-root-key.pem", folder / "attestation-root.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(root.stat().st_mode) == 0o644
    text = openssl("x509", "-in", root, "-noout", "-text").decode()
    assert re.search(r"Subject:.*CN ?= ?laptop", text)
    assert "ASN1 OID: secp384r1" in text and "CA:TRUE" in text
    assert openssl("pkey", "-in", key, "-pubout") == openssl("x509", "-in", root, "-noout", "-pubkey")
    assert "laptop" in server.log_text()
    before = key.read_bytes(), root.read_bytes()
    assert run_keywright("attest-root", "create", "--out", folder).returncode == CANNOT_CREATE
    assert (key.read_bytes(), root.read_bytes()) == before


@pytest.mark.parametrize("arguments", [("--days", "0"), ("--common-name", ""), ("--common-name", "x" * 65)], ids=str)
def test_roots_that_are_not_made(tmp_path, arguments):
    finished = run_keywright("attest-root", "create", "--out", tmp_path / "roots", *arguments)
    assert finished.returncode == USAGE, finished
    assert not (tmp_path / "roots").exists()


def test_a_whole_flow_with_the_command_line(made, tmp_path):
    folder, server = made
    private, document = tmp_path / "recipient.pem", tmp_path / "document"
    finished = attest(folder, "--generate-key", private, "--pcr", f"0={IMAGE.hex()}", "--out", document)
    assert finished.returncode == 0, finished
    assert stat.S_IMODE(private.stat().st_mode) == 0o600

    kms = kms_client(server)
    key = kms.create_key(
        Policy=policy(StringEqualsIgnoreCase={name_of("ImageSha384"): IMAGE.hex()})
    )["KeyMetadata"]["KeyId"]  # fmt: skip
    parameter = {
        "KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256",
        "AttestationDocument": base64.b64encode(document.read_bytes()).decode(),
    }
    finished = run_keywright(
        "generate-data-key", "--endpoint", server.url, "--key-id", key, "--key-spec", "AES_256",
        "--recipient", json.dumps(parameter),
        environment={
            "AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "development", "AWS_REGION": "us-east-1",
        },
    )  # fmt: skip
    assert finished.returncode == 0, finished
    answer = json.loads(finished.stdout)
    assert not answer.get("Plaintext")

    out = tmp_path / "data-key"
    opening = ("attest", "open", "--private-key", private, "--ciphertext-for-recipient")
    finished = run_keywright(*opening, "-", "--out", out, input=answer["CiphertextForRecipient"] + "\n")
    assert finished.returncode == 0, finished
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert len(out.read_bytes()) == 32
    # From a file, as it is.
    envelope = tmp_path / "envelope"
    envelope.write_bytes(base64.b64decode(answer["CiphertextForRecipient"]))
    again = tmp_path / "again"
    assert run_keywright(*opening, envelope, "--out", again).returncode == 0
    assert again.read_bytes() == out.read_bytes()


@pytest.mark.parametrize("form", ["PEM", "DER"])
def test_documents_over_a_key_of_ones_own(made, tmp_path, recipient, form):
    folder, server = made
    file = tmp_path / "public"
    public = recipient.public_key
    if form == "PEM":
        public = recipient.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    file.write_bytes(public)
    user_data = tmp_path / "user-data"
    user_data.write_bytes(b"hello")
    finished = attest(
        folder, "--public-key", file, "--user-data", user_data, "--nonce", "00ff", "--module-id", "i-1-enc2",
        "--pcr", f"0={IMAGE.hex()}", "--pcr", f"8={'ab' * 32}",
    )  # fmt: skip
    assert finished.returncode == 0, finished
    document = base64.b64decode(finished.stdout, validate=False)
    for part in (b"hello", b"\x00\xff", b"i-1-enc2", IMAGE, b"\xab" * 32, recipient.public_key):
        assert part in document
    parameter = {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": document}
    answer = kms_client(server).generate_random(NumberOfBytes=24, Recipient=parameter)
    plaintext = opened(server, recipient, answer, "Plaintext")

    private = tmp_path / "private.pem"
    for shape in (serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL):
        encoding = getattr(serialization.Encoding, form)
        private.write_bytes(recipient.key.private_bytes(encoding, shape, serialization.NoEncryption()))
        finished = subprocess.run(
            [BINARY, "attest", "open", "--private-key", private, "--ciphertext-for-recipient", "-"],
            input=answer["CiphertextForRecipient"], capture_output=True, timeout=60,
        )  # fmt: skip
        assert finished.returncode == 0, finished.stderr
        assert finished.stdout == plaintext


def test_a_document_without_registers_is_of_a_debug_enclave(made, tmp_path):
    folder, server = made
    document = tmp_path / "document"
    assert attest(folder, "--generate-key", tmp_path / "key.pem", "--out", document).returncode == 0
    kms = kms_client(server)
    key = kms.create_key(Policy=policy(StringEquals={name_of("PCR0"): "00" * 48}))["KeyMetadata"]["KeyId"]
    parameter = {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": document.read_bytes()}
    assert kms.generate_data_key(KeyId=key, KeySpec="AES_256", Recipient=parameter)["CiphertextForRecipient"]


def test_what_attest_refuses(made, tmp_path, recipient):
    folder, _ = made
    public = tmp_path / "public"
    public.write_bytes(recipient.public_key)
    keyed = ("--public-key", public)
    other = tmp_path / "other"
    assert run_keywright("attest-root", "create", "--out", other).returncode == 0
    long = tmp_path / "long"
    long.write_bytes(bytes(513))
    for arguments, code in (
        ((), USAGE),
        ((*keyed, "--generate-key", tmp_path / "key"), USAGE),
        ((*keyed, "--pcr", "0=ab"), USAGE),
        ((*keyed, "--pcr", f"32={IMAGE.hex()}"), USAGE),
        ((*keyed, "--pcr", f"0={IMAGE.hex()}", "--pcr", f"0={IMAGE.hex()}"), USAGE),
        ((*keyed, "--nonce", "abc"), USAGE),
        ((*keyed, "--module-id", ""), USAGE),
        ((*keyed, "--user-data", long), USAGE),
        (("--public-key", tmp_path / "missing"), NO_INPUT),
        (("--public-key", long), DATA),
        ((*keyed, "--root-key", other / "attestation-root-key.pem"), DATA),
        ((*keyed, "--out", tmp_path / "no" / "folder"), CANNOT_CREATE),
        (("--generate-key", public), CANNOT_CREATE),
    ):
        finished = attest(folder, *arguments)
        assert finished.returncode == code, (arguments, finished)
        assert finished.stderr.strip()
    assert public.read_bytes() == recipient.public_key


def test_what_cannot_be_opened(server, kms, enclave, recipient, tmp_path):
    answer = kms.generate_random(NumberOfBytes=32, Recipient=recipient.parameter(enclave))
    server.secrets.record(recipient.open(answer["CiphertextForRecipient"]), "random bytes")
    own, other = tmp_path / "own.pem", tmp_path / "other.pem"
    for file, key in ((own, recipient.key), (other, Recipient().key)):
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    envelope = base64.b64encode(answer["CiphertextForRecipient"]).decode()
    for key, text, code in (
        (other, envelope, DATA),
        (own, envelope[:-8], DATA),
        (own, "", DATA),
        (own, "MIAGCSqGSIb3DQEHA6CA", DATA),
        (tmp_path / "missing", envelope, NO_INPUT),
    ):
        finished = run_keywright("attest", "open", "--private-key", key, "--ciphertext-for-recipient", "-", input=text)
        assert finished.returncode == code, finished
        assert not finished.stdout


def test_explain_takes_registers(server, kms):
    key = kms.create_key(Policy=policy(StringEquals={name_of("ImageSha384"): IMAGE.hex()}))["KeyMetadata"]["KeyId"]
    asking = ("explain", "--data-dir", server.data_dir, "--principal", ACCOUNT, "--key", key, "--action")
    assert run_keywright(*asking, "kms:Decrypt").returncode == 1
    assert run_keywright(*asking, "kms:Decrypt", "--pcr", f"0={IMAGE.hex()}").returncode == 0
    assert run_keywright(*asking, "kms:Decrypt", "--pcr", f"3={IMAGE.hex()}").returncode == 1
    finished = run_keywright(*asking, "kms:Encrypt", "--pcr", f"0={IMAGE.hex()}")
    assert finished.returncode == USAGE, finished
