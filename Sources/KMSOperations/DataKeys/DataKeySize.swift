// How long a data key is to be: by name or in bytes, but not both.

import KMSDomain
import KMSModel

/// The number of bytes a request for a data key asks for.
///
/// - Throws: a ValidationException unless exactly one of the two is given.
func dataKeySize(_ spec: DataKeySpec?, _ numberOfBytes: Int?) throws(Fault) -> Int {
  switch (spec, numberOfBytes) {
  case (.aes128, nil): return 16
  case (.aes256, nil): return 32
  case (nil, let count?): return count
  default: throw .validation("Please specify either number of bytes or key spec.")
  }
}
