// Comparison whose duration tells nothing about where two byte strings differ.

/// Whether `left` and `right` hold the same bytes, in time that depends only on their lengths.
public func constantTimeEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  var difference: UInt8 = 0
  for index in 0..<left.count { difference |= left[index] ^ right[index] }
  return difference == 0
}

/// Whether `left` and `right` hold the same bytes, in time that depends only on their lengths.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.withUnsafeBytes { l in right.withUnsafeBytes { r in constantTimeEqual(l, r) } }
}
