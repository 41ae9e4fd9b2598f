// Every statement the store runs. Each finds its rows through an index, however many there are; a test asks SQLite.

/// A statement's SQL.
///
/// The columns of a key are selected in one order, which `Key.init(_:materials:)` reads.
///
/// GRDB binds a string up to its first NUL, and empty bytes as NULL. Hence free text is bound as bytes when it has a
/// NUL and cast to text here, and read back as bytes; and empty bytes are restored with `ifnull`.
enum StoreStatement: String, CaseIterable {
  // MARK: Keys

  case selectKey = """
    SELECT region, id, account, creation_date, spec, usage, origin, state, deletion_date, current_material_id, tags,
      CAST(description AS BLOB), public_key, CAST(policy AS BLOB)
    FROM key WHERE region = ? AND id = ?
    """
  case selectKeysDueForDeletion = """
    SELECT region, id, account, creation_date, spec, usage, origin, state, deletion_date, current_material_id, tags,
      CAST(description AS BLOB), public_key, CAST(policy AS BLOB)
    FROM key WHERE state = 'PendingDeletion' AND deletion_date <= ? ORDER BY deletion_date, region, id LIMIT ?
    """
  case selectKeyIDs = """
    SELECT id FROM key WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?
    """
  case insertKey = """
    INSERT INTO key (region, id, account, creation_date, spec, usage, origin, state, deletion_date,
      current_material_id, tags, description, public_key, policy)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, CAST(? AS TEXT))
    """
  case updateKey = """
    UPDATE key SET creation_date = ?4, spec = ?5, usage = ?6, origin = ?7, state = ?8, deletion_date = ?9,
      current_material_id = ?10, tags = ?11, description = CAST(?12 AS TEXT), public_key = ?13,
      policy = CAST(?14 AS TEXT)
    WHERE region = ?1 AND id = ?2 AND account = ?3
    """
  case deleteKey = "DELETE FROM key WHERE region = ? AND id = ?"

  // MARK: Key material

  case selectMaterials = """
    SELECT id, creation_date, wrapped FROM key_material WHERE region = ? AND key_id = ? ORDER BY ordinal
    """
  case insertMaterial = """
    INSERT INTO key_material (region, key_id, ordinal, id, creation_date, wrapped)
    VALUES (?, ?, ?, ?, ?, ifnull(?, x''))
    """
  case deleteMaterials = "DELETE FROM key_material WHERE region = ? AND key_id = ? AND ordinal >= ?"

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
    FROM alias WHERE account = ? AND region = ? AND key_id = ? AND name > ? ORDER BY name LIMIT ?
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

  // MARK: Access keys and properties

  case selectAccessKey = """
    SELECT CAST(id AS BLOB), account, CAST(principal_arn AS BLOB), wrapped_secret, creation_date
    FROM access_key WHERE id = CAST(? AS TEXT)
    """
  case putAccessKey = """
    INSERT INTO access_key (id, account, principal_arn, wrapped_secret, creation_date)
    VALUES (CAST(? AS TEXT), ?, CAST(? AS TEXT), ifnull(?, x''), ?)
    ON CONFLICT (id) DO UPDATE SET account = excluded.account, principal_arn = excluded.principal_arn,
      wrapped_secret = excluded.wrapped_secret, creation_date = excluded.creation_date
    """
  case selectProperty = "SELECT value FROM property WHERE name = CAST(? AS TEXT)"
  case putProperty = """
    INSERT INTO property (name, value) VALUES (CAST(? AS TEXT), ifnull(?, x''))
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
    """
}
