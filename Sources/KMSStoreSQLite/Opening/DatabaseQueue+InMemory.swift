// Opens a database that no file holds.

import GRDB

extension DatabaseQueue {
  /// Opens an empty database in memory, with the schema and the rules of those in files.
  static func openInMemory() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "keywright.store"
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      // What is deleted is overwritten; the schema may not call functions; nothing spills into temporary files.
      try database.execute(
        sql: """
          PRAGMA secure_delete = ON;
          PRAGMA trusted_schema = OFF;
          PRAGMA temp_store = MEMORY;
          """)
    }
    let queue = try DatabaseQueue(configuration: configuration)
    try Schema.migrator.migrate(queue)
    return queue
  }
}
