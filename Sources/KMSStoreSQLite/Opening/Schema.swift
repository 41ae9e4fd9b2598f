// The tables, as the migrations that make them. `docs/store-schema.md` says what each column means.

import GRDB

/// The database's schema.
enum Schema {
  /// Marks the file as Keywright's: "KWRT".
  static let applicationID: Int32 = 0x4B57_5254

  /// Every step from an empty database to the present one. Steps that have been released are never edited.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 keys, aliases, access keys") { database in
      try database.execute(sql: firstVersion)
    }
    migrator.registerMigration("2 grants, generations of material, related keys, custom key stores") { database in
      try database.execute(sql: secondVersion)
    }
    migrator.registerMigration("3 principals") { database in
      try database.execute(sql: thirdVersion)
    }
    return migrator
  }

  private static let firstVersion = """
    CREATE TABLE key (
      region TEXT NOT NULL,
      id TEXT NOT NULL,
      account TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      spec TEXT NOT NULL,
      usage TEXT NOT NULL,
      origin TEXT NOT NULL,
      state TEXT NOT NULL,
      deletion_date INTEGER,
      current_material_id TEXT,
      tags TEXT NOT NULL,
      description TEXT NOT NULL,
      public_key BLOB,
      policy TEXT NOT NULL,
      PRIMARY KEY (region, id)
    ) STRICT;
    CREATE UNIQUE INDEX key_by_owner ON key (account, region, id);
    CREATE INDEX key_by_deletion_date ON key (deletion_date, region, id) WHERE state = 'PendingDeletion';

    CREATE TABLE key_material (
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      id TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      wrapped BLOB NOT NULL,
      PRIMARY KEY (region, key_id, ordinal),
      FOREIGN KEY (region, key_id) REFERENCES key (region, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alias (
      account TEXT NOT NULL,
      region TEXT NOT NULL,
      name TEXT NOT NULL,
      key_id TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      last_updated_date INTEGER NOT NULL,
      PRIMARY KEY (account, region, name),
      FOREIGN KEY (account, region, key_id) REFERENCES key (account, region, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alias_by_key ON alias (account, region, key_id, name);

    CREATE TABLE access_key (
      id TEXT NOT NULL PRIMARY KEY,
      account TEXT NOT NULL,
      principal_arn TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      wrapped_secret BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE property (
      name TEXT NOT NULL PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
