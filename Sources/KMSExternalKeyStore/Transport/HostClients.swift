// The clients in use, each for one host at one address.

import KMSOperations
import Synchronization

/// Makes clients as they are needed, and forgets those that were not used for longest.
///
/// AsyncHTTPClient takes addresses for names only when a client is made; hence a client for each. They share event
/// loops and the certificates that they trust, so that one costs little besides its connections.
final class HostClients: Sendable {
  private struct Place: Hashable {
    let host: String
    let address: String
  }

  private struct Entry {
    let client: HostClient
    var lastUse: Int
  }

  private struct State {
    var entries: [Place: Entry] = [:]
    var uses = 0
    var isShutDown = false
  }

  private let capacity: Int
  private let make: @Sendable (_ host: String, _ address: String) -> HostClient
  private let state = Mutex(State())

  init(capacity: Int, make: @escaping @Sendable (_ host: String, _ address: String) -> HostClient) {
    self.capacity = capacity
    self.make = make
  }

  /// The client of `host` at `address`.
  func client(of host: String, at address: String) throws(ProxyFailure) -> HostClient {
    let place = Place(host: host, address: address)
    let client = state.withLock { state -> HostClient? in
      guard !state.isShutDown else { return nil }
      state.uses += 1
      if let client = state.entries[place]?.client {
        state.entries[place]?.lastUse = state.uses
        return client
      }
      if state.entries.count >= capacity, let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
        // Calls that are under way hold on to it until they end.
        state.entries[oldest.key] = nil
      }
      let client = make(host, address)
      state.entries[place] = Entry(client: client, lastUse: state.uses)
      return client
    }
    guard let client else { throw .unreachable }
    return client
  }

  /// Closes all connections. There are no clients any more.
  func shutdown() async {
    let clients = state.withLock { state in
      state.isShutDown = true
      defer { state.entries = [:] }
      return state.entries.values.map(\.client)
    }
    // At once, for a peer that is gone makes each take some seconds.
    await withTaskGroup { group in
      for client in clients { group.addTask { await client.shutdown() } }
    }
  }
}
