// A folder that holds generated files and nothing else.

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder of generated files on disk: compared with what should be there, or made so.
public struct OutputFolder: Sendable {
  /// The folder's path.
  public let path: String

  public init(path: String) {
    self.path = path
  }

  /// How the folder differs from what should be there.
  public enum Difference: Equatable, Sendable, CustomStringConvertible {
    case missing(String)
    case changed(String)
    case stale(String)

    public var description: String {
      switch self {
      case .missing(let file): "\(file) is missing"
      case .changed(let file): "\(file) is not what would be generated"
      case .stale(let file): "\(file) is no longer generated"
      }
    }
  }

  /// The differences between the folder and `files`, in path order.
  public func differences(from files: [GeneratedFile]) -> [Difference] {
    let expected = Dictionary(files.map { ($0.path, $0.text) }) { _, last in last }
    let present = existingPaths()
    let wrong = expected.sorted { $0.key < $1.key }.compactMap { file, text -> Difference? in
      guard present.contains(file) else { return .missing("\(path)/\(file)") }
      return contents(of: file) == text ? nil : .changed("\(path)/\(file)")
    }
    return wrong + present.subtracting(expected.keys).sorted().map { .stale("\(path)/\($0)") }
  }

  /// Makes the folder hold exactly `files`: writes what differs, removes Swift files that are no longer generated.
  public func write(_ files: [GeneratedFile]) throws {
    let expected = Set(files.map(\.path))
    for file in files where contents(of: file.path) != file.text {
      let target = "\(path)/\(file.path)"
      if let slash = target.lastIndex(of: "/") {
        try FileManager.default.createDirectory(
          atPath: String(target[..<slash]), withIntermediateDirectories: true)
      }
      try Data(file.text.utf8).write(to: URL(filePath: target), options: .atomic)
    }
    for stale in existingPaths().subtracting(expected).sorted() {
      try FileManager.default.removeItem(atPath: "\(path)/\(stale)")
    }
  }

  /// The Swift files in the folder, by their paths inside it.
  private func existingPaths() -> Set<String> {
    let all = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return Set(all.filter { $0.hasSuffix(".swift") })
  }

  private func contents(of file: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(file)").map { String(decoding: $0, as: UTF8.self) }
  }
}
