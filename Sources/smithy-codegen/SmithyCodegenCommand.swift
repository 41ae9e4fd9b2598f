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
    discussion: """
      Each output folder is made to hold the generated files and no other Swift files. Types and client may share one.
      """)

  @Option(help: "The Smithy 2.0 JSON AST to read.")
  var model: String?

  @Option(help: "The shape id of the service, when the model has several: com.example#Weather.")
  var service: String?

  @Option(help: "What the generated files call the model, in place of its path.")
  var modelName: String?

  @Option(help: "Our additions to the model: documentation, names, corrections.")
  var overlay: String?

  @Option(help: "Where the types go that clients and servers share.")
  var types: String?

  @Option(help: "Where the client's class and methods go.")
  var client: String?

  @Option(help: "Where the command line's commands go.")
  var commands: String?

  @Option(help: "Where the tests go that the traits of Smithy's protocol tests describe.")
  var protocolTests: String?

  @Option(help: "The module of the types, when it has another name than <Service>Model.")
  var typesModule: String?

  @Flag(help: "Types and client are in one module: nothing is imported, and Exports.swift re-exports AWSClient.")
  var singleModule = false

  @Option(help: "The partitions document to read.")
  var partitions: String?

  @Option(help: "Where the partitions go.")
  var partitionsOutput: String?

  @Flag(help: "Write nothing; fail when a folder differs from what would be written.")
  var check = false

  func validate() throws {
    guard serviceOutput != nil || partitionsOutput != nil else {
      throw ValidationError(
        "Nothing to do: give --types, --client, --commands, --protocol-tests or --partitions-output.")
    }
    guard (model == nil) == (serviceOutput == nil) else {
      throw ValidationError("--model goes with --types, --client, --commands or --protocol-tests.")
    }
    guard model != nil || (service == nil && modelName == nil) else {
      throw ValidationError("--service and --model-name have no meaning without --model.")
    }
    guard (partitions == nil) == (partitionsOutput == nil) else {
      throw ValidationError("--partitions and --partitions-output go together.")
    }
    guard !singleModule || typesModule == nil else {
      throw ValidationError("--types-module has no meaning with --single-module.")
    }
  }

  /// Any of the folders for what the model's service needs.
  private var serviceOutput: String? { types ?? client ?? commands ?? protocolTests }

  func run() throws {
    let outputs = try plan().folders()
    if check {
      let differences = outputs.flatMap { $0.folder.differences(from: $0.files) }
      for difference in differences { print(difference) }
      if !differences.isEmpty { throw ExitCode.failure }
    } else {
      for output in outputs { try output.folder.write(output.files) }
    }
  }

  private func plan() throws -> OutputPlan {
    var plan = OutputPlan()
    if let model {
      let generator = try CodeGenerator(
        model: SmithyModel(parsing: try contents(of: model), named: model),
        overlay: try overlay.map { try Overlay(parsing: contents(of: $0), named: $0) } ?? Overlay(),
        service: try serviceID(),
        sources: [modelName ?? model] + (overlay.map { [$0] } ?? []),
        layout: singleModule ? .single : .separate(types: typesModule))
      if let types { plan.add(generator.types(), to: types) }
      if let client { plan.add(try generator.client(), to: client) }
      if let protocolTests { plan.add(try generator.protocolTests(), to: protocolTests) }
      if let commands { plan.add(try generator.commands(), to: commands) }
    }
    if let partitions, let partitionsOutput {
      let document = try JSONNode(parsing: contents(of: partitions), named: partitions)
      plan.add(try CodeGenerator.partitions(document, sources: [partitions]), to: partitionsOutput)
    }
    return plan
  }

  private func serviceID() throws -> ShapeID? {
    guard let service else { return nil }
    guard let id = ShapeID(service) else { throw ValidationError("\(service) is no absolute shape id") }
    return id
  }

  private func contents(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("\(path) cannot be read")
    }
    return Array(data)
  }
}
