// The id by which the service's operators find all attempts of one call.

internal import AWSJSON

/// A random UUID, sent with every attempt as `amz-sdk-invocation-id`.
struct InvocationID: Sendable, CustomStringConvertible {
  let description = RandomUUID.text()
}
