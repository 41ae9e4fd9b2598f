// A file system of a few megabytes, where the tests may mount one.

import Foundation

#if os(Linux)
  import Glibc

  /// A mounted file system in memory, gone with the object.
  final class SmallDisk: Sendable {
    private let place: TemporaryPlace

    /// Where it is mounted.
    var path: String { place.path }

    /// Whether this process may mount file systems.
    static var isAvailable: Bool { (try? SmallDisk(kilobytes: 64)) != nil }

    init(kilobytes: Int) throws {
      place = try TemporaryPlace()
      guard mount("tmpfs", place.path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else { throw POSIXError(.EPERM) }
    }

    deinit { _ = umount2(place.path, CInt(MNT_DETACH)) }

    /// Lets nobody write any more.
    func makeReadOnly() throws {
      guard mount("tmpfs", place.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else {
        throw POSIXError(.EBUSY)
      }
    }
  }
#endif
