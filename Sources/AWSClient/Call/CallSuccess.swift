// How a call ends well.

/// An operation's output, and the id under which the service knows the request.
struct CallSuccess<Output> {
  let output: Output
  let requestID: String?
}
