// Opens the database with everything the store relies on, and checks that it got it.

import GRDB

extension DatabasePool {
  /// Opens the database of `directory`: of one that is locked, making or migrating it if need be; of one that is used
  /// beside the service, as it is. Its connections keep `directory` locked for as long as they live. A transaction waits
  /// up to `patience` seconds while another process has the database.
  ///
  /// - Throws: ``StoreOpeningError``.
  static func open(in directory: DataDirectory, patience: Double = 5) throws -> DatabasePool {
    if directory.isExclusive { try directory.prepareDatabaseFile() }
    let path = directory.databasePath
    do {
      let pool = try DatabasePool(path: path, configuration: configuration(holding: directory, patience))
      try pool.requireDurableCommits()
      if directory.isExclusive {
        try pool.claimEmptyDatabase()
        try pool.requireOwnDatabase()
        try Schema.migrator.migrate(pool)
      } else {
        try pool.requireOwnDatabase()
        guard try pool.read(Schema.migrator.hasCompletedMigrations) else {
          throw StoreOpeningError.olderVersion(path: path)
        }
      }
      return pool
    } catch let error as DatabaseError {
      throw switch error.resultCode {
      case .SQLITE_NOTADB: StoreOpeningError.notADatabase(path: path)
      case .SQLITE_CORRUPT: StoreOpeningError.corrupt(path: path, cause: error)
      default: StoreOpeningError.failed(path: path, cause: error)
      }
    } catch let error as RowDecodingError {
      // What GRDB itself keeps in the database, of its migrations, cannot be read.
      throw StoreOpeningError.corrupt(path: path, cause: error)
    }
  }

  private static func configuration(holding directory: DataDirectory, _ patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.label = "keywright.store"
    configuration.journalMode = .wal
    configuration.foreignKeysEnabled = true
    // The directory is locked, so only `keywright` commands beside the service, and tools that look at the file from
    // outside, can make it wait, or it them: for the length of a transaction.
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { [directory] database in
      // The connections keep this closure, and so the lock.
      _ = directory
      // What is deleted is overwritten; the schema may not call functions; on macOS a sync reaches the disk itself.
      try database.execute(
        sql: """
          PRAGMA secure_delete = ON;
          PRAGMA trusted_schema = OFF;
          PRAGMA fullfsync = ON;
          PRAGMA checkpoint_fullfsync = ON;
          """)
    }
    return configuration
  }

  /// Asks for a sync at every commit. GRDB sets NORMAL when it opens a pool, which may lose the last commits.
  private func requireDurableCommits() throws {
    let isDurable = try writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2
        && Int.fetchOne(database, sql: "PRAGMA foreign_keys") == 1
        && String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal"
    }
    guard isDurable else { throw StoreOpeningError.notDurable(path: path) }
  }

  /// Claims an empty database before anything else is written to it, so that a crash from here on leaves one that is
  /// known as ours.
  private func claimEmptyDatabase() throws {
    try writeWithoutTransaction { database in
      if try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
    }
  }

  /// Refuses what another application, or a later version of this one, has written.
  private func requireOwnDatabase() throws {
    try writeWithoutTransaction { database in
      guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == Schema.applicationID else {
        throw StoreOpeningError.foreignDatabase(path: path)
      }
      guard try !Schema.migrator.hasBeenSuperseded(database) else {
        throw StoreOpeningError.newerVersion(path: path)
      }
    }
  }
}
