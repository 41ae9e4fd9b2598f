// How a request came, read off the request.

import KMSAccess

extension RequestOrigin {
  /// The origin of a request that was received at `time`, in seconds since 1970.
  init(_ request: ServiceRequest, time: Double) {
    self.init(
      sourceIP: request.remoteAddress, isSecure: request.isSecure, userAgent: request.header("user-agent"),
      host: request.isSecure ? request.header("host") : nil, tlsVersion: request.tlsVersion, time: time)
  }
}
