// A request as its signature covers it.

import AWSSigV4

extension ServiceRequest {
  /// What SigV4 signs.
  var signable: SignableRequest {
    SignableRequest(method: method, target: target, headers: headers, body: body)
  }
}
