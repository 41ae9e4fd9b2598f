// What goes into which folder, when several kinds of generated files may share one.

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Folders and the files that each of them will hold.
public struct OutputPlan: Equatable, Sendable {
  private var files: [String: [GeneratedFile]] = [:]

  public init() {}

  /// Plans for `files` to go into the folder at `path`, beside what was planned for it before.
  public mutating func add(_ files: [GeneratedFile], to path: String) {
    self.files[Self.standardized(path), default: []] += files
  }

  /// The folders, in path order.
  ///
  /// - Throws: ``Refusal`` when a folder is inside another, which would take its files for ones no longer generated,
  ///   and when two files of a folder have the same name, which a Swift module cannot have.
  public func folders() throws(Refusal) -> [(folder: OutputFolder, files: [GeneratedFile])] {
    for (path, files) in files {
      if let outer = self.files.keys.first(where: { path != $0 && ($0 == "." || path.hasPrefix("\($0)/")) }) {
        throw Refusal(path, "is inside \(outer); generated files need folders that are the same or apart")
      }
      let names = files.map { $0.path.split(separator: "/").last.map(String.init) ?? "" }
      if let twice = names.firstRepeated {
        throw Refusal("\(path)/\(twice)", "would be written twice; name one of the shapes in the overlay")
      }
    }
    return files.sorted { $0.key < $1.key }.map { (OutputFolder(path: $0.key), $0.value) }
  }

  /// `path` without parts that mean nothing, so that one folder has one path.
  private static func standardized(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return path.hasPrefix("/") ? "/\(parts)" : parts.isEmpty ? "." : parts
  }
}
