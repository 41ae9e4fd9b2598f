// The command `smithy-codegen`: makes Swift code from a Smithy model, or checks that it has been made.

import ArgumentParser
import SmithyCodegen

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Generates Swift code for the awsJson service of a Smithy model.
@main
struct SmithyCodegenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smithy-codegen",
    abstract: "Generate Swift code for an awsJson service from its Smithy model.",
    discussion: "Each output folder is made to hold the generated files and no other Swift files.")

  @Option(help: "The Smithy 2.0 JSON AST to read.")
  var model: String

  @Option(help: "Our additions to the model: documentation, names, corrections.")
  var overlay: String

  @Option(help: "Where the types go that clients and servers share.")
  var types: String?

  @Option(help: "Where the client's methods go.")
  var client: String?

  @Option(help: "Where the command line's commands go.")
  var commands: String?

  @Flag(help: "Write nothing; fail when a folder differs from what would be written.")
  var check = false

  func run() throws {
    let generator = try CodeGenerator(
      model: SmithyModel(parsing: try contents(of: model), named: model),
      overlay: Overlay(parsing: try contents(of: overlay), named: overlay), sources: [model, overlay])
    var outputs: [(folder: OutputFolder, files: [GeneratedFile])] = []
    if let types { outputs.append((OutputFolder(path: types), generator.types())) }
    if let client { outputs.append((OutputFolder(path: client), generator.client())) }
    if let commands { outputs.append((OutputFolder(path: commands), try generator.commands())) }

    if check {
      let differences = outputs.flatMap { $0.folder.differences(from: $0.files) }
      for difference in differences { print(difference) }
      if !differences.isEmpty { throw ExitCode.failure }
    } else {
      for output in outputs { try output.folder.write(output.files) }
    }
  }

  private func contents(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("\(path) cannot be read")
    }
    return Array(data)
  }
}
