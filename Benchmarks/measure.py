"""Drives wrk against the service and its floors, and prints the ratios. Started by Benchmarks/run."""

import argparse
import base64
import contextlib
import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

BINARY = os.environ.get("KEYWRIGHT_BINARY", ".build/release/keywright")
SPECS = {
    "RSA_2048": "rsa2048", "RSA_3072": "rsa3072", "RSA_4096": "rsa4096", "ECC_NIST_P256": "nistP256", "ECC_NIST_P384": "nistP384",
    "ECC_NIST_P521": "nistP521", "ECC_SECG_P256K1": "secp256k1", "ECC_NIST_EDWARDS25519": "edwards25519", "SM2": "sm2",
}
SIGNING_SPECS = SPECS | {"ML_DSA_44": "mlDSA44", "ML_DSA_65": "mlDSA65", "ML_DSA_87": "mlDSA87"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def running(*arguments):
    process = subprocess.Popen([BINARY, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_for(url):
    for _ in range(200):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=1)
        time.sleep(0.05)
    raise SystemExit(f"nothing answers at {url}")


class Load:
    """One request, signed once, to be sent many times."""

    def __init__(self, url, credentials, operation, parameters):
        request = AWSRequest(
            "POST", url + "/", data=json.dumps(parameters).encode(),
            headers={"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"TrentService.{operation}"})
        SigV4Auth(credentials, "kms", "us-east-1").add_auth(request)
        self.url, self.request = url, request

    def command(self, seconds, connections, script):
        quote = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        lines = ['wrk.method = "POST"', f"wrk.body = {quote(self.request.data.decode())}"]
        lines += [f"wrk.headers[{quote(name)}] = {quote(value)}" for name, value in self.request.headers.items()]
        script.write("\n".join(lines))
        script.flush()
        threads = min(2, connections)
        return ["wrk", "--latency", "--timeout", "60s", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-s", script.name, self.url]

    def run(self, seconds, connections):
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            return Result(subprocess.run(self.command(seconds, connections, script), capture_output=True, text=True, check=True).stdout)


class Result:
    def __init__(self, text):
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        if refused:
            raise SystemExit(f"{refused.group(1)} requests were refused\n{text}")
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        self.p50, self.p99 = (self.milliseconds(text, percent) for percent in (50, 99))

    @staticmethod
    def milliseconds(text, percent):
        value, unit = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s)", text).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    def __str__(self):
        return f"{self.rate:10.1f} /s   p50 {self.p50:9.3f} ms   p99 {self.p99:9.3f} ms"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=8)
    options.add_argument("--connections", type=int, default=32)
    options.add_argument("--only", choices=["requests", "pairs", "signatures", "mixed", "access", "recipients"], help="one part")
    options = options.parse_args()
    if options.only in (None, "access"):
        access(options)
    if options.only in (None, "recipients"):
        recipients(options)
    if options.only in ("access", "recipients"):
        return
    port, floor_port = free_port(), free_port()
    with tempfile.TemporaryDirectory() as data, running("serve", "--data-dir", data, "--port", str(port), "--log-level", "error"), \
            running("bench", "empty-handler", "--port", str(floor_port)):
        url = f"http://127.0.0.1:{port}"
        wait_for(url + "/health")
        wait_for(f"http://127.0.0.1:{floor_port}/health")
        with open(os.path.join(data, "administrator.json")) as file:
            administrator = json.load(file)
        credentials = Credentials(administrator["AccessKeyId"], administrator["SecretAccessKey"])
        measure(options, url, f"http://127.0.0.1:{floor_port}", credentials)


def measure(options, url, floor_url, credentials):
    kms = boto3.client("kms", endpoint_url=url, region_name="us-east-1", aws_access_key_id=credentials.access_key, aws_secret_access_key=credentials.secret_key)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    parts = {"requests": requests, "pairs": pairs, "signatures": signatures, "mixed": mixed}
    for name, part in parts.items():
        if options.only in (None, name):
            part(options, url, floor_url, credentials, kms, key)


def data_key(key):
    return {"KeyId": key, "KeySpec": "AES_256", "EncryptionContext": {"tenant": "blue"}}


def requests(options, url, floor_url, credentials, kms, key):
    context = {"tenant": "blue"}
    blob = kms.encrypt(KeyId=key, Plaintext=bytes(32), EncryptionContext=context)["CiphertextBlob"]
    operations = {
        "GenerateDataKey": data_key(key),
        "Encrypt": {"KeyId": key, "Plaintext": base64.b64encode(bytes(32)).decode(), "EncryptionContext": context},
        "Decrypt": {"CiphertextBlob": base64.b64encode(blob).decode(), "EncryptionContext": context},
    }
    print(f"\nRequests, {options.connections} connections, {options.seconds} s each; ratio to the empty handler measured just before")
    for operation, parameters in operations.items():
        floor = Load(floor_url, credentials, operation, parameters).run(options.seconds, options.connections)
        result = Load(url, credentials, operation, parameters).run(options.seconds, options.connections)
        print(f"  {'empty handler':24}{floor}")
        print(f"  {operation:24}{result}   ratio {result.rate / floor.rate:.2f}")


def bare_loop(options, name):
    """The lines of a bare loop over the library."""
    arguments = [BINARY, "bench", name, "--seconds", str(options.seconds)]
    return [line.split() for line in subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.splitlines()]


def pairs(options, url, floor_url, credentials, kms, key):
    print("\nKey pairs, 4 connections; ratio to a bare loop over the library on every processor")
    bare = dict(bare_loop(options, "key-generation"))
    for spec, name in SPECS.items():
        seconds = max(options.seconds, 20) if spec == "RSA_4096" else options.seconds
        result = Load(url, credentials, "GenerateDataKeyPair", {"KeyId": key, "KeyPairSpec": spec}).run(seconds, 4)
        library = float(bare[name])
        print(f"  {spec:24}{result}   library {library:10.1f} /s   ratio {result.rate / library:.2f}")


def signatures(options, url, floor_url, credentials, kms, key):
    print("\nSignatures over 64 bytes, 4 connections; ratio to a bare loop over the library on every processor")
    bare = {(name, algorithm): rates for name, algorithm, *rates in bare_loop(options, "signatures")}
    for spec, name in SIGNING_SPECS.items():
        metadata = kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]
        for algorithm in metadata["SigningAlgorithms"]:
            message = {"KeyId": metadata["KeyId"], "Message": bytes(64), "SigningAlgorithm": algorithm,
                       "MessageType": "DIGEST" if algorithm == "ED25519_PH_SHA_512" else "RAW"}
            signature = kms.sign(**message)["Signature"]
            message["Message"] = base64.b64encode(message["Message"]).decode()
            for operation, rate, more in [("Sign", 0, {}), ("Verify", 1, {"Signature": base64.b64encode(signature).decode()})]:
                result = Load(url, credentials, operation, message | more).run(options.seconds, 4)
                library = float(bare[name, algorithm][rate])
                print(f"  {spec:22}{algorithm:26}{operation:7}{result}   library {library:10.1f} /s   ratio {result.rate / library:.2f}")


def mixed(options, url, floor_url, credentials, kms, key):
    print("\nA slow operation beside a fast one")
    slow = Load(url, credentials, "GenerateDataKeyPair", {"KeyId": key, "KeyPairSpec": "RSA_4096"})
    fast = Load(url, credentials, "GenerateDataKey", data_key(key))
    alone = fast.run(options.seconds, 4)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        background = subprocess.Popen(slow.command(options.seconds + 4, 4, script), stdout=subprocess.DEVNULL)
        time.sleep(1)
        beside = fast.run(options.seconds, 4)
        background.wait()
    print(f"  {'GenerateDataKey alone':24}{alone}")
    print(f"  {'beside RSA_4096 pairs':24}{beside}   p99 ratio {beside.p99 / alone.p99:.2f}")


GRANTEE = ("AKIAGRANTEEGRANTEE01", "the-grantees-secret-access-key-0123456789")
ACCOUNT = "123456789012"
# Of 32 KiB, KMS's limit for a key policy, fewer than 1,000 statements would fit.
ACCESS_ARGUMENTS = ("--quota", "policy-bytes=131072", "--log-level", "error")


def statements(count):
    """A key policy of `count` statements, of which the last one decides."""
    idle = [{"Effect": "Allow", "Principal": "*", "Action": f"kms:X{number}", "Resource": "*"} for number in range(count - 1)]
    last = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": idle + [last]}, separators=(",", ":"))


@contextlib.contextmanager
def access_service(*arguments):
    """A service with a user who has no policy, and a client of its administrator."""
    port = free_port()
    user = {"name": "grantee", "accessKeys": [{"id": GRANTEE[0], "secret": GRANTEE[1]}]}
    with tempfile.TemporaryDirectory() as data:
        identities = os.path.join(data, "identities.json")
        with open(identities, "w") as file:
            json.dump({"accounts": [{"id": ACCOUNT, "users": [user]}]}, file)
        with running("serve", "--data-dir", data, "--port", str(port), "--identities", identities, *ACCESS_ARGUMENTS, *arguments):
            url = f"http://127.0.0.1:{port}"
            wait_for(url + "/health")
            with open(os.path.join(data, "administrator.json")) as file:
                administrator = json.load(file)
            credentials = Credentials(administrator["AccessKeyId"], administrator["SecretAccessKey"])
            kms = boto3.client(
                "kms", endpoint_url=url, region_name="us-east-1", aws_access_key_id=credentials.access_key,
                aws_secret_access_key=credentials.secret_key)
            yield url, credentials, kms


def access(options):
    """What policies, grants and the audit trail cost, each beside a service with one statement and no audit trail."""
    print(f"\nGenerateDataKey, {options.connections} connections; ratio to one statement, audit off")
    floor = None
    for audit in ("off", "on"):
        with access_service("--audit", audit) as (url, administrator, kms):
            for name, credentials, key in access_cases(kms, administrator):
                result = Load(url, credentials, "GenerateDataKey", data_key(key)).run(options.seconds, options.connections)
                floor = floor or result
                print(f"  {name:26}audit {audit:4}{result}   ratio {result.rate / floor.rate:.2f}")


def access_cases(kms, administrator):
    for count in (1, 100, 1000):
        yield f"{count} statements", administrator, kms.create_key(Policy=statements(count))["KeyMetadata"]["KeyId"]
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    grantee = f"arn:aws:iam::{ACCOUNT}:user/grantee"
    for number in range(1000):
        # All but the last ask for another encryption context.
        context = {"tenant": "blue" if number == 999 else f"tenant {number}"}
        kms.create_grant(
            KeyId=key, GranteePrincipal=grantee, Operations=["GenerateDataKey"], Constraints={"EncryptionContextSubset": context})
    yield "1000 grants", Credentials(*GRANTEE), key


def recipients(options):
    """What it costs to verify an attestation document and to seal the answer for its recipient."""
    print(f"\nAttested recipients, {options.connections} connections; ratio to the same request without one")
    with tempfile.TemporaryDirectory() as work:
        root, root_key = (os.path.join(work, name) for name in ("attestation-root.pem", "attestation-root-key.pem"))
        subprocess.run([BINARY, "attest-root", "create", "--out", work], check=True, capture_output=True)
        document = subprocess.run(
            [BINARY, "attest", "document", "--root", root, "--root-key", root_key, "--generate-key", os.path.join(work, "key.pem")],
            check=True, capture_output=True, text=True).stdout.strip()
        recipient = {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": document}
        with access_service("--attestation-root", root, "--attestation-freshness", "10800") as (url, credentials, kms):
            key = kms.create_key()["KeyMetadata"]["KeyId"]
            blob = kms.generate_data_key(KeyId=key, KeySpec="AES_256")["CiphertextBlob"]
            cases = {
                "GenerateDataKey": {"KeyId": key, "KeySpec": "AES_256"},
                "Decrypt": {"CiphertextBlob": base64.b64encode(blob).decode()},
                "GenerateDataKeyPair": {"KeyId": key, "KeyPairSpec": "ECC_NIST_P256"},
            }
            for operation, parameters in cases.items():
                bare = Load(url, credentials, operation, parameters).run(options.seconds, options.connections)
                attested = Load(url, credentials, operation, parameters | {"Recipient": recipient}).run(options.seconds, options.connections)
                cost = 1000 * (1 / attested.rate - 1 / bare.rate)
                print(f"  {operation:24}{bare}")
                print(f"  {'  for a recipient':24}{attested}   ratio {attested.rate / bare.rate:.3f}, {cost:.2f} ms of the machine more")


if __name__ == "__main__":
    main()
