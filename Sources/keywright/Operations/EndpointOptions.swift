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

  @Option(help: "Region. (default: what the AWS tools take: $AWS_REGION, $AWS_DEFAULT_REGION, the profile's)")
  var region: String?

  @Option(help: "Profile of ~/.aws/config and ~/.aws/credentials to use. (default: $AWS_PROFILE)")
  var profile: String?

  @Option(help: "json; pem or der for the keys in the answer.")
  var output = Output.json

  /// The client's configuration: what the flags say, and for the rest what every AWS tool finds.
  func configuration() async throws(CommandFailure) -> KMSClient.Configuration {
    do {
      var configuration = try await KMSClient.Configuration.default(profile: profile, region: region)
      if let endpoint = endpoint ?? ProcessInfo.processInfo.environment["KEYWRIGHT_ENDPOINT"] {
        configuration.endpointURL = endpoint
        try configuration.validate()
      }
      return configuration
    } catch {
      throw CommandFailure(.configuration, error.description)
    }
  }
}
