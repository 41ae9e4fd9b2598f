// The flags that every operation's command has: where to send the request, and how to print the answer.

import AWSJSON
import ArgumentParser
import Foundation
import KMSClient

/// Where a command's request goes and how its answer is shown.
struct EndpointOptions: ParsableArguments {
  /// The forms an answer can be printed in.
  enum Output: String, ExpressibleByArgument, CaseIterable {
    case json, pem, der
  }

  @Option(help: "URL of the service. (default: $KEYWRIGHT_ENDPOINT, or what the AWS tools take)")
  var endpoint: String?

  @Option(help: "Region. (default: $AWS_REGION or $AWS_DEFAULT_REGION)")
  var region: String?

  @Option(help: "json; pem or der for the keys in the answer.")
  var output = Output.json

  /// The client's configuration; credentials come from the environment.
  func configuration() async throws(CommandFailure) -> KMSClient.Configuration {
    let endpoint = endpoint ?? ProcessInfo.processInfo.environment["KEYWRIGHT_ENDPOINT"]
    do {
      guard let region else {
        var configuration = try await KMSClient.Configuration.default()
        if let endpoint { configuration.endpointURL = endpoint }
        try configuration.validate()
        return configuration
      }
      let environment = ProcessInfo.processInfo.environment
      let configuration = KMSClient.Configuration(
        region: region,
        endpointURL: endpoint ?? environment["AWS_ENDPOINT_URL_KMS"] ?? environment["AWS_ENDPOINT_URL"],
        credentials: try EnvironmentCredentialsProvider())
      try configuration.validate()
      return configuration
    } catch let error as ConfigurationError {
      throw CommandFailure(.configuration, error.description)
    } catch {
      throw CommandFailure(.configuration, "\(error)")
    }
  }
}
