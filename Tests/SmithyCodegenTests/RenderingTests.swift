// Declarations as text, and their layout.

@testable import SmithyCodegen
import Testing

@Suite struct RenderingTests {
  private func render(_ declarations: Declaration..., imports: Set<Import> = []) -> String {
    let file = SourceFile(path: "A.swift", purpose: "What A is.", imports: imports, declarations: declarations)
    return SwiftRenderer(notice: "Made by a test.").render(file)
  }

  private func body(_ statements: Statement...) -> String {
    let function = FunctionDeclaration(access: .internal, name: "f", body: statements)
    return String(render(.function(function)).dropFirst("// What A is.\n// Made by a test.\n\n".count))
  }

  @Test func filesStartWithTheirPurposeAndTheirImports() {
    #expect(
      render(imports: [Import("Zebra", isPublic: false), .foundation, Import("AWSJSON")]) == """
        // What A is.
        // Made by a test.

        public import AWSJSON
        import Zebra

        #if canImport(FoundationEssentials)
          public import FoundationEssentials
        #else
          public import Foundation
        #endif

        """)
  }

  @Test func shortFunctionsStayOnOneLine() {
    let parameters: [FunctionDeclaration.Parameter] = [
      .init(label: "_", name: "a", type: "Int"), .init(name: "b", type: "String?", defaultValue: "nil"),
    ]
    let function = FunctionDeclaration(
      documentation: ["Adds."], isStatic: true, name: "add", parameters: parameters, effects: "async throws(E)",
      result: "Int", body: [.line("a")])
    #expect(
      render(.function(function)).hasSuffix(
        """
        /// Adds.
        public static func add(_ a: Int, b: String? = nil) async throws(E) -> Int {
          a
        }

        """))
  }

  @Test func longFunctionsBreakTheirParameters() {
    let parameters = (1...8).map { FunctionDeclaration.Parameter(name: "parameter\($0)", type: "Int") }
    let function = FunctionDeclaration(name: "init", parameters: parameters)
    #expect(
      render(.function(function)).hasSuffix(
        """
        public init(
          parameter1: Int, parameter2: Int, parameter3: Int, parameter4: Int, parameter5: Int, parameter6: Int, parameter7: Int,
          parameter8: Int
        ) {}

        """))
  }

  @Test func documentationWrapsAndListsAreIndented() {
    let long = "- name: " + Array(repeating: "word", count: 26).joined(separator: " ")
    let function = FunctionDeclaration(documentation: ["One.", "", long], name: "f")
    let lines = render(.function(function)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropFirst(3).prefix(3).map { $0.prefix(8) } == ["/// One.", "///", "/// - na"])
    #expect(lines.dropFirst(6).first?.hasPrefix("///   word") == true)
    #expect(lines.allSatisfy { $0.count <= 120 })
  }

  @Test func switchesAndBlocks() {
    let text = body(
      .switch(
        subject: "x",
        cases: [
          SwitchCase("1", .line("one()")), SwitchCase("2", .line("two()"), .line("too()")),
          SwitchCase(nil, .line("no()")),
        ]),
      .block(head: "if y", body: [.line("return")]),
      .block(head: "each(z)", parameters: "a, b", body: [.line("a(b)")]))
    #expect(
      text == """
        func f() {
          switch x {
          case 1: one()
          case 2:
            two()
            too()
          default: no()
          }
          if y { return }
          each(z) { a, b in
            a(b)
          }
        }

        """)
  }

  @Test func longGuardsCallsAssignmentsAndTexts() {
    let names = (1...9).map { "longVariableName\($0)" }
    let text = body(
      .guardLet(names),
      .assignment(to: String(repeating: "a", count: 60), String(repeating: "b", count: 60)),
      .expression(
        prefix: "return ",
        .call(Call("Self", [.init("names", .array(names)), .init("help", .text("It \"helps\".")), .init(nil, "x")]))),
      .expression(.call(Call("f", [.init("help", .text(Array(repeating: "help", count: 26).joined(separator: " ")))]))))
    #expect(
      text == #"""
        func f() {
          guard
            let longVariableName1, let longVariableName2, let longVariableName3, let longVariableName4, let longVariableName5,
            let longVariableName6, let longVariableName7, let longVariableName8, let longVariableName9
          else { return nil }
          aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa =
            bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
          return Self(
            names: [
              longVariableName1, longVariableName2, longVariableName3, longVariableName4, longVariableName5, longVariableName6,
              longVariableName7, longVariableName8, longVariableName9,
            ],
            help: "It \"helps\".",
            x)
          f(
            help: """
              help help help help help help help help help help help help help help help help help help help help help help \
              help help help help
              """)
        }

        """#)
  }

  @Test func types() {
    let type = TypeDeclaration(
      documentation: "A choice.", kind: .enum, name: "Choice", conformances: ["Sendable"],
      members: [
        .enumCase(EnumCase(documentation: "First.", name: "one")),
        .enumCase(EnumCase(name: "two", associated: ["Int"])),
        .property(
          PropertyDeclaration(isStatic: true, isConstant: true, name: "all", value: .array([".one"]))),
        .property(PropertyDeclaration(access: .private, name: "stored", type: "Int")),
        .property(PropertyDeclaration(name: "computed", type: "Int", getter: [.line("1")])),
        .typeAlias(documentation: nil, access: .public, name: "A", type: "B"),
      ])
    let empty = TypeDeclaration(kind: .extension, name: "Choice", conformances: ["Equatable"])
    #expect(
      render(.type(type), .type(empty)).hasSuffix(
        """
        /// A choice.
        public enum Choice: Sendable {
          /// First.
          case one
          case two(Int)

          public static let all = [.one]

          private var stored: Int

          public var computed: Int { 1 }

          public typealias A = B
        }

        extension Choice: Equatable {}

        """))
  }
}
