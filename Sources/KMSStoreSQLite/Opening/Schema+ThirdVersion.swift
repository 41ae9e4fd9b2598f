// The third version of the tables.

extension Schema {
  /// From the second version to the third: principals, access keys that can be disabled, and a count of their changes.
  ///
  /// An access key has no foreign key to its principal: the administrator of an older store gets its row at the next
  /// start only.
  static let thirdVersion = """
    CREATE TABLE principal (
      arn TEXT NOT NULL PRIMARY KEY,
      id TEXT NOT NULL,
      partition TEXT NOT NULL,
      account TEXT NOT NULL,
      kind TEXT NOT NULL,
      path TEXT NOT NULL,
      name TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      maximum_session_duration INTEGER NOT NULL,
      tags TEXT NOT NULL,
      permissions_boundary TEXT,
      trust_policy TEXT,
      policies TEXT NOT NULL
    ) STRICT;
    CREATE INDEX principal_by_account ON principal (account, arn);
    CREATE UNIQUE INDEX principal_by_name ON principal (account, kind, name);

    ALTER TABLE access_key ADD COLUMN is_active INTEGER NOT NULL DEFAULT 1;
    CREATE INDEX access_key_by_principal ON access_key (principal_arn, id);

    \(identityTriggers)
    """

  /// Triggers that make the next identity revision at every change of principals and access keys.
  private static let identityTriggers = [
    ("principal", "insert"), ("principal", "update"), ("principal", "delete"),
    ("access_key", "insert"), ("access_key", "update"), ("access_key", "delete"),
  ].map { table, change in
    """
    CREATE TRIGGER revise_identities_after_\(table)_\(change) AFTER \(change.uppercased()) ON \(table) BEGIN
      INSERT INTO property (name, value) VALUES ('identity-revision', CAST('1' AS BLOB))
      ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS BLOB);
    END;
    """
  }.joined(separator: "\n")
}
