// The plugin command `swift package generate-aws-client`: runs smithy-codegen in the package that uses the plugin.

import Foundation
import PackagePlugin

/// Passes its arguments to `smithy-codegen`. Relative paths start at the package's folder.
@main
struct GenerateAWSClient: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let generator = Process()
    generator.executableURL = try context.tool(named: "smithy-codegen").url
    generator.arguments = arguments
    generator.currentDirectoryURL = context.package.directoryURL
    try generator.run()
    generator.waitUntilExit()
    guard generator.terminationReason == .exit, generator.terminationStatus == 0 else {
      throw GenerationFailed(status: generator.terminationStatus)
    }
  }
}

/// The generator did not succeed; what it said is above.
struct GenerationFailed: Error, CustomStringConvertible {
  let status: Int32

  var description: String { "smithy-codegen failed with status \(status)" }
}
