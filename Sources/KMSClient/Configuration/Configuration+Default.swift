// The configuration that the surroundings of the process describe.

internal import AWSJSON

extension KMSClient.Configuration {
  /// Region, endpoint and credentials from the environment, under the names that every AWS tool uses.
  ///
  /// | Setting | Variables, the first that is set and not empty |
  /// | --- | --- |
  /// | Region | `AWS_REGION`, `AWS_DEFAULT_REGION` |
  /// | endpoint | `AWS_ENDPOINT_URL_KMS`, `AWS_ENDPOINT_URL`; otherwise AWS's own for the Region |
  /// | credentials | `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, perhaps `AWS_SESSION_TOKEN` |
  ///
  /// - Throws: ``ConfigurationError`` when something is missing or not valid.
  public static func `default`() async throws(ConfigurationError) -> Self {
    try resolve(in: ProcessEnvironment())
  }

  static func resolve(in environment: some EnvironmentVariables) throws(ConfigurationError) -> Self {
    guard let region = environment.string(firstOf: "AWS_REGION", "AWS_DEFAULT_REGION") else { throw .missingRegion }
    let credentials: EnvironmentCredentialsProvider
    do {
      credentials = try EnvironmentCredentialsProvider(environment: environment)
    } catch {
      throw .credentials(error)
    }
    let configuration = Self(
      region: region, endpointURL: environment.string(firstOf: "AWS_ENDPOINT_URL_KMS", "AWS_ENDPOINT_URL"),
      credentials: credentials)
    try configuration.validate()
    return configuration
  }
}
