"""Fixtures: a development server for all tests that need nothing special, and what starts others."""

import itertools
import subprocess
import typing

import pytest

pytest.register_assert_rewrite("answer_shapes", "clients", "key_material", "server", "wire")

from clients import CommandLine, administrator_client, kms_client
from server import BINARY, Server, clean_environment
from wire import Wire

_accounts = itertools.count(200000000001)


def pytest_configure(config):
    if not BINARY.exists():
        raise pytest.UsageError(
            f"{BINARY} is missing: build it first (scripts/build), or name another in KEYWRIGHT_BINARY"
        )


@pytest.fixture(scope="session")
def dev(tmp_path_factory):
    """A server with --dev on a temporary store, shared by all tests."""
    with Server(tmp_path_factory.mktemp("dev") / "log", "--log-level", "debug") as server:
        yield server


@pytest.fixture(autouse=True)
def shared_server_survives(request):
    """Blames the very test that ends the shared server."""
    yield
    if "dev" in request.fixturenames:
        server = request.getfixturevalue("dev")
        assert server.process.poll() is None, f"the server exited with {server.process.returncode} during this test"


@pytest.fixture(scope="session")
def kms(dev):
    """A boto3 client of the shared server."""
    return kms_client(dev)


@pytest.fixture(scope="session")
def unchecked(dev):
    """A boto3 client that sends whatever it is given, for the server to check."""
    return kms_client(dev, validate=False)


@pytest.fixture(scope="session")
def cli(dev):
    """The AWS CLI, pointed at the shared server."""
    return CommandLine(dev)


@pytest.fixture
def wire(dev):
    """A connection to the shared server for hand-made requests."""
    connection = Wire(dev)
    yield connection
    connection.close()


@pytest.fixture
def account():
    """An account that no other test uses."""
    return str(next(_accounts))


@pytest.fixture
def own(dev, account):
    """A boto3 client in an account that no other test uses."""
    return kms_client(dev, account=account)


@pytest.fixture(scope="module")
def key(kms):
    """A symmetric encryption key, enabled, for the tests of one file. They leave its state alone."""
    return kms.create_key(Description="shared by the tests of one file")["KeyMetadata"]


@pytest.fixture(scope="module")
def keys(kms):
    """One key of each kind that the tests refuse or use, by a short name."""
    made = {
        "symmetric": kms.create_key(),
        "other": kms.create_key(),
        "signing": kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY"),
        "rsa": kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT"),
        "mac": kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC"),
        "disabled": kms.create_key(),
        "leaving": kms.create_key(),
        "importing": kms.create_key(Origin="EXTERNAL"),
    }
    made = {name: answer["KeyMetadata"] for name, answer in made.items()}
    kms.disable_key(KeyId=made["disabled"]["KeyId"])
    kms.schedule_key_deletion(KeyId=made["leaving"]["KeyId"], PendingWindowInDays=7)
    return made


class MadeKey(typing.NamedTuple):
    """A key that many tests use, and none changes."""

    id: str
    arn: str
    public: bytes | None


@pytest.fixture(scope="session")
def keys_of(kms):
    """Keys by spec and usage, each made once: RSA keys take their time. `number` asks for a second one."""
    made = {}

    def key(spec, usage, number=0):
        name = (spec, usage, number)
        if name not in made:
            metadata = kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
            is_secret = spec.startswith(("HMAC", "SYMMETRIC"))
            public = None if is_secret else kms.get_public_key(KeyId=metadata["KeyId"])["PublicKey"]
            made[name] = MadeKey(metadata["KeyId"], metadata["Arn"], public)
        return made[name]

    return key


@pytest.fixture
def alias(kms, request):
    """Makes aliases for keys; returns the name."""
    numbers = itertools.count()

    def make(key_id):
        name = f"alias/{request.node.name[:80].translate(_safe)}-{next(numbers)}-{next(_accounts)}"
        kms.create_alias(AliasName=name, TargetKeyId=key_id)
        return name

    return make


_safe = {ord(character): "-" for character in "[]., :()='\""}


@pytest.fixture
def start(tmp_path):
    """Starts servers of a test's own, and stops and examines whichever still run at its end."""
    numbers = itertools.count()
    running = []

    def make(*arguments, **options):
        server = Server(tmp_path / f"log-{next(numbers)}", *arguments, **options).start()
        running.append(server)
        return server

    yield make
    for server in running:
        if server.process.poll() is None:
            assert server.stop() == 0, server.log_text()[-4000:]
        server.examine_log()


@pytest.fixture(scope="session")
def verified(tmp_path_factory):
    """A server that verifies signatures, for two Regions; for clients that choose endpoints by their environment."""
    folder = tmp_path_factory.mktemp("verified")
    arguments = ("--region", "us-east-1", "--region", "us-west-2", "--log-level", "debug")
    with Server(folder / "log", *arguments, dev=False, data_dir=folder / "data") as server:
        yield server


@pytest.fixture(scope="session")
def administrator(verified):
    """A boto3 client of that server, with the administrator's credentials."""
    return administrator_client(verified)


@pytest.fixture
def environment(verified, administrator, monkeypatch):
    """The environment that points AWS clients in this process at that server."""
    credentials = verified.administrator()
    settings = {
        "AWS_ENDPOINT_URL_KMS": verified.url,
        "AWS_ACCESS_KEY_ID": credentials["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
    }
    for name, value in clean_environment({"AWS_DEFAULT_REGION": "us-east-1", **settings}).items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def openssl():
    """Runs an openssl command on bytes."""

    def run(*arguments, input=b""):
        finished = subprocess.run(["openssl", *map(str, arguments)], input=input, capture_output=True, timeout=60)
        assert finished.returncode == 0, finished.stderr.decode(errors="replace")
        return finished.stdout

    return run
