// Writing for a log instead of the wire: the same values, told apart from what must not be kept.

extension JSONWriter {
  /// Starts a record: what a request or an answer is like, for a log that outlives both.
  ///
  /// Names of structure members begin with a lower-case letter (`KeyId` becomes `keyId`); keys of maps stay as they
  /// are. Times are RFC 3339. Blobs, secrets, and the members called one of `names` in the model, are left out
  /// together with their names, and never get into the buffer. A record that is nothing but a blob is empty.
  public init(recordLeavingOut names: [StaticString], capacity: Int = 256) {
    self.init(capacity: capacity)
    record = RecordStyle(leftOut: names)
  }

  /// A value that another writer has finished: one JSON text, taken as it is.
  public mutating func json(_ text: [UInt8]) {
    guard beginValue() else { return }
    reserve(text.count)
    bytes.append(contentsOf: text)
  }

  /// A time in RFC 3339, in UTC, to the second: `2020-07-01T16:46:40Z`. Times out of the years 0001 to 9999 go to the
  /// nearest end.
  public mutating func dateTime(secondsSince1970 seconds: Double) {
    guard beginValue() else { return }
    let whole = (Double(TimestampFormat.milliseconds(seconds)) / 1000).rounded(.down)
    let time = CivilTime(secondsSince1970: Int64(whole))
    append(UInt8(ascii: "\""))
    appendPadded(time.year / 100)
    appendPadded(time.year % 100)
    append("-")
    appendPadded(time.month)
    append("-")
    appendPadded(time.day)
    append("T")
    appendPadded(time.hour)
    append(":")
    appendPadded(time.minute)
    append(":")
    appendPadded(time.second)
    append("Z\"")
  }

  /// Two decimal digits.
  private mutating func appendPadded(_ number: Int) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  // MARK: What is left out. Called in records only.

  /// A structure member's name, or nothing when the member is to be left out.
  @inline(never)
  mutating func recordMember(_ name: StaticString) {
    guard beginsRecordMember() else { return }
    if record?.leavesOut(name) == true {
      record?.name = nil
      record?.omittedDepth = 0
      return
    }
    separate()
    let first = bytes.count + 1
    name.withUTF8Buffer { appendQuoted($0) }
    if first < bytes.count, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[first]) { bytes[first] |= 0x20 }
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Notes where a name begins; false inside a member that is left out.
  @inline(never)
  mutating func beginsRecordMember() -> Bool {
    guard record?.omittedDepth == nil else { return false }
    record?.name = RecordStyle.Name(start: bytes.count, neededComma: needsComma)
    return true
  }

  /// Whether a value that is no container is to be written.
  @inline(never)
  mutating func beginsRecordValue() -> Bool {
    guard let depth = record?.omittedDepth else {
      record?.name = nil
      return true
    }
    if depth == 0 { record?.omittedDepth = nil }
    return false
  }

  /// Whether a bracket that opens is to be written.
  @inline(never)
  mutating func opensInRecord() -> Bool {
    guard let depth = record?.omittedDepth else {
      record?.name = nil
      return true
    }
    record?.omittedDepth = depth + 1
    return false
  }

  /// Whether a bracket that closes is to be written.
  @inline(never)
  mutating func closesInRecord() -> Bool {
    guard let depth = record?.omittedDepth else { return true }
    record?.omittedDepth = depth > 1 ? depth - 1 : nil
    return false
  }

  /// Leaves out the value that comes next, and takes back its name.
  mutating func leaveOut() {
    let name = record?.name
    guard beginsRecordValue(), let name else { return }
    bytes.removeLast(bytes.count - name.start)
    needsComma = name.neededComma
  }
}
