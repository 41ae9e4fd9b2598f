"""Sessions of web identities: AssumeRoleWithWebIdentity with tokens that are made here."""

import base64
import hashlib
import hmac
import http.server
import json
import socket
import threading
import time

import boto3
import botocore
import botocore.config
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from clients import kms_client, refused
from server import Server, run_keywright

ACCOUNT = "111122223333"
FILE_ISSUER, WEB_ISSUER = "https://token.example.com/files", "https://token.example.com/web"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"


def encode(data):
    if not isinstance(data, bytes):
        data = json.dumps(data).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value, length=None):
    return encode(value.to_bytes(length or (value.bit_length() + 7) // 8, "big"))


class Signer:
    """A key of an identity provider."""

    def __init__(self, algorithm, key_id="key-1"):
        self.algorithm, self.key_id = algorithm, key_id
        kind = algorithm[:2]
        self.hash = {"256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}.get(algorithm[2:])
        if kind in ("RS", "PS"):
            self.key = rsa.generate_private_key(65537, 2048)
            public = self.key.public_key().public_numbers()
            self.members = {"kty": "RSA", "n": number(public.n), "e": number(public.e)}
        elif kind == "ES":
            curve, name, self.size = {
                "ES256": (ec.SECP256R1(), "P-256", 32),
                "ES384": (ec.SECP384R1(), "P-384", 48),
                "ES512": (ec.SECP521R1(), "P-521", 66),
            }[algorithm]
            self.key = ec.generate_private_key(curve)
            public = self.key.public_key().public_numbers()
            x, y = number(public.x, self.size), number(public.y, self.size)
            self.members = {"kty": "EC", "crv": name, "x": x, "y": y}
        else:
            self.key = ed25519.Ed25519PrivateKey.generate()
            self.members = {"kty": "OKP", "crv": "Ed25519", "x": encode(self.key.public_key().public_bytes_raw())}

    @property
    def jwk(self):
        return {**self.members, "kid": self.key_id, "use": "sig", "alg": self.algorithm}

    def sign(self, content):
        kind = self.algorithm[:2]
        if kind == "RS":
            return self.key.sign(content, padding.PKCS1v15(), self.hash())
        if kind == "PS":
            scheme = padding.PSS(padding.MGF1(self.hash()), self.hash().digest_size)
            return self.key.sign(content, scheme, self.hash())
        if kind == "ES":
            r, s = utils.decode_dss_signature(self.key.sign(content, ec.ECDSA(self.hash())))
            return r.to_bytes(self.size, "big") + s.to_bytes(self.size, "big")
        return self.key.sign(content)

    def token(self, claims, sign=None, **header):
        header = {"alg": self.algorithm, "kid": self.key_id, "typ": "JWT", **header}
        content = f"{encode(header)}.{encode(claims)}"
        return f"{content}.{encode((sign or self.sign)(content.encode()))}"


def claims(issuer=FILE_ISSUER, **changed):
    now = int(time.time())
    all = {"iss": issuer, "sub": "repo:x/y:ref:main", "aud": "client", "iat": now, "exp": now + 600, **changed}
    return {name: value for name, value in all.items() if value is not None}


SIGNERS = {name: Signer(name, f"key-{name}") for name in ("RS256", "RS512", "PS384", "ES256", "ES384", "ES512", "EdDSA")}


class KeyServer:
    """A provider's address, which counts how often its keys are fetched."""

    def __init__(self):
        self.keys, self.fetches = [], 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.fetches += 1
                body = json.dumps({"keys": outer.keys}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/jwks.json"


@pytest.fixture(scope="module")
def key_server():
    served = KeyServer()
    served.keys = [SIGNERS["ES256"].jwk]
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory, key_server):
    folder = tmp_path_factory.mktemp("web-identity")
    keys = folder / "jwks.json"
    other = {"kty": "oct", "k": "AAAA", "kid": "shared"}
    keys.write_text(json.dumps({"keys": [other, *(signer.jwk for signer in SIGNERS.values())]}))
    statements = [
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer.removeprefix('https://')}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringLike": {f"{issuer.removeprefix('https://')}:sub": "repo:x/*"}},
        }
        for issuer in (FILE_ISSUER, WEB_ISSUER)
    ]
    allowed = {
        "Effect": "Allow",
        "Action": ["kms:ListKeys"],
        "Resource": "*",
        "Condition": {"StringEquals": {"token.example.com/files:sub": "repo:x/y:ref:main"}},
    }
    identities = {
        "accounts": [
            {
                "id": ACCOUNT,
                "roles": [
                    {
                        "name": "app",
                        "trustPolicy": {"Version": "2012-10-17", "Statement": statements},
                        "policies": [{"Version": "2012-10-17", "Statement": [allowed]}],
                    }
                ],
                "identityProviders": [
                    {"url": FILE_ISSUER, "clientIDs": ["client", "second"], "keys": f"file:{keys}"},
                    {"url": WEB_ISSUER, "clientIDs": ["client"], "keys": key_server.url},
                ],
            }
        ]
    }
    file = folder / "identities.json"
    file.write_text(json.dumps(identities))
    arguments = ("--identities", file, "--log-level", "debug")
    with Server(folder / "log", *arguments, dev=False, data_dir=folder / "data") as server:
        yield server


def assume(server, token, role=ROLE, **more):
    sts = boto3.client(
        "sts",
        endpoint_url=server.url,
        region_name="us-east-1",
        config=botocore.config.Config(
            signature_version=botocore.UNSIGNED, retries={"total_max_attempts": 1}, parameter_validation=False
        ),
    )
    return sts.assume_role_with_web_identity(
        RoleArn=role, RoleSessionName="session", WebIdentityToken=token, **more
    )


@pytest.mark.parametrize("signer", SIGNERS.values(), ids=SIGNERS)
def test_a_token_begins_a_session(server, signer):
    answer = assume(server, signer.token(claims()))
    credentials = answer["Credentials"]
    server.secrets.record_text(credentials["SecretAccessKey"], "a temporary secret access key")
    assert answer["SubjectFromWebIdentityToken"] == "repo:x/y:ref:main"
    assert answer["Audience"] == "client"
    assert answer["Provider"] == f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.example.com/files"
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/app/session"
    session = {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }
    identity = kms_client(server, service="sts", **session).get_caller_identity()
    assert identity["Arn"] == answer["AssumedRoleUser"]["Arn"]
    kms_client(server, **session).list_keys()
    with refused("AccessDeniedException"):
        kms_client(server, **session).list_aliases()


def test_claims_go_with_the_session(server):
    """The role may list keys for one subject only."""
    answer = assume(server, SIGNERS["ES256"].token(claims(sub="repo:x/other")))
    credentials = answer["Credentials"]
    session = {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }
    with refused("AccessDeniedException"):
        kms_client(server, **session).list_keys()


def test_the_trust_policy_decides(server):
    signer = SIGNERS["ES256"]
    text = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
    with refused("AccessDenied", text, status=403):
        assume(server, signer.token(claims(sub="repo:z/y")))
    with refused("AccessDenied", text, status=403):
        assume(server, signer.token(claims()), role=f"arn:aws:iam::{ACCOUNT}:role/none")


def hmac_with_the_public_key(signer):
    secret = base64.urlsafe_b64decode(signer.members["n"] + "==")
    return signer.token(claims(), sign=lambda content: hmac.digest(secret, content, hashlib.sha256), alg="HS256")


REFUSED = {
    "another key of the name": lambda: Signer("ES256", "key-ES256").token(claims()),
    "another key": lambda: Signer("RS256", "unknown").token(claims()),
    "another algorithm of the key": lambda: SIGNERS["RS256"].token(claims(), alg="RS512"),
    "PSS for PKCS1": lambda: SIGNERS["RS256"].token(claims(), alg="PS256"),
    "none": lambda: SIGNERS["ES256"].token(claims(), sign=lambda _: b"", alg="none"),
    "none with a signature": lambda: SIGNERS["ES256"].token(claims(), alg="none"),
    "HMAC with the public key": lambda: hmac_with_the_public_key(SIGNERS["RS256"]),
    "HMAC with the shared key": lambda: SIGNERS["RS256"].token(
        claims(), sign=lambda content: hmac.digest(b"\0\0\0", content, hashlib.sha256), alg="HS256", kid="shared"
    ),
    "DER instead of two numbers": lambda: SIGNERS["ES256"].token(
        claims(), sign=lambda content: SIGNERS["ES256"].key.sign(content, ec.ECDSA(hashes.SHA256()))
    ),
    "zeros": lambda: SIGNERS["ES256"].token(claims(), sign=lambda _: bytes(64)),
    "no signature": lambda: SIGNERS["ES256"].token(claims(), sign=lambda _: b""),
    "two parts": lambda: SIGNERS["ES256"].token(claims()).rpartition(".")[0],
    "a key in the header": lambda: Signer("ES256", "own").token(claims(), jwk=Signer("ES256", "own").jwk),
    "critical extension": lambda: SIGNERS["ES256"].token(claims(), crit=["x"], x=1),
    "another issuer": lambda: SIGNERS["ES256"].token(claims(issuer="https://evil.example.com")),
    "another audience": lambda: SIGNERS["ES256"].token(claims(aud="other")),
    "no audience": lambda: SIGNERS["ES256"].token(claims(aud=None)),
    "no subject": lambda: SIGNERS["ES256"].token(claims(sub=None)),
    "no expiry": lambda: SIGNERS["ES256"].token(claims(exp=None)),
    "not valid yet": lambda: SIGNERS["ES256"].token(claims(nbf=int(time.time()) + 900)),
    "issued in the future": lambda: SIGNERS["ES256"].token(claims(iat=int(time.time()) + 900)),
    "not a token": lambda: "not a token",
}


@pytest.mark.parametrize("token", REFUSED.values(), ids=REFUSED)
def test_tokens_that_prove_nobody(server, token):
    with refused("InvalidIdentityToken"):
        assume(server, token())


def test_texts(server):
    with refused("InvalidIdentityToken", "Incorrect token audience"):
        assume(server, SIGNERS["ES256"].token(claims(aud="other")))
    with refused(
        "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://evil.example.com"
    ):
        assume(server, SIGNERS["ES256"].token(claims(issuer="https://evil.example.com")))


def test_an_expired_token(server):
    expiry = int(time.time()) - 1000
    with refused("ExpiredTokenException") as refusal:
        assume(server, SIGNERS["ES256"].token(claims(iat=expiry - 600, exp=expiry)))
    assert refusal.refusal.message.endswith(f"must be before the expiration date/time {expiry}")


def test_several_audiences(server):
    assert assume(server, SIGNERS["ES256"].token(claims(aud=["other", "second"])))["Audience"] == "second"


def test_an_altered_token(server):
    header, payload, signature = SIGNERS["ES256"].token(claims()).split(".")
    changed = encode(claims(sub="repo:x/admin"))
    with refused("InvalidIdentityToken"):
        assume(server, f"{header}.{changed}.{signature}")
    assume(server, f"{header}.{payload}.{signature}")


def test_keys_are_fetched_from_an_address(server, key_server):
    known, new = SIGNERS["ES256"], Signer("ES256", "new")
    assume(server, known.token(claims(issuer=WEB_ISSUER)))
    fetches = key_server.fetches
    key_server.keys = [known.jwk, new.jwk]
    # Keys were fetched less than a minute ago: nobody can make the service ask again and again.
    for _ in range(5):
        with refused("InvalidIdentityToken"):
            assume(server, new.token(claims(issuer=WEB_ISSUER)))
    assume(server, known.token(claims(issuer=WEB_ISSUER)))
    assert key_server.fetches == fetches
    # A key of one provider is none of another's.
    with refused("InvalidIdentityToken"):
        assume(server, SIGNERS["ES384"].token(claims(issuer=WEB_ISSUER)))


def test_parameters(server):
    token = SIGNERS["ES256"].token(claims())
    with refused("ValidationError"):
        assume(server, token, DurationSeconds=899)
    with refused(
        "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    ):
        assume(server, token, DurationSeconds=3601)
    with refused("MalformedPolicyDocument"):
        assume(server, token, Policy="{")
    with refused("ValidationError"):
        assume(server, token, role="arn:aws:s3:::not-a-role-but-long")


def test_tokens_stay_out_of_the_log(server):
    token = SIGNERS["ES256"].token(claims())
    assume(server, token)
    with refused("InvalidIdentityToken"):
        assume(server, token[:-4])
    assert token.split(".")[1] not in server.log_text()


def test_a_provider_that_is_down(start, tmp_path):
    identities = {
        "accounts": [
            {
                "id": ACCOUNT,
                "identityProviders": [
                    {"url": WEB_ISSUER, "clientIDs": ["client"], "keys": "http://127.0.0.1:9/jwks.json"}
                ],
            }
        ]
    }
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(identities))
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    with refused("IDPCommunicationError"):
        assume(server, SIGNERS["ES256"].token(claims(issuer=WEB_ISSUER)))


@pytest.fixture
def silent():
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield listener.getsockname()[1]


def test_a_provider_that_never_answers_keeps_few_waiting(start, tmp_path, silent):
    address = f"http://127.0.0.1:{silent}/jwks.json"
    provider = {"url": WEB_ISSUER, "clientIDs": ["client"], "keys": address}
    file = tmp_path / "identities.json"
    file.write_text(json.dumps({"accounts": [{"id": ACCOUNT, "identityProviders": [provider]}]}))
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    token = SIGNERS["ES256"].token(claims(issuer=WEB_ISSUER), kid="made-up")
    times, failures = [], []

    def ask():
        begin = time.monotonic()
        try:
            with refused("IDPCommunicationError"):
                assume(server, token)
            times.append(time.monotonic() - begin)
        except BaseException as failure:
            failures.append(failure)

    assume_once = threading.Thread(target=ask)
    assume_once.start()
    time.sleep(1)  # It waits now.
    callers = [assume_once, *(threading.Thread(target=ask) for _ in range(39))]
    for caller in callers[1:]:
        caller.start()
    for caller in callers:
        caller.join()
    assert failures == []
    assert len([taken for taken in times if taken > 2.5]) <= 16, sorted(times)
    assert max(times) < 9, "five seconds, on a machine that may be busy"


@pytest.mark.parametrize(
    "mode, code", [(0o644, 0), (0o600, 0), (0o664, 77), (0o646, 77), (0o666, 77)], ids=["644", "600", "664", "646", "666"]
)
def test_keys_that_others_can_write_are_not_believed(start, tmp_path, mode, code):
    keys, file = tmp_path / "keys.json", tmp_path / "identities.json"
    keys.write_text(json.dumps({"keys": [SIGNERS["ES256"].jwk]}))
    keys.chmod(mode)
    provider = {"url": FILE_ISSUER, "clientIDs": ["client"], "keys": f"file:{keys}"}
    file.write_text(json.dumps({"accounts": [{"id": ACCOUNT, "identityProviders": [provider]}]}))
    if code == 0:
        server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
        # The token is believed; there is no such role.
        with refused("AccessDenied", status=403):
            assume(server, SIGNERS["ES256"].token(claims()))
    else:
        finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", file)
        assert finished.returncode == code, finished
        assert str(keys) in finished.stderr and "others can write" in finished.stderr
        assert not (tmp_path / "data").exists()


def test_without_providers_nobody_is_believed(verified):
    token = SIGNERS["ES256"].token(claims())
    with refused("InvalidIdentityToken", f"No OpenIDConnect provider found in your account for {FILE_ISSUER}"):
        assume(verified, token)


def test_other_actions_must_be_signed(server):
    sts = boto3.client(
        "sts",
        endpoint_url=server.url,
        region_name="us-east-1",
        config=botocore.config.Config(signature_version=botocore.UNSIGNED, retries={"total_max_attempts": 1}),
    )
    with refused("MissingAuthenticationToken", "Request is missing Authentication Token", status=403):
        sts.get_caller_identity()
    with refused("MissingAuthenticationToken", status=403):
        sts.assume_role(RoleArn=ROLE, RoleSessionName="session")
