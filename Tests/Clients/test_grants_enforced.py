"""What grants allow, seen from outside: exactly what they say, to exactly whom they name, until they end."""

import pytest

from clients import refused
from declared import (
    IDENTITY,
    OTHER,
    OWNER,
    SESSION,
    Cast,
    Identities,
    allow,
    delegation,
    denied,
    deny,
    document,
    forbidden,
    hidden,
    root,
    session_arn,
    silent,
    statement,
    to,
    user_arn,
)

GRANTEE, STRANGER = user_arn("grantee"), user_arn("stranger")
FRANK, GRACE = user_arn("frank", OTHER), user_arn("grace", OTHER)
WOULD_SUCCEED = "DryRunOperationException"


def identities():
    """Grantees without any policy, so that nothing but a grant can allow what they do."""
    declared = Identities()
    declared.user("admin", allow("*"), document(statement("sts:AssumeRole")))
    declared.user("grantee")
    declared.user("stranger")
    declared.user("retirer")
    declared.user("forbidden", deny("Encrypt", "RetireGrant"))
    declared.user("bounded", permissionsBoundary=allow("DescribeKey"))
    declared.user("retiring", allow("RetireGrant"))
    declared.user("issuer", allow("CreateGrant"))
    declared.role("app")
    declared.user("frank", allow("*"), account=OTHER)
    declared.user("grace", account=OTHER)
    return declared


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    declared = identities()
    with declared.serve(tmp_path_factory.mktemp("grants"), "--log-level", "debug") as server:
        yield Cast(server, declared)


@pytest.fixture(scope="module")
def made(cast):
    """For each kind of key: its ARN, and what it made for the calls below."""
    admin = cast("admin")

    def arn(**parameters):
        return admin.create_key(**parameters)["KeyMetadata"]["Arn"]

    keys = {
        "symmetric": arn(),
        "signing": arn(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY"),
        "agreeing": arn(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT"),
        "mac": arn(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC"),
    }
    return keys | {
        "blob": admin.encrypt(KeyId=keys["symmetric"], Plaintext=b"x")["CiphertextBlob"],
        "signature": admin.sign(KeyId=keys["signing"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256")["Signature"],
        "tag": admin.generate_mac(KeyId=keys["mac"], Message=b"x", MacAlgorithm="HMAC_SHA_256")["Mac"],
        "peer": admin.get_public_key(KeyId=keys["agreeing"])["PublicKey"],
    }


# Each operation that a grant can allow, but for CreateGrant and RetireGrant: the kind of key, and a call that needs it.
CALLS = {
    "Encrypt": ("symmetric", lambda kms, key, made: kms.encrypt(KeyId=key, Plaintext=b"x")),
    "Decrypt": ("symmetric", lambda kms, key, made: kms.decrypt(KeyId=key, CiphertextBlob=made["blob"])),
    "GenerateDataKey": ("symmetric", lambda kms, key, made: kms.generate_data_key(KeyId=key, KeySpec="AES_256")),
    "GenerateDataKeyWithoutPlaintext": (
        "symmetric",
        lambda kms, key, made: kms.generate_data_key_without_plaintext(KeyId=key, KeySpec="AES_256"),
    ),
    "GenerateDataKeyPair": (
        "symmetric",
        lambda kms, key, made: kms.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_P256"),
    ),
    "GenerateDataKeyPairWithoutPlaintext": (
        "symmetric",
        lambda kms, key, made: kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="ECC_NIST_P256"),
    ),
    "DescribeKey": ("symmetric", lambda kms, key, made: kms.describe_key(KeyId=key)),
    "Sign": ("signing", lambda kms, key, made: kms.sign(KeyId=key, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")),
    "Verify": (
        "signing",
        lambda kms, key, made: kms.verify(
            KeyId=key, Message=b"x", SigningAlgorithm="ECDSA_SHA_256", Signature=made["signature"]
        ),
    ),
    "GetPublicKey": ("signing", lambda kms, key, made: kms.get_public_key(KeyId=key)),
    "GenerateMac": (
        "mac",
        lambda kms, key, made: kms.generate_mac(KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_256"),
    ),
    "VerifyMac": (
        "mac",
        lambda kms, key, made: kms.verify_mac(KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_256", Mac=made["tag"]),
    ),
    "DeriveSharedSecret": (
        "agreeing",
        lambda kms, key, made: kms.derive_shared_secret(
            KeyId=key, KeyAgreementAlgorithm="ECDH", PublicKey=made["peer"]
        ),
    ),
}
SYMMETRIC = [operation for operation, (kind, _) in CALLS.items() if kind == "symmetric"]


class Granted:
    """A grant that lasts as long as a with statement."""

    def __init__(self, cast, key, *operations, grantee=GRANTEE, by="admin", **more):
        self.client, self.key = cast(by), key
        self.parameters = {"GranteePrincipal": grantee, "Operations": list(operations)} | more

    def __enter__(self):
        answer = self.client.create_grant(KeyId=self.key, **self.parameters)
        self.id, self.token = answer["GrantId"], answer["GrantToken"]
        return self

    def __exit__(self, *_):
        grants = self.client.list_grants(KeyId=self.key, GrantId=self.id)["Grants"]
        if grants:
            self.client.revoke_grant(KeyId=self.key, GrantId=self.id)


def encrypt(kms, key, **more):
    return kms.encrypt(KeyId=key, Plaintext=b"x", **more)["CiphertextBlob"]


# Exactly what is granted


@pytest.mark.parametrize("operation", CALLS)
def test_exactly_the_granted_operation(cast, made, operation):
    grantee = cast("grantee")
    kind = CALLS[operation][0]
    # A grant to somebody else, and none at all, are the same.
    with Granted(cast, made[kind], operation, grantee=STRANGER):
        with denied(GRANTEE, operation, made[kind], silent(IDENTITY, operation)):
            CALLS[operation][1](grantee, made[kind], made)
    with Granted(cast, made[kind], operation):
        CALLS[operation][1](grantee, made[kind], made)
        for other, (other_kind, call) in CALLS.items():
            if other != operation:
                with denied(GRANTEE, other, made[other_kind], silent(IDENTITY, other)):
                    call(grantee, made[other_kind], made)
    with denied(GRANTEE, operation, made[kind], silent(IDENTITY, operation)):
        CALLS[operation][1](grantee, made[kind], made)


def test_re_encryption_needs_both_grants(cast, made):
    source, target = made["symmetric"], cast("admin").create_key()["KeyMetadata"]["Arn"]

    def call():
        cast("grantee").re_encrypt(CiphertextBlob=made["blob"], DestinationKeyId=target)

    with Granted(cast, source, "ReEncryptFrom"):
        with denied(GRANTEE, "ReEncryptTo", target, silent(IDENTITY, "ReEncryptTo")):
            call()
        with Granted(cast, target, "ReEncryptFrom", "Encrypt"), refused("AccessDeniedException"):
            call()
        with Granted(cast, target, "ReEncryptTo"):
            call()
    with Granted(cast, target, "ReEncryptTo"), Granted(cast, source, "ReEncryptTo", "Decrypt"):
        with denied(GRANTEE, "ReEncryptFrom", source, silent(IDENTITY, "ReEncryptFrom")):
            call()


def test_administration_is_never_granted(cast, made):
    key, grantee = made["symmetric"], cast("grantee")
    with Granted(cast, key, *SYMMETRIC, "CreateGrant", "RetireGrant") as grant:
        for action, call in {
            "DisableKey": lambda: grantee.disable_key(KeyId=key),
            "GetKeyPolicy": lambda: grantee.get_key_policy(KeyId=key),
            "ListGrants": lambda: grantee.list_grants(KeyId=key),
            "RevokeGrant": lambda: grantee.revoke_grant(KeyId=key, GrantId=grant.id),
            "ScheduleKeyDeletion": lambda: grantee.schedule_key_deletion(KeyId=key),
        }.items():
            with denied(GRANTEE, action, key, silent(IDENTITY, action)):
                call()


def test_among_many_grants_the_right_one_is_found(cast):
    key = cast.key()["Arn"]
    for number in range(200):
        constraints = {"EncryptionContextEquals": {"number": str(number)}}
        cast("admin").create_grant(
            KeyId=key, GranteePrincipal=GRANTEE, Operations=["Encrypt"], Constraints=constraints
        )
    for number in (0, 57, 199):
        encrypt(cast("grantee"), key, EncryptionContext={"number": str(number)})
    with refused("AccessDeniedException"):
        encrypt(cast("grantee"), key, EncryptionContext={"number": "200"})


# Constraints

PAIR, OTHER_VALUE, MORE = {"a": "b"}, {"a": "c"}, {"a": "b", "c": "d"}
CONSTRAINED = [
    ({"EncryptionContextEquals": PAIR}, [PAIR], [{}, OTHER_VALUE, MORE, {"A": "b"}, {"a": "B"}]),
    ({"EncryptionContextSubset": PAIR}, [PAIR, MORE], [{}, OTHER_VALUE, {"c": "d"}, {"A": "b"}, {"a": "B"}]),
    ({"EncryptionContextEquals": MORE}, [MORE, {"c": "d", "a": "b"}], [PAIR, {}]),
    ({"EncryptionContextSubset": MORE}, [MORE, MORE | {"e": "f"}], [PAIR, {}]),
    ({"EncryptionContextEquals": MORE, "EncryptionContextSubset": PAIR}, [MORE], [PAIR, {}]),
    ({"EncryptionContextSubset": {"é": "☃"}}, [{"é": "☃"}], [{"e\u0301": "☃"}, {}]),
]
constrained = pytest.mark.parametrize("constraints, good, bad", CONSTRAINED, ids=str)


@constrained
def test_constraints(cast, made, constraints, good, bad):
    key, grantee = made["symmetric"], cast("grantee")
    with Granted(cast, key, "Encrypt", "Decrypt", "GenerateDataKey", "DescribeKey", Constraints=constraints):
        for context in good:
            blob = encrypt(grantee, key, EncryptionContext=context)
            grantee.decrypt(CiphertextBlob=blob, EncryptionContext=context)
            grantee.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=context)
        for context in bad:
            blob = encrypt(cast("admin"), key, EncryptionContext=context)
            with refused("AccessDeniedException"):
                encrypt(grantee, key, EncryptionContext=context)
            with refused("AccessDeniedException"):
                grantee.decrypt(CiphertextBlob=blob, EncryptionContext=context)
            with refused("AccessDeniedException"):
                grantee.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=context)
        # There is no encryption context to look at.
        grantee.describe_key(KeyId=key)


@constrained
def test_constraints_of_re_encryption(cast, made, constraints, good, bad):
    """The source's constraints look at the source's context, the destination's at the destination's."""
    source, target = made["symmetric"], cast("admin").create_key()["KeyMetadata"]["Arn"]

    def call(here, there):
        blob = encrypt(cast("admin"), source, EncryptionContext=here)
        cast("grantee").re_encrypt(
            CiphertextBlob=blob,
            SourceEncryptionContext=here,
            DestinationKeyId=target,
            DestinationEncryptionContext=there,
        )

    with Granted(cast, source, "ReEncryptFrom", Constraints=constraints), Granted(cast, target, "ReEncryptTo"):
        call(good[0], bad[0])
        with refused("AccessDeniedException"):
            call(bad[0], good[0])
    with Granted(cast, source, "ReEncryptFrom"), Granted(cast, target, "ReEncryptTo", Constraints=constraints):
        call(bad[0], good[0])
        with refused("AccessDeniedException"):
            call(good[0], bad[0])


# Explicit denies, boundaries, sessions, accounts


def test_an_explicit_deny_wins(cast, made):
    key = cast.key(delegation(), to(GRANTEE, "Encrypt", effect="Deny"))["Arn"]
    with Granted(cast, key, "Encrypt", "GenerateDataKey"):
        with denied(GRANTEE, "Encrypt", key, forbidden("a resource-based policy")):
            encrypt(cast("grantee"), key)
        cast("grantee").generate_data_key(KeyId=key, KeySpec="AES_256")
    with Granted(cast, made["symmetric"], "Encrypt", grantee=user_arn("forbidden")):
        with denied(user_arn("forbidden"), "Encrypt", made["symmetric"], forbidden("an identity-based policy")):
            encrypt(cast("forbidden"), made["symmetric"])


def test_a_boundary_does_not_limit_the_user_that_a_grant_names(cast, made):
    with Granted(cast, made["symmetric"], "Encrypt", grantee=user_arn("bounded")):
        encrypt(cast("bounded"), made["symmetric"])


def test_sessions(cast, made):
    key, role = made["symmetric"], f"arn:aws:iam::{OWNER}:role/app"
    one = cast.assume("app", by="admin", session="one")
    narrow = cast.assume("app", by="admin", session="narrow", Policy=allow("DescribeKey"))
    with Granted(cast, key, "Encrypt", grantee=role):
        encrypt(one, key)
        with denied(session_arn("app", "narrow"), "Encrypt", key, silent(SESSION, "Encrypt")):
            encrypt(narrow, key)
    with Granted(cast, key, "Encrypt", grantee=session_arn("app", "one")):
        encrypt(one, key)
        with refused("AccessDeniedException"):
            encrypt(cast.assume("app", by="admin", session="two"), key)
    with Granted(cast, key, "Encrypt", grantee=session_arn("app", "narrow")):
        encrypt(narrow, key)


def test_another_accounts_user(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "Encrypt", grantee=GRACE):
        encrypt(cast("grace"), key)
        with hidden(GRACE, "GenerateDataKey"):
            cast("grace").generate_data_key(KeyId=key, KeySpec="AES_256")
        with hidden(FRANK, "Encrypt"):
            encrypt(cast("frank"), key)
    with hidden(GRACE, "Encrypt"):
        encrypt(cast("grace"), key)


def test_another_account_decides_about_its_own(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "Encrypt", grantee=root(OTHER)):
        encrypt(cast("frank"), key)
        with refused("AccessDeniedException"):
            encrypt(cast("grace"), key)


# Ends


def test_an_end_counts_at_once(cast, made):
    key, grantee, admin = made["symmetric"], cast("grantee"), cast("admin")
    for number in range(20):
        with refused("AccessDeniedException"):
            encrypt(grantee, key)
        grant = admin.create_grant(
            KeyId=key, GranteePrincipal=GRANTEE, Operations=["Encrypt"], RetiringPrincipal=user_arn("retirer")
        )
        encrypt(grantee, key)
        if number % 2:
            admin.revoke_grant(KeyId=key, GrantId=grant["GrantId"])
        else:
            cast("retirer").retire_grant(GrantToken=grant["GrantToken"])


def retired(kms, grant):
    """Retires a grant in both ways: a dry run by its token, then by its id."""
    with refused(WOULD_SUCCEED):
        kms.retire_grant(GrantToken=grant.token, DryRun=True)
    kms.retire_grant(KeyId=grant.key, GrantId=grant.id)


def not_retired(kms, arn, grant, because=""):
    for parameters in ({"GrantToken": grant.token}, {"KeyId": grant.key, "GrantId": grant.id}):
        for more in ({}, {"DryRun": True}):
            with denied(arn, "RetireGrant", grant.key, because):
                kms.retire_grant(**parameters, **more)


def test_the_retiring_principal_needs_no_policy(cast, made):
    with Granted(cast, made["symmetric"], "Encrypt", RetiringPrincipal=user_arn("retirer")) as grant:
        not_retired(cast("grantee"), GRANTEE, grant)
        not_retired(cast("stranger"), STRANGER, grant)
        retired(cast("retirer"), grant)


def test_the_grantee_needs_retire_grant(cast, made):
    with Granted(cast, made["symmetric"], "Encrypt", "RetireGrant") as grant:
        not_retired(cast("stranger"), STRANGER, grant)
        retired(cast("grantee"), grant)
    with Granted(cast, made["symmetric"], "Encrypt", RetiringPrincipal=GRANTEE) as grant:
        retired(cast("grantee"), grant)


def test_the_issuing_account_lets_its_own(cast, made):
    with Granted(cast, made["symmetric"], "Encrypt") as grant:
        not_retired(cast("stranger"), STRANGER, grant)
        retired(cast("retiring"), grant)
    # The account of the key is not the one that made the grant.
    key = cast.key(delegation(), delegation("CreateGrant", "ListGrants", "RevokeGrant", account=OTHER))["Arn"]
    with Granted(cast, key, "Encrypt", by="frank") as grant:
        not_retired(cast("retiring"), user_arn("retiring"), grant)
        retired(cast("frank"), grant)


def test_an_explicit_deny_of_retirement(cast, made):
    arn = user_arn("forbidden")
    with Granted(cast, made["symmetric"], "Encrypt", "RetireGrant", grantee=arn, RetiringPrincipal=arn) as grant:
        not_retired(cast("forbidden"), arn, grant, forbidden("an identity-based policy"))


def test_the_key_policy_has_no_say_in_retirement(cast):
    key = cast.key(to(STRANGER, "*"), to(user_arn("retirer"), "RetireGrant", effect="Deny"))["Arn"]
    with Granted(cast, key, "Encrypt", RetiringPrincipal=user_arn("retirer")) as grant:
        not_retired(cast("stranger"), STRANGER, grant)
        retired(cast("retirer"), grant)


def test_another_accounts_retiring_principal(cast, made):
    with Granted(cast, made["symmetric"], "Encrypt", RetiringPrincipal=GRACE) as grant:
        with hidden(FRANK, "RetireGrant"):
            cast("frank").retire_grant(KeyId=grant.key, GrantId=grant.id)
        retired(cast("grace"), grant)
    with Granted(cast, made["symmetric"], "Encrypt", RetiringPrincipal=root(OTHER)) as grant:
        with hidden(GRACE, "RetireGrant"):
            cast("grace").retire_grant(KeyId=grant.key, GrantId=grant.id)
        retired(cast("frank"), grant)


# Grants by those who were granted CreateGrant


def child(cast, key, *operations, by="grantee", **more):
    return cast(by).create_grant(KeyId=key, GranteePrincipal=STRANGER, Operations=list(operations), **more)


def test_children_are_no_wider_than_their_parent(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "CreateGrant", "Encrypt", "RetireGrant"):
        for operations in (["Encrypt"], ["CreateGrant"], ["Encrypt", "CreateGrant", "RetireGrant"]):
            grant = child(cast, key, *operations)
            if "Encrypt" in operations:
                encrypt(cast("stranger"), key)
            cast("admin").revoke_grant(KeyId=key, GrantId=grant["GrantId"])
        for operations in (["Decrypt"], ["Encrypt", "GenerateDataKey"], ["DescribeKey"]):
            with denied(GRANTEE, "CreateGrant", key, silent(IDENTITY, "CreateGrant")):
                child(cast, key, *operations)
    with Granted(cast, key, "Encrypt", "RetireGrant"):
        with denied(GRANTEE, "CreateGrant", key, silent(IDENTITY, "CreateGrant")):
            child(cast, key, "Encrypt")


@pytest.mark.parametrize(
    "parent, good, bad",
    [
        (
            {"EncryptionContextSubset": PAIR},
            [{"EncryptionContextSubset": PAIR}, {"EncryptionContextSubset": MORE}, {"EncryptionContextEquals": MORE}],
            [None, {"EncryptionContextSubset": {"c": "d"}}, {"EncryptionContextEquals": OTHER_VALUE}],
        ),
        (
            {"EncryptionContextEquals": PAIR},
            [{"EncryptionContextEquals": PAIR}],
            [None, {"EncryptionContextSubset": PAIR}, {"EncryptionContextEquals": MORE}],
        ),
        (None, [None, {"EncryptionContextSubset": PAIR}, {"EncryptionContextEquals": PAIR}], []),
    ],
    ids=str,
)
def test_constraints_of_children_are_at_least_as_strict(cast, made, parent, good, bad):
    key = made["symmetric"]

    def constraints(wanted):
        return {"Constraints": wanted} if wanted else {}

    with Granted(cast, key, "CreateGrant", "Encrypt", **constraints(parent)):
        for wanted in good:
            grant = child(cast, key, "Encrypt", **constraints(wanted))
            cast("admin").revoke_grant(KeyId=key, GrantId=grant["GrantId"])
        for wanted in bad:
            with denied(GRANTEE, "CreateGrant", key, silent(IDENTITY, "CreateGrant")):
                child(cast, key, "Encrypt", **constraints(wanted))
            with denied(GRANTEE, "CreateGrant", key, silent(IDENTITY, "CreateGrant")):
                child(cast, key, "Encrypt", DryRun=True, **constraints(wanted))


def test_two_parents_do_not_add_up(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "CreateGrant", "Encrypt"), Granted(cast, key, "CreateGrant", "Decrypt"):
        with refused("AccessDeniedException"):
            child(cast, key, "Encrypt", "Decrypt")
    with Granted(cast, key, "CreateGrant"), Granted(cast, key, "Encrypt"):
        with refused("AccessDeniedException"):
            child(cast, key, "Encrypt")


def test_a_child_outlives_its_parent(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "CreateGrant", "Encrypt"):
        grant = child(cast, key, "Encrypt")
    encrypt(cast("stranger"), key)
    cast("admin").revoke_grant(KeyId=key, GrantId=grant["GrantId"])


def test_a_policy_lets_its_user_grant_what_it_lacks(cast):
    key = cast.key(to(user_arn("stranger"), "CreateGrant"), delegation("CreateGrant"))["Arn"]
    for by in ("stranger", "issuer"):
        grant = cast(by).create_grant(KeyId=key, GranteePrincipal=GRANTEE, Operations=["Encrypt", "DescribeKey"])
        encrypt(cast("grantee"), key)
        with refused("AccessDeniedException"):
            encrypt(cast(by), key)
        cast("admin").revoke_grant(KeyId=key, GrantId=grant["GrantId"])


# Tokens and dry runs


def test_tokens_are_no_credentials(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "Encrypt") as grant:
        encrypt(cast("grantee"), key, GrantTokens=[grant.token])
        with denied(STRANGER, "Encrypt", key, silent(IDENTITY, "Encrypt")):
            encrypt(cast("stranger"), key, GrantTokens=[grant.token])
        with denied(GRANTEE, "GenerateDataKey", key, silent(IDENTITY, "GenerateDataKey")):
            cast("grantee").generate_data_key(KeyId=key, KeySpec="AES_256", GrantTokens=[grant.token])
    # It is no more than the grant that it stands for.
    with denied(GRANTEE, "Encrypt", key, silent(IDENTITY, "Encrypt")):
        encrypt(cast("grantee"), key, GrantTokens=[grant.token])


def test_tokens_that_are_none(cast, made):
    key = made["symmetric"]
    with Granted(cast, key, "Encrypt") as grant:
        for token in ("garbage", grant.token[:-2], grant.token.swapcase()):
            with refused("InvalidGrantTokenException"):
                encrypt(cast("grantee"), key, GrantTokens=[token])
            with refused("InvalidGrantTokenException"):
                cast("admin").create_grant(
                    KeyId=key, GranteePrincipal=GRANTEE, Operations=["Decrypt"], GrantTokens=[token]
                )


def test_dry_runs(cast, made):
    key, grantee = made["symmetric"], cast("grantee")
    before = cast("admin").list_grants(KeyId=key)["Grants"]
    with Granted(cast, key, "Encrypt", "CreateGrant"):
        with refused(WOULD_SUCCEED):
            encrypt(grantee, key, DryRun=True)
        with refused(WOULD_SUCCEED):
            child(cast, key, "Encrypt", DryRun=True)
        with denied(GRANTEE, "GenerateDataKey", key, silent(IDENTITY, "GenerateDataKey")):
            grantee.generate_data_key(KeyId=key, KeySpec="AES_256", DryRun=True)
        with denied(GRANTEE, "Decrypt", key, silent(IDENTITY, "Decrypt")):
            grantee.decrypt(KeyId=key, CiphertextBlob=made["blob"], DryRun=True)
    assert cast("admin").list_grants(KeyId=key)["Grants"] == before


# Listings


def test_who_may_list_retirable_grants(cast, made):
    action = "ListRetirableGrants"
    with denied(user_arn("retirer"), action, "*", silent(IDENTITY, action)):
        cast("retirer").list_retirable_grants(RetiringPrincipal=user_arn("retirer"))
    with Granted(cast, made["symmetric"], "Encrypt", RetiringPrincipal=FRANK) as grant:
        listed = cast("frank").list_retirable_grants(RetiringPrincipal=FRANK)["Grants"]
        assert [entry["GrantId"] for entry in listed] == [grant.id]
        with refused("AccessDeniedException"):
            cast("admin").list_retirable_grants(RetiringPrincipal=FRANK)
