// From a client's settings to the endpoint they mean.

extension ServiceEndpoint {
  /// The endpoint of `service` in `region`.
  ///
  /// The service's rules decide; without rules it is the form that most services have, `prefix.region.suffix`. The
  /// Region may be one of the old names that ask for FIPS, `fips-us-east-1` or `us-east-1-fips`.
  ///
  /// - Throws: `ConfigurationError.invalidRegion`, and `.invalidEndpoint` with the text of the rule that refuses: FIPS
  ///   or dual stack together with an endpoint URL, or in a partition without them.
  init(
    of service: ServiceDescription, region: String, endpointURL: String?, usesFIPS: Bool, usesDualStack: Bool
  ) throws(ConfigurationError) {
    let name = try RegionName(region)
    if let endpointURL { _ = try EndpointURL(endpointURL) }
    let request = EndpointRequest(
      region: name.region, endpointURL: endpointURL, usesFIPS: usesFIPS || name.asksForFIPS,
      usesDualStack: usesDualStack)
    let resolved: ResolvedEndpoint
    do {
      resolved = try request.endpoint(of: service)
    } catch {
      throw .invalidEndpoint(reason: error.reason)
    }
    let scheme = try Self.sigV4Scheme(of: resolved)
    self.init(
      url: try EndpointURL(resolved.url),
      signingRegion: scheme["signingRegion"]?.string ?? name.region,
      signingName: scheme["signingName"]?.string ?? service.signingName,
      headers: resolved.headers)
  }

  /// The endpoint's own terms for Signature Version 4; none when it has no opinion.
  private static func sigV4Scheme(of endpoint: ResolvedEndpoint) throws(ConfigurationError) -> [String: EndpointValue] {
    guard let schemes = endpoint.properties["authSchemes"]?.array, !schemes.isEmpty else { return [:] }
    guard let scheme = schemes.lazy.compactMap(\.record).first(where: { $0["name"] == .string("sigv4") }) else {
      throw .invalidEndpoint(reason: "it does not take Signature Version 4")
    }
    return scheme
  }
}

/// A Region's name, without what old names say besides.
private struct RegionName {
  let region: String
  let asksForFIPS: Bool

  init(_ name: String) throws(ConfigurationError) {
    try EndpointURL.validate(region: name)
    if name.hasPrefix("fips-") {
      region = String(name.dropFirst("fips-".count))
    } else if name.hasSuffix("-fips") {
      region = String(name.dropLast("-fips".count))
    } else {
      region = name
    }
    asksForFIPS = region != name
    if asksForFIPS { try EndpointURL.validate(region: region) }
  }
}

/// What is asked of the rules.
private struct EndpointRequest {
  let region: String
  let endpointURL: String?
  let usesFIPS: Bool
  let usesDualStack: Bool

  func endpoint(of service: ServiceDescription) throws(EndpointRuleError) -> ResolvedEndpoint {
    let partitions = try Partitions.published.get()
    guard let rules = service.endpointRules else {
      return try commonEndpoint(prefix: service.endpointPrefix, partitions.partition(ofRegion: region))
    }
    // A rule set that does not know a wish would pass it over in silence.
    if usesFIPS, try !rules.declares("UseFIPS") { throw .refused("the service has no FIPS endpoints") }
    if usesDualStack, try !rules.declares("UseDualStack") {
      throw .refused("the service has no dual-stack endpoints")
    }
    var parameters: [String: EndpointValue] = [
      "Region": .string(region), "UseFIPS": .boolean(usesFIPS), "UseDualStack": .boolean(usesDualStack),
    ]
    if let endpointURL {
      guard try rules.declares("Endpoint") else { return try customEndpoint(endpointURL) }
      parameters["Endpoint"] = .string(endpointURL)
    }
    return try rules.endpoint(for: parameters, partitions: partitions)
  }

  /// What the rules of most services come to.
  private func commonEndpoint(prefix: String, _ partition: Partition) throws(EndpointRuleError) -> ResolvedEndpoint {
    if let endpointURL { return try customEndpoint(endpointURL) }
    guard partition.supportsFIPS || !usesFIPS, partition.supportsDualStack || !usesDualStack else {
      throw .refused("the partition \(partition.id) does not have the kind of endpoint asked for: FIPS or dual stack")
    }
    let suffix = usesDualStack ? partition.dualStackDNSSuffix : partition.dnsSuffix
    return ResolvedEndpoint(url: "https://\(prefix)\(usesFIPS ? "-fips" : "").\(region).\(suffix)")
  }

  private func customEndpoint(_ url: String) throws(EndpointRuleError) -> ResolvedEndpoint {
    guard !usesFIPS else { throw .refused("Invalid Configuration: FIPS and custom endpoint are not supported") }
    guard !usesDualStack else {
      throw .refused("Invalid Configuration: Dualstack and custom endpoint are not supported")
    }
    return ResolvedEndpoint(url: url)
  }
}
