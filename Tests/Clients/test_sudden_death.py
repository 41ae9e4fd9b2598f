"""kill -9 under concurrent writes, dozens of times: what was acknowledged is there, what was handed out opens."""

import base64
import http.client
import random
import threading
import time

import pytest

from clients import administrator_client
from server import Server, free_port
from wire import Wire

KILLS = 60
WRITERS = 4
REPLICA_REGION = "eu-west-1"
GRANTEE = "arn:aws:iam::444455556666:role/app"


class Acknowledged:
    """What the service has said it did. Each writer owns its part; between kills the main thread reads all of it."""

    def __init__(self):
        self.keys = {}  # key id: the description last acknowledged
        self.descriptions_sent = {}  # key id: the description last sent, acknowledged or not
        self.aliases = {}  # alias name: key id, or None once its deletion was acknowledged
        self.uncertain_aliases = set()  # aliases with a change under way when the service died
        self.states = {}  # key id: the states that the key may be in
        self.blobs = []  # (blob, plaintext), in base64
        self.rotations = {}  # key id: how often it may have been rotated
        self.grants = {}  # key id: the id of its grant
        self.replicas = {}  # key id: whether it has a replica; None when that is not known


class Writer(threading.Thread):
    """Changes things as fast as it can until the connection breaks."""

    def __init__(self, server, number, acknowledged, source):
        super().__init__()
        self.wire = Wire(server, timeout=10)
        self.number, self.acknowledged, self.source = number, acknowledged, source
        self.failure = None

    def run(self):
        try:
            while True:
                self.change()
        except (OSError, http.client.HTTPException):
            pass  # the service is dead: what was under way is not acknowledged
        except BaseException as failure:
            self.failure = failure
        finally:
            self.wire.close()

    def change(self):
        done, wire, tag = self.acknowledged, self.wire, f"{self.number}-{self.source.randrange(1 << 48)}"
        multi_region = self.source.random() < 0.3
        key = wire.call("CreateKey", Description=tag, MultiRegion=multi_region)["KeyMetadata"]["KeyId"]
        done.keys[key], done.descriptions_sent[key], done.states[key] = tag, tag, {"Enabled"}

        name = f"alias/{tag}"
        done.uncertain_aliases.add(name)
        wire.call("CreateAlias", AliasName=name, TargetKeyId=key)
        done.aliases[name] = key
        done.uncertain_aliases.discard(name)

        made = wire.call("GenerateDataKey", KeyId=name, KeySpec="AES_256")
        done.blobs.append((made["CiphertextBlob"], made["Plaintext"]))
        pair = wire.call("GenerateDataKeyPair", KeyId=key, KeyPairSpec="ECC_NIST_P256")
        done.blobs.append((pair["PrivateKeyCiphertextBlob"], pair["PrivateKeyPlaintext"]))

        if multi_region:
            done.replicas[key] = None
            wire.call("ReplicateKey", KeyId=key, ReplicaRegion=REPLICA_REGION)
            done.replicas[key] = True
        done.rotations[key] = {0, 1}
        wire.call("RotateKeyOnDemand", KeyId=key)
        done.rotations[key] = {1}
        made = wire.call("GenerateDataKey", KeyId=key, KeySpec="AES_128")
        done.blobs.append((made["CiphertextBlob"], made["Plaintext"]))
        done.grants[key] = wire.call("CreateGrant", KeyId=key, GranteePrincipal=GRANTEE, Operations=["Decrypt"])["GrantId"]

        for step in range(3):
            text = f"{tag} {step}"
            done.descriptions_sent[key] = text
            wire.call("UpdateKeyDescription", KeyId=key, Description=text)
            done.keys[key] = text

        if self.source.random() < 0.3:
            done.uncertain_aliases.add(name)
            wire.call("DeleteAlias", AliasName=name)
            done.aliases[name] = None
            done.uncertain_aliases.discard(name)
        if self.source.random() < 0.3:
            leaving = "PendingReplicaDeletion" if multi_region else "PendingDeletion"
            done.states[key] = {"Enabled", leaving}
            wire.call("ScheduleKeyDeletion", KeyId=key)
            done.states[key] = {leaving}


def check_replica(wire, key, primary, expected):
    """A primary and its replica know of each other, or there is none; and they share their material."""
    replicas = primary["MultiRegionConfiguration"]["ReplicaKeys"]
    assert expected is None or bool(replicas) == expected, primary
    with Wire(wire.server, region=REPLICA_REGION) as there:
        answer = there.post("DescribeKey", {"KeyId": key})
        assert (answer.status == 200) == bool(replicas), (primary, answer)
        if replicas:
            replica = answer.json["KeyMetadata"]
            assert replica["MultiRegionConfiguration"]["ReplicaKeys"] == replicas, (primary, replica)
            assert replica["CurrentKeyMaterialId"] == primary["CurrentKeyMaterialId"], (primary, replica)


def check(wire, done, keys, aliases, blobs):
    """Compares what the service says with what it had acknowledged."""
    for key in keys:
        metadata = wire.call("DescribeKey", KeyId=key)["KeyMetadata"]
        assert metadata["Description"] in (done.keys[key], done.descriptions_sent[key]), (key, metadata)
        assert metadata["KeyState"] in done.states[key], (key, metadata)
        rotations = wire.call("ListKeyRotations", KeyId=key)["Rotations"]
        assert len(rotations) in done.rotations.get(key, {0}), (key, rotations)
        if key in done.grants:
            assert done.grants[key] in [grant["GrantId"] for grant in wire.call("ListGrants", KeyId=key)["Grants"]], key
        if key in done.replicas:
            check_replica(wire, key, metadata, done.replicas[key])
    for name in aliases:
        if name in done.uncertain_aliases:
            continue
        answer = wire.post("DescribeKey", {"KeyId": name})
        if done.aliases[name] is None:
            assert answer.code == "NotFoundException", (name, answer)
        else:
            assert answer.status == 200 and answer.json["KeyMetadata"]["KeyId"] == done.aliases[name], (name, answer)
    for blob, plaintext in blobs:
        answer = wire.post("Decrypt", {"CiphertextBlob": blob})
        if answer.status == 200:
            assert answer.json["Plaintext"] == plaintext
        else:
            # Only a key that was on its way out may refuse.
            assert answer.code == "KMSInvalidStateException", answer
            arn = answer.message.removesuffix(" is pending deletion.")
            assert done.states[arn.rpartition("/")[2]] & {"PendingDeletion", "PendingReplicaDeletion"}, answer


def test_kill_under_concurrent_writes(tmp_path):
    source = random.Random(20250104)
    done = Acknowledged()
    log = tmp_path / "log"
    port = free_port()
    checked = {"keys": 0, "aliases": 0, "blobs": 0}

    def start():
        return Server(log, "--log-level", "warning", data_dir=tmp_path / "data", port=port).start()

    for _ in range(KILLS):
        server = start()
        wire = Wire(server)
        # Everything since the last kill, and a sample of all that came before.
        keys, aliases, blobs = list(done.keys), list(done.aliases), done.blobs
        older = {
            "keys": keys[: checked["keys"]],
            "aliases": aliases[: checked["aliases"]],
            "blobs": blobs[: checked["blobs"]],
        }
        sample = {kind: source.sample(items, min(15, len(items))) for kind, items in older.items()}
        check(
            wire,
            done,
            keys[checked["keys"] :] + sample["keys"],
            aliases[checked["aliases"] :] + sample["aliases"],
            blobs[checked["blobs"] :] + sample["blobs"],
        )
        checked = {"keys": len(keys), "aliases": len(aliases), "blobs": len(blobs)}
        wire.close()

        writers = [Writer(server, number, done, random.Random(source.random())) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(source.uniform(0.02, 0.2))
        server.kill()
        for writer in writers:
            writer.join()
            if writer.failure:
                raise writer.failure

    assert len(done.keys) > KILLS, "too little was written for the kills to mean anything"
    final = start()
    wire = Wire(final)
    check(wire, done, list(done.keys), list(done.aliases), done.blobs)
    wire.close()
    listed = set()
    pages = Wire(final)
    marker = {}
    while True:
        page = pages.call("ListKeys", Limit=1000, **marker)
        listed |= {entry["KeyId"] for entry in page["Keys"]}
        if not page["Truncated"]:
            break
        marker = {"Marker": page["NextMarker"]}
    pages.close()
    assert set(done.keys) <= listed
    # A key whose creation was under way may be there without having been acknowledged, but no more of them than writers.
    assert len(listed - set(done.keys)) <= KILLS * WRITERS
    for blob, plaintext in done.blobs:
        final.secrets.record(base64.b64decode(plaintext), "a data key or private key")
    assert final.stop() == 0
    final.examine_log()


def test_kill_during_the_first_start(tmp_path):
    source = random.Random(20250105)
    for number in range(40):
        data = tmp_path / f"data-{number}"
        victim = Server(tmp_path / f"log-{number}", dev=False, data_dir=data).spawn()
        time.sleep(source.uniform(0.0, 0.2))
        victim.kill()
        with Server(tmp_path / f"log-{number}-again", dev=False, data_dir=data) as server:
            key = administrator_client(server).create_key()["KeyMetadata"]
            assert key["KeyState"] == "Enabled"


@pytest.mark.parametrize("writers", [8])
def test_concurrent_changes_of_one_key_do_not_get_lost(dev, writers):
    """Not a matter of death but of the same writes: each change takes effect whole, in some order."""
    wire = Wire(dev)
    key = wire.call("CreateKey")["KeyMetadata"]["KeyId"]
    failures = []

    def change(number):
        mine = Wire(dev)
        try:
            for step in range(20):
                mine.call("UpdateKeyDescription", KeyId=key, Description=f"{number} {step}")
                mine.call("DisableKey" if step % 2 else "EnableKey", KeyId=key)
        except BaseException as failure:
            failures.append(failure)
        finally:
            mine.close()

    threads = [threading.Thread(target=change, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    metadata = wire.call("DescribeKey", KeyId=key)["KeyMetadata"]
    assert metadata["Description"].endswith(" 19")
    assert metadata["KeyState"] == "Disabled"
    wire.close()
