"""MongoDB's client-side field level encryption: libmongocrypt, unchanged, over TLS, signatures verified.

Libmongocrypt writes its own HTTP requests and signs them itself. What a MongoDB driver does for it, its sockets and its
key vault, is done here.
"""

import socket
import ssl
import uuid

import bson
import pytest
from bson import binary
from pymongocrypt.errors import MongoCryptError
from pymongocrypt.mongocrypt import MongoCryptOptions
from pymongocrypt.synchronous.explicit_encrypter import ExplicitEncrypter
from pymongocrypt.synchronous.state_machine import MongoCryptCallback

from clients import administrator_client
from server import Server
from xks_proxy import Authority

ALGORITHMS = ["AEAD_AES_256_CBC_HMAC_SHA_512-Deterministic", "AEAD_AES_256_CBC_HMAC_SHA_512-Random"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def server(authority, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mongodb")
    # The file holds the key and the certificate.
    file = authority.issue("127.0.0.1")
    arguments = ("--tls-certificate", file, "--tls-key", file, "--log-level", "debug")
    with Server(folder / "log", *arguments, dev=False, data_dir=folder / "data", tls_ca=authority.file) as server:
        yield server


@pytest.fixture(scope="module")
def kms(server):
    return administrator_client(server)


class Driver(MongoCryptCallback):
    """What a driver does for libmongocrypt."""

    def __init__(self, authority):
        self.tls = ssl.create_default_context(cafile=str(authority.file))
        self.vault, self.requests = [], []

    def kms_request(self, kms_context):
        self.requests.append(kms_context.message)
        host, _, port = kms_context.endpoint.partition(":")
        with socket.create_connection((host, int(port)), timeout=20) as plain:
            with self.tls.wrap_socket(plain, server_hostname=host) as connection:
                connection.sendall(kms_context.message)
                while kms_context.bytes_needed > 0:
                    data = connection.recv(kms_context.bytes_needed)
                    assert data, "the service closed the connection before the answer was complete"
                    kms_context.feed(data)

    def insert_data_key(self, data_key):
        document = bson.decode(data_key)
        self.vault.append(document)
        return document["_id"]

    def fetch_keys(self, filter):
        either = bson.decode(filter).get("$or")
        wanted = either and either[0]["_id"]["$in"]  # a rewrap wants all there are
        return [bson.encode(document) for document in self.vault if wanted is None or document["_id"] in wanted]

    def bson_encode(self, doc):
        return bson.encode(doc)

    def collection_info(self, database, filter):
        raise NotImplementedError

    def mark_command(self, database, cmd):
        raise NotImplementedError

    def close(self):
        pass


@pytest.fixture
def driver(authority):
    return Driver(authority)


@pytest.fixture
def encrypter(server, driver):
    """Makes encrypters: each has a cache of its own, which would otherwise save it from asking KMS to decrypt."""
    made = []

    def make(**changed):
        credentials = server.administrator()
        provider = {
            "accessKeyId": credentials["AccessKeyId"],
            "secretAccessKey": credentials["SecretAccessKey"],
            **changed,
        }
        options = MongoCryptOptions({"aws": provider}, bypass_encryption=True)
        made.append(ExplicitEncrypter(driver, options))
        return made[-1]

    yield make
    for encrypter in made:
        encrypter.close()


@pytest.fixture
def master_key(server, kms):
    """The KMS key as a driver is told of it."""
    arn = kms.create_key()["KeyMetadata"]["Arn"]
    return {"region": "us-east-1", "key": arn, "endpoint": f"127.0.0.1:{server.port}"}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_value_there_and_back(encrypter, driver, master_key, algorithm):
    data_key = encrypter().create_data_key("aws", master_key, key_alt_names=["of a test"])
    (document,) = driver.vault
    assert document["masterKey"]["provider"] == "aws"
    assert len(document["keyMaterial"]) > 96
    key_id = uuid.UUID(bytes=bytes(data_key)).bytes
    sealed = encrypter().encrypt(bson.encode({"v": "a secret value"}), algorithm, key_id=key_id)
    assert b"a secret value" not in sealed
    assert bson.decode(encrypter().decrypt(sealed)) == {"v": "a secret value"}
    operations = [request.partition(b"TrentService.")[2].partition(b"\r\n")[0] for request in driver.requests]
    assert operations == [b"Encrypt", b"Decrypt", b"Decrypt"]


def test_it_signs_its_length(encrypter, driver, master_key):
    """Unlike other clients: a server that changed the header on its way in would find the signature wrong."""
    encrypter().create_data_key("aws", master_key)
    assert b"SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-target" in driver.requests[0]
    assert b"\r\nConnection:close\r\n" in driver.requests[0].replace(b": ", b":")


def test_rewrap(kms, encrypter, driver, master_key):
    data_key = encrypter().create_data_key("aws", master_key)
    sealed = encrypter().encrypt(bson.encode({"v": 42}), ALGORITHMS[1], key_id=bytes(data_key))
    other = kms.create_key()["KeyMetadata"]["Arn"]
    moved = encrypter().rewrap_many_data_key({}, "aws", {**master_key, "key": other})
    (document,) = bson.decode(moved)["v"]
    assert document["masterKey"]["key"] == other
    assert document["keyMaterial"] != driver.vault[0]["keyMaterial"]
    driver.vault[0].update(keyMaterial=document["keyMaterial"], masterKey=document["masterKey"])
    kms.disable_key(KeyId=master_key["key"])
    assert bson.decode(encrypter().decrypt(sealed)) == {"v": 42}


def test_a_key_that_is_disabled(kms, encrypter, driver, master_key):
    data_key = encrypter().create_data_key("aws", master_key)
    kms.disable_key(KeyId=master_key["key"])
    with pytest.raises(MongoCryptError, match="DisabledException"):
        encrypter().encrypt(bson.encode({"v": 1}), ALGORITHMS[0], key_id=bytes(data_key))


def test_wrong_secret(encrypter, master_key):
    with pytest.raises(MongoCryptError, match="InvalidSignatureException"):
        encrypter(secretAccessKey="x" * 40).create_data_key("aws", master_key)


def test_what_the_vault_holds_is_ciphertext_of_kms(kms, encrypter, driver, master_key):
    encrypter().create_data_key("aws", master_key)
    material = bytes(driver.vault[0]["keyMaterial"])
    opened = kms.decrypt(CiphertextBlob=material)
    assert len(opened["Plaintext"]) == 96
    assert opened["KeyId"] == master_key["key"]
    assert driver.vault[0]["_id"].subtype == binary.UUID_SUBTYPE
