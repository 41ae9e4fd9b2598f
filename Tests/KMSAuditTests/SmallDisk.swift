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

    /// Mounts one of so many kilobytes, or one that is not limited and cannot set room aside.
    init(kilobytes: Int?) throws {
      place = try TemporaryPlace()
      let type = kilobytes == nil ? "ramfs" : "tmpfs"
      let options = kilobytes.map { "size=\($0)k" }
      guard mount(type, place.path, type, 0, options) == 0 else { throw POSIXError(.EPERM) }
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
