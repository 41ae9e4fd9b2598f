// The second version of the tables.

extension Schema {
  /// From the first version to the second: grants, generations of material, related keys, custom key stores, counts.
  ///
  /// `key` and `key_material` are made anew. While a migration runs no foreign key is looked after, so that dropping a
  /// table drops nothing else; all are checked before it ends.
  static let secondVersion = """
    CREATE TABLE custom_key_store (
      account TEXT NOT NULL,
      region TEXT NOT NULL,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      connection_state TEXT NOT NULL,
      connection_error_code TEXT,
      proxy_connectivity TEXT NOT NULL,
      proxy_uri_endpoint TEXT NOT NULL,
      proxy_uri_path TEXT NOT NULL,
      proxy_vpc_service_name TEXT,
      proxy_vpc_service_owner TEXT,
      proxy_access_key_id TEXT NOT NULL,
      wrapped_proxy_secret BLOB NOT NULL,
      PRIMARY KEY (account, region, id)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX custom_key_store_by_name ON custom_key_store (account, region, name);

    CREATE TABLE new_key (
      region TEXT NOT NULL,
      id TEXT NOT NULL,
      account TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      spec TEXT NOT NULL,
      usage TEXT NOT NULL,
      origin TEXT NOT NULL,
      state TEXT NOT NULL,
      deletion_date INTEGER,
      pending_deletion_window INTEGER,
      rotation_period INTEGER,
      next_rotation_date INTEGER,
      expiry_date INTEGER,
      primary_region TEXT,
      replica_regions TEXT,
      custom_key_store_id TEXT,
      external_key_id TEXT,
      tags TEXT NOT NULL,
      description TEXT NOT NULL,
      public_key BLOB,
      policy TEXT NOT NULL,
      PRIMARY KEY (region, id),
      FOREIGN KEY (account, region, custom_key_store_id) REFERENCES custom_key_store (account, region, id)
    ) STRICT;
    INSERT INTO new_key (region, id, account, creation_date, spec, usage, origin, state, deletion_date, primary_region,
      replica_regions, tags, description, public_key, policy)
    SELECT region, id, account, creation_date, spec, usage, origin, state, deletion_date,
      CASE WHEN substr(id, 1, 4) = 'mrk-' THEN region END, CASE WHEN substr(id, 1, 4) = 'mrk-' THEN '' END,
      tags, description, public_key, policy
    FROM key;
    DROP TABLE key;
    ALTER TABLE new_key RENAME TO key;
    CREATE UNIQUE INDEX key_by_owner ON key (account, region, id);
    CREATE INDEX key_by_deletion_date ON key (deletion_date, region, id) WHERE state = 'PendingDeletion';
    CREATE INDEX key_by_rotation_date ON key (next_rotation_date, region, id)
      WHERE next_rotation_date IS NOT NULL AND state = 'Enabled' AND origin = 'AWS_KMS' AND custom_key_store_id IS NULL
        AND (primary_region IS NULL OR primary_region = region);
    CREATE INDEX key_by_expiry_date ON key (expiry_date, region, id) WHERE expiry_date IS NOT NULL;
    CREATE UNIQUE INDEX key_by_custom_key_store ON key (account, region, custom_key_store_id, external_key_id)
      WHERE custom_key_store_id IS NOT NULL;

    CREATE TABLE new_key_material (
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      id TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      state TEXT NOT NULL,
      rotation_date INTEGER,
      rotation_cause TEXT,
      valid_to INTEGER,
      description TEXT,
      wrapped BLOB,
      PRIMARY KEY (region, key_id, ordinal),
      FOREIGN KEY (region, key_id) REFERENCES key (region, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_key_material (region, key_id, ordinal, id, creation_date, state, wrapped)
    SELECT region, key_id, ordinal, id, creation_date,
      CASE WHEN EXISTS (
        SELECT 1 FROM key_material AS later
        WHERE later.region = key_material.region AND later.key_id = key_material.key_id
          AND later.ordinal > key_material.ordinal
      ) THEN 'NON_CURRENT' ELSE 'CURRENT' END,
      wrapped
    FROM key_material;
    DROP TABLE key_material;
    ALTER TABLE new_key_material RENAME TO key_material;

    CREATE TABLE key_count (
      account TEXT NOT NULL,
      region TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (account, region)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO key_count (account, region, count) SELECT account, region, count(*) FROM key GROUP BY account, region;
    CREATE TRIGGER count_inserted_key AFTER INSERT ON key BEGIN
      INSERT INTO key_count (account, region, count) VALUES (NEW.account, NEW.region, 1)
      ON CONFLICT (account, region) DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER count_deleted_key AFTER DELETE ON key BEGIN
      UPDATE key_count SET count = count - 1 WHERE account = OLD.account AND region = OLD.region;
    END;

    CREATE TABLE key_last_usage (
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      operation TEXT NOT NULL,
      usage_date INTEGER NOT NULL,
      request_id TEXT NOT NULL,
      PRIMARY KEY (region, key_id),
      FOREIGN KEY (region, key_id) REFERENCES key (region, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE grant (
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      id TEXT NOT NULL,
      account TEXT NOT NULL,
      name TEXT,
      grantee_principal TEXT NOT NULL,
      retiring_principal TEXT,
      issuing_account TEXT NOT NULL,
      creation_date INTEGER NOT NULL,
      operations TEXT NOT NULL,
      constraints TEXT,
      PRIMARY KEY (region, key_id, id),
      FOREIGN KEY (account, region, key_id) REFERENCES key (account, region, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX grant_by_name ON grant (region, key_id, name, id) WHERE name IS NOT NULL;
    CREATE INDEX grant_by_grantee ON grant (region, key_id, grantee_principal, id);
    CREATE INDEX grant_by_retiring_principal ON grant (region, retiring_principal, id, key_id)
      WHERE retiring_principal IS NOT NULL;

    CREATE TABLE grant_count (
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (region, key_id),
      FOREIGN KEY (region, key_id) REFERENCES key (region, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER count_inserted_grant AFTER INSERT ON grant BEGIN
      INSERT INTO grant_count (region, key_id, count) VALUES (NEW.region, NEW.key_id, 1)
      ON CONFLICT (region, key_id) DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER count_deleted_grant AFTER DELETE ON grant BEGIN
      UPDATE grant_count SET count = count - 1 WHERE region = OLD.region AND key_id = OLD.key_id;
    END;
    """
}
