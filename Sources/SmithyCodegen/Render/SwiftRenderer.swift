// Swift source text from the declaration model, laid out as the project's swift-format settings ask.

/// Renders source files.
public struct SwiftRenderer: Sendable {
  /// The lines of the comment below each file's first line: who made it, and from what.
  private let notice: String

  public init(notice: String) {
    self.notice = notice
  }

  /// The text of `file`.
  public func render(_ file: SourceFile) -> String {
    var text = SourceText()
    text.comment(file.purpose, prefix: "// ")
    text.comment(notice, prefix: "// ")
    render(file.imports, into: &text)
    for declaration in file.declarations {
      text.line("")
      DeclarationRenderer.render(declaration, into: &text)
    }
    return text.text
  }

  private func render(_ imports: Set<Import>, into text: inout SourceText) {
    if !imports.isEmpty { text.line("") }
    for item in imports.filter({ $0.module != Import.foundation.module }).sorted(by: { $0.module < $1.module }) {
      text.line("\(item.isPublic ? "public " : "")import \(item.module)")
    }
    guard let foundation = imports.first(where: { $0.module == Import.foundation.module }) else { return }
    let access = foundation.isPublic ? "public " : ""
    text.line("")
    text.line("#if canImport(FoundationEssentials)")
    text.indented { $0.line("\(access)import FoundationEssentials") }
    text.line("#else")
    text.indented { $0.line("\(access)import Foundation") }
    text.line("#endif")
  }
}
