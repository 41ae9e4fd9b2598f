"""Accounts, users and roles that tests declare with --identities, and clients that act as them."""

import hashlib
import json

from clients import kms_client, refused
from server import Server

OWNER, OTHER = "111122223333", "444455556666"

# What is done to keys, in distinction to what is done with them.
ADMINISTRATION = ["CreateAlias", "CreateGrant", "DeleteAlias", "Describe*", "Disable*", "Enable*", "Get*", "List*"]
ADMINISTRATION += ["Put*", "ReplicateKey", "RevokeGrant", "Schedule*", "Tag*", "Untag*", "Update*"]


def statement(action, resource="*", effect="Allow", **members):
    """A statement of an identity policy; of a key policy with a Principal."""
    return {"Effect": effect, "Action": action, "Resource": resource} | members


def document(*statements, **members):
    return {"Version": "2012-10-17", "Statement": list(statements)} | members


def allow(*actions, resource="*", **members):
    """An identity policy that allows these actions of KMS."""
    return document(statement([f"kms:{action}" for action in actions], resource, **members))


def deny(*actions, **members):
    return document(statement([f"kms:{action}" for action in actions], effect="Deny", **members))


def root(account):
    return f"arn:aws:iam::{account}:root"


def user_arn(name, account=OWNER):
    return f"arn:aws:iam::{account}:user/{name}"


def session_arn(role, session, account=OWNER):
    return f"arn:aws:sts::{account}:assumed-role/{role}/{session}"


def delegation(*actions, account=OWNER, **members):
    """A statement of a key policy that leaves actions to an account; all of them if none is named."""
    return to({"AWS": root(account)}, *actions, **members)


def to(principal, *actions, effect="Allow", **members):
    """A statement of a key policy for one principal: an ARN, or a whole Principal member."""
    principal = {"AWS": principal} if isinstance(principal, str) else principal
    return statement([f"kms:{action}" for action in actions or ("*",)], effect=effect, Principal=principal, **members)


class Identities:
    """A declaration; see `serve`."""

    def __init__(self):
        self.accounts = {}
        self.credentials = {}

    def _account(self, account):
        return self.accounts.setdefault(account, {"id": account, "users": [], "roles": []})

    def user(self, name, *policies, account=OWNER, **members):
        """Declares a user; names are told apart over all accounts, for `Cast.client`."""
        assert name not in self.credentials
        digest = hashlib.sha256(f"{account} {name}".encode()).hexdigest()
        self.credentials[name] = (f"AKIA{digest[:16].upper()}", digest[16:56])
        key = dict(zip(("id", "secret"), self.credentials[name]))
        declared = {"name": name, "accessKeys": [key], "policies": list(policies)}
        self._account(account)["users"].append(declared | members)
        return self

    def role(self, name, *policies, account=OWNER, trusts=None, **members):
        """Declares a role that its account may assume, or whoever `trusts` names."""
        trust = {"Effect": "Allow", "Principal": {"AWS": trusts or root(account)}, "Action": "sts:AssumeRole"}
        declared = {"name": name, "trustPolicy": document(trust), "policies": list(policies)}
        self._account(account)["roles"].append(declared | members)
        return self

    def serve(self, folder, *arguments, **options):
        """A server with these identities that has not been started yet."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "identities.json"
        file.write_text(json.dumps({"accounts": list(self.accounts.values())}))
        options = {"data_dir": folder / "data"} | options
        server = Server(folder / "log", "--identities", file, *arguments, dev=False, **options)
        for _, secret in self.credentials.values():
            server.secrets.record_text(secret, "a declared secret access key")
        server.identities_file = file
        return server


class Cast:
    """The declared users of a server that runs, as clients."""

    def __init__(self, server, identities):
        self.server, self.identities = server, identities
        self._clients = {}

    def client(self, name, region="us-east-1", service="kms", **settings):
        """The client of a user, by its name."""
        place = (name, region, service, *settings)
        if place not in self._clients:
            access_key_id, secret = self.identities.credentials[name]
            self._clients[place] = kms_client(
                self.server, access_key_id=access_key_id, secret=secret, region=region, service=service, **settings
            )
        return self._clients[place]

    __call__ = client

    def assume(self, role, by, session="one", account=OWNER, region="us-east-1", **parameters):
        """A client with a session of a role; `Policy` is a document."""
        if "Policy" in parameters:
            parameters["Policy"] = json.dumps(parameters["Policy"])
        sts = self.client(by, service="sts", region=region)
        answer = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName=session, **parameters)
        credentials = answer["Credentials"]
        self.server.secrets.record_text(credentials["SecretAccessKey"], "a temporary secret access key")
        return kms_client(
            self.server,
            region=region,
            access_key_id=credentials["AccessKeyId"],
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        )

    def key(self, *statements, by="admin", region="us-east-1", **parameters):
        """A key whose policy has these statements and one that lets `by` administer it but not use it."""
        account = next(
            account
            for account, declared in self.identities.accounts.items()
            if by in (user["name"] for user in declared["users"])
        )
        policy = document(*statements, to(user_arn(by, account), *ADMINISTRATION, Sid="administration"))
        return self.client(by, region).create_key(Policy=json.dumps(policy), **parameters)["KeyMetadata"]


def denied(caller, action, resource, because=""):
    """Expects a denial in exactly these words."""
    return refused(
        "AccessDeniedException",
        f"User: {caller} is not authorized to perform: kms:{action} on resource: {resource}{because}",
    )


def silent(layer, action):
    """The end of a denial's text: nothing of this kind allows the action."""
    return f" because no {layer} allows the kms:{action} action"


def forbidden(layer):
    """The end of a denial's text: something of this kind forbids the action."""
    return f" with an explicit deny in {layer}"


def hidden(caller, action):
    """Expects the denial of a caller who does not learn whether there is such a key."""
    return refused(
        "AccessDeniedException",
        f"User: {caller} is not authorized to perform: kms:{action} on this resource because the resource does not"
        " exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies"
        " access",
    )


IDENTITY, RESOURCE, BOUNDARY, SESSION = (
    "identity-based policy",
    "resource-based policy",
    "permissions boundary",
    "session policy",
)
