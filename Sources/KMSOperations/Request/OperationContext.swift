// What operations work with.

public import KMSAccess
import KMSDomain
public import struct FoundationEssentials.Date

/// The service's parts, as operations see them.
public struct OperationContext: Sendable {
  /// Decides what callers may do.
  public let authorizer: Authorizer
  /// Finds and changes keys and aliases.
  public let keys: KeyDirectory
  /// Makes key pairs without holding up other requests.
  public let keyPairs: any KeyPairGenerator
  /// Seals the markers of listings.
  public let markers: PageMarkers
  /// The time.
  public let now: @Sendable () -> Date

  /// Puts a context together.
  public init(
    authorizer: Authorizer, keys: KeyDirectory, keyPairs: any KeyPairGenerator, markers: PageMarkers,
    now: @escaping @Sendable () -> Date
  ) {
    self.authorizer = authorizer
    self.keys = keys
    self.keyPairs = keyPairs
    self.markers = markers
    self.now = now
  }
}
