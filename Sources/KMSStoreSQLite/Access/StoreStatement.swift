// Every statement the store runs. Each finds its rows through an index, however many there are; a test asks SQLite.

/// A statement's SQL.
///
/// The columns of a record are selected in one order, which the `init(_:…)` of `Records/` reads.
///
/// GRDB binds a string up to its first NUL, and empty bytes as NULL. Hence free text is bound as bytes when it has a
/// NUL and cast to text here, and read back as bytes; and bytes are bound as text when they are empty and cast to
/// bytes here.
///
/// `INDEXED BY` stands where SQLite, which knows nothing of how many rows there are, would search another index.
enum StoreStatement: String, CaseIterable {
  // MARK: Keys

  case selectKey = """
    SELECT region, id, account, creation_date, spec, usage, origin, state, deletion_date, pending_deletion_window,
      rotation_period, next_rotation_date, primary_region, replica_regions, CAST(custom_key_store_id AS BLOB),
      CAST(external_key_id AS BLOB), tags, CAST(description AS BLOB), public_key, CAST(policy AS BLOB)
    FROM key WHERE region = ? AND id = ?
    """
  case selectKeysDueForDeletion = """
    SELECT region, id FROM key
    WHERE state = 'PendingDeletion' AND deletion_date <= ? ORDER BY deletion_date, region, id LIMIT ?
    """
  case selectKeysDueForRotation = """
    SELECT region, id FROM key
    WHERE next_rotation_date <= ? AND state = 'Enabled' AND origin = 'AWS_KMS' AND custom_key_store_id IS NULL
      AND (primary_region IS NULL OR primary_region = region)
    ORDER BY next_rotation_date, region, id LIMIT ?
    """
  case selectKeysWithExpiredMaterial = """
    SELECT region, id FROM key WHERE expiry_date <= ? ORDER BY expiry_date, region, id LIMIT ?
    """
  case selectKeyIDs = """
    SELECT id FROM key WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?
    """
  case selectKeyCount = "SELECT count FROM key_count WHERE account = ? AND region = ?"
  case insertKey = """
    INSERT INTO key (region, id, account, creation_date, spec, usage, origin, state, deletion_date,
      pending_deletion_window, rotation_period, next_rotation_date, primary_region, replica_regions,
      custom_key_store_id, external_key_id, tags, description, public_key, policy, expiry_date)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, CAST(? AS TEXT),
      CAST(? AS BLOB), CAST(? AS TEXT), ?)
    """
  case updateKey = """
    UPDATE key SET creation_date = ?4, spec = ?5, usage = ?6, origin = ?7, state = ?8, deletion_date = ?9,
      pending_deletion_window = ?10, rotation_period = ?11, next_rotation_date = ?12, primary_region = ?13,
      replica_regions = ?14, custom_key_store_id = CAST(?15 AS TEXT), external_key_id = CAST(?16 AS TEXT), tags = ?17,
      description = CAST(?18 AS TEXT), public_key = CAST(?19 AS BLOB), policy = CAST(?20 AS TEXT), expiry_date = ?21
    WHERE region = ?1 AND id = ?2 AND account = ?3
    """
  case deleteKey = "DELETE FROM key WHERE region = ? AND id = ?"

  // MARK: Key material

  case selectMaterials = """
    SELECT id, creation_date, state, rotation_date, rotation_cause, valid_to, CAST(description AS BLOB), wrapped
    FROM key_material WHERE region = ? AND key_id = ? ORDER BY ordinal
    """
  case putMaterial = """
    INSERT INTO key_material (region, key_id, ordinal, id, creation_date, state, rotation_date, rotation_cause,
      valid_to, description, wrapped)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS BLOB))
    ON CONFLICT (region, key_id, ordinal) DO UPDATE SET id = excluded.id, creation_date = excluded.creation_date,
      state = excluded.state, rotation_date = excluded.rotation_date, rotation_cause = excluded.rotation_cause,
      valid_to = excluded.valid_to, description = excluded.description, wrapped = excluded.wrapped
    """
  case deleteMaterials = "DELETE FROM key_material WHERE region = ? AND key_id = ? AND ordinal >= ?"

  // MARK: Last use of keys

  case selectLastUsage = """
    SELECT CAST(operation AS BLOB), usage_date, CAST(request_id AS BLOB)
    FROM key_last_usage WHERE region = ? AND key_id = ?
    """
  case putLastUsage = """
    INSERT INTO key_last_usage (region, key_id, operation, usage_date, request_id)
    SELECT region, id, CAST(?3 AS TEXT), ?4, CAST(?5 AS TEXT) FROM key WHERE region = ?1 AND id = ?2
    ON CONFLICT (region, key_id) DO UPDATE SET operation = excluded.operation, usage_date = excluded.usage_date,
      request_id = excluded.request_id
    WHERE excluded.usage_date >= usage_date
    """

  // MARK: Aliases

  case selectAlias = """
    SELECT account, region, name, key_id, creation_date, last_updated_date
    FROM alias WHERE account = ? AND region = ? AND name = ?
    """
  case selectAliases = """
    SELECT account, region, name, key_id, creation_date, last_updated_date
    FROM alias WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?
    """
  case selectAliasesOfKey = """
    SELECT account, region, name, key_id, creation_date, last_updated_date
    FROM alias INDEXED BY alias_by_key WHERE account = ? AND region = ? AND key_id = ? AND name > ?
    ORDER BY name LIMIT ?
    """
  case countAliasesOfKey = "SELECT count(*) FROM alias WHERE account = ? AND region = ? AND key_id = ?"
  case insertAlias = """
    INSERT INTO alias (account, region, name, key_id, creation_date, last_updated_date) VALUES (?, ?, ?, ?, ?, ?)
    """
  case updateAlias = """
    UPDATE alias SET key_id = ?4, creation_date = ?5, last_updated_date = ?6
    WHERE account = ?1 AND region = ?2 AND name = ?3
    """
  case deleteAlias = "DELETE FROM alias WHERE account = ? AND region = ? AND name = ?"

  // MARK: Grants

  case selectGrant = """
    SELECT region, key_id, CAST(id AS BLOB), account, CAST(name AS BLOB), CAST(grantee_principal AS BLOB),
      CAST(retiring_principal AS BLOB), issuing_account, creation_date, operations, constraints
    FROM grant WHERE region = ? AND key_id = ? AND id = CAST(? AS TEXT)
    """
  case selectGrants = """
    SELECT region, key_id, CAST(id AS BLOB), account, CAST(name AS BLOB), CAST(grantee_principal AS BLOB),
      CAST(retiring_principal AS BLOB), issuing_account, creation_date, operations, constraints
    FROM grant WHERE region = ? AND key_id = ? AND id > CAST(? AS TEXT) ORDER BY id LIMIT ?
    """
  case selectGrantsOfGrantee = """
    SELECT region, key_id, CAST(id AS BLOB), account, CAST(name AS BLOB), CAST(grantee_principal AS BLOB),
      CAST(retiring_principal AS BLOB), issuing_account, creation_date, operations, constraints
    FROM grant INDEXED BY grant_by_grantee
    WHERE region = ? AND key_id = ? AND grantee_principal = CAST(? AS TEXT) AND id > CAST(? AS TEXT)
    ORDER BY id LIMIT ?
    """
  case selectGrantsByName = """
    SELECT region, key_id, CAST(id AS BLOB), account, CAST(name AS BLOB), CAST(grantee_principal AS BLOB),
      CAST(retiring_principal AS BLOB), issuing_account, creation_date, operations, constraints
    FROM grant INDEXED BY grant_by_name WHERE region = ? AND key_id = ? AND name = CAST(? AS TEXT) ORDER BY id
    """
  case selectRetirableGrants = """
    SELECT region, key_id, CAST(id AS BLOB), account, CAST(name AS BLOB), CAST(grantee_principal AS BLOB),
      CAST(retiring_principal AS BLOB), issuing_account, creation_date, operations, constraints
    FROM grant WHERE region = ? AND retiring_principal = CAST(? AS TEXT) AND (id, key_id) > (CAST(? AS TEXT), ?)
    ORDER BY id, key_id LIMIT ?
    """
  case selectGrantCount = "SELECT count FROM grant_count WHERE region = ? AND key_id = ?"
  case insertGrant = """
    INSERT INTO grant (region, key_id, id, account, name, grantee_principal, retiring_principal, issuing_account,
      creation_date, operations, constraints)
    VALUES (?, ?, CAST(? AS TEXT), ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?)
    """
  case deleteGrant = "DELETE FROM grant WHERE region = ? AND key_id = ? AND id = CAST(? AS TEXT)"

  // MARK: Custom key stores

  case selectCustomKeyStore = """
    SELECT account, region, CAST(id AS BLOB), CAST(name AS BLOB), creation_date, connection_state,
      CAST(connection_error_code AS BLOB), proxy_connectivity, CAST(proxy_uri_endpoint AS BLOB),
      CAST(proxy_uri_path AS BLOB), CAST(proxy_vpc_service_name AS BLOB), proxy_vpc_service_owner,
      CAST(proxy_access_key_id AS BLOB), wrapped_proxy_secret
    FROM custom_key_store WHERE account = ? AND region = ? AND id = CAST(? AS TEXT)
    """
  case selectCustomKeyStores = """
    SELECT account, region, CAST(id AS BLOB), CAST(name AS BLOB), creation_date, connection_state,
      CAST(connection_error_code AS BLOB), proxy_connectivity, CAST(proxy_uri_endpoint AS BLOB),
      CAST(proxy_uri_path AS BLOB), CAST(proxy_vpc_service_name AS BLOB), proxy_vpc_service_owner,
      CAST(proxy_access_key_id AS BLOB), wrapped_proxy_secret
    FROM custom_key_store WHERE account = ? AND region = ? AND name > CAST(? AS TEXT) ORDER BY name LIMIT ?
    """
  case selectKeyInCustomKeyStore = """
    SELECT id FROM key WHERE account = ? AND region = ? AND custom_key_store_id = CAST(? AS TEXT) LIMIT 1
    """
  case selectKeyByExternalKey = """
    SELECT id FROM key
    WHERE account = ? AND region = ? AND custom_key_store_id = CAST(? AS TEXT) AND external_key_id = CAST(? AS TEXT)
    """
  case insertCustomKeyStore = """
    INSERT INTO custom_key_store (account, region, id, name, creation_date, connection_state, connection_error_code,
      proxy_connectivity, proxy_uri_endpoint, proxy_uri_path, proxy_vpc_service_name, proxy_vpc_service_owner,
      proxy_access_key_id, wrapped_proxy_secret)
    VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, CAST(? AS TEXT), ?, CAST(? AS TEXT), CAST(? AS TEXT),
      CAST(? AS TEXT), ?, CAST(? AS TEXT), CAST(? AS BLOB))
    """
  case updateCustomKeyStore = """
    UPDATE custom_key_store SET name = CAST(?4 AS TEXT), creation_date = ?5, connection_state = ?6,
      connection_error_code = CAST(?7 AS TEXT), proxy_connectivity = ?8, proxy_uri_endpoint = CAST(?9 AS TEXT),
      proxy_uri_path = CAST(?10 AS TEXT), proxy_vpc_service_name = CAST(?11 AS TEXT), proxy_vpc_service_owner = ?12,
      proxy_access_key_id = CAST(?13 AS TEXT), wrapped_proxy_secret = CAST(?14 AS BLOB)
    WHERE account = ?1 AND region = ?2 AND id = CAST(?3 AS TEXT)
    """
  case deleteCustomKeyStore = """
    DELETE FROM custom_key_store WHERE account = ? AND region = ? AND id = CAST(? AS TEXT)
    """

  // MARK: Principals

  case selectPrincipal = """
    SELECT CAST(arn AS BLOB), CAST(id AS BLOB), CAST(partition AS BLOB), account, kind, CAST(path AS BLOB),
      CAST(name AS BLOB), creation_date, maximum_session_duration, tags, CAST(permissions_boundary AS BLOB),
      CAST(trust_policy AS BLOB), policies
    FROM principal WHERE arn = CAST(? AS TEXT)
    """
  case selectPrincipals = """
    SELECT CAST(arn AS BLOB), CAST(id AS BLOB), CAST(partition AS BLOB), account, kind, CAST(path AS BLOB),
      CAST(name AS BLOB), creation_date, maximum_session_duration, tags, CAST(permissions_boundary AS BLOB),
      CAST(trust_policy AS BLOB), policies
    FROM principal WHERE arn > CAST(? AS TEXT) ORDER BY arn LIMIT ?
    """
  case selectPrincipalsOfAccount = """
    SELECT CAST(arn AS BLOB), CAST(id AS BLOB), CAST(partition AS BLOB), account, kind, CAST(path AS BLOB),
      CAST(name AS BLOB), creation_date, maximum_session_duration, tags, CAST(permissions_boundary AS BLOB),
      CAST(trust_policy AS BLOB), policies
    FROM principal INDEXED BY principal_by_account
    WHERE account = ? AND arn > CAST(? AS TEXT) ORDER BY arn LIMIT ?
    """
  case putPrincipal = """
    INSERT INTO principal (arn, id, partition, account, kind, path, name, creation_date, maximum_session_duration, tags,
      permissions_boundary, trust_policy, policies)
    VALUES (CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?,
      CAST(? AS TEXT), CAST(? AS TEXT), ?)
    ON CONFLICT (arn) DO UPDATE SET id = excluded.id, partition = excluded.partition, account = excluded.account,
      kind = excluded.kind, path = excluded.path, name = excluded.name, creation_date = excluded.creation_date,
      maximum_session_duration = excluded.maximum_session_duration, tags = excluded.tags,
      permissions_boundary = excluded.permissions_boundary, trust_policy = excluded.trust_policy,
      policies = excluded.policies
    """
  case deletePrincipal = "DELETE FROM principal WHERE arn = CAST(? AS TEXT)"

  // MARK: Access keys

  case selectAccessKey = """
    SELECT CAST(id AS BLOB), account, CAST(principal_arn AS BLOB), wrapped_secret, creation_date, is_active
    FROM access_key WHERE id = CAST(? AS TEXT)
    """
  case selectAccessKeys = """
    SELECT CAST(id AS BLOB), account, CAST(principal_arn AS BLOB), wrapped_secret, creation_date, is_active
    FROM access_key WHERE id > CAST(? AS TEXT) ORDER BY id LIMIT ?
    """
  case selectAccessKeysOfPrincipal = """
    SELECT CAST(id AS BLOB), account, CAST(principal_arn AS BLOB), wrapped_secret, creation_date, is_active
    FROM access_key INDEXED BY access_key_by_principal WHERE principal_arn = CAST(? AS TEXT) ORDER BY id
    """
  case putAccessKey = """
    INSERT INTO access_key (id, account, principal_arn, wrapped_secret, creation_date, is_active)
    VALUES (CAST(? AS TEXT), ?, CAST(? AS TEXT), CAST(? AS BLOB), ?, ?)
    ON CONFLICT (id) DO UPDATE SET account = excluded.account, principal_arn = excluded.principal_arn,
      wrapped_secret = excluded.wrapped_secret, creation_date = excluded.creation_date, is_active = excluded.is_active
    """
  case deleteAccessKey = "DELETE FROM access_key WHERE id = CAST(? AS TEXT)"
  case deleteAccessKeysOfPrincipal = "DELETE FROM access_key WHERE principal_arn = CAST(? AS TEXT)"

  // MARK: Properties

  case selectProperty = "SELECT value FROM property WHERE name = CAST(? AS TEXT)"
  case putProperty = """
    INSERT INTO property (name, value) VALUES (CAST(? AS TEXT), CAST(? AS BLOB))
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
    """
}
