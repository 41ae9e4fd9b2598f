// What something came to, kept for later.

import KMSDomain

extension Result where Failure == Fault {
  /// What `body` came to.
  static func of(_ body: () async throws(Fault) -> Success) async -> Result {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
