// Lists and maps. A null in a dense collection is a violation on a server, and left out by a client.

extension JSONReader {
  /// The list that comes next; `readElement` reads one element, or gives nil to leave it out.
  ///
  /// `member` is the list's own name in paths; nil inside another collection.
  @inlinable
  public mutating func readList<Element>(
    at member: StaticString? = nil, _ validation: inout Validation,
    _ readElement: (inout JSONReader, inout Validation) throws(JSONError) -> Element?
  ) throws(JSONError) -> [Element] {
    try readList(at: member, &validation, null: nil, readElement)
  }

  /// As ``readList(at:_:_:)`` for a list whose elements may be null (Smithy's `sparse`).
  @inlinable
  public mutating func readSparseList<Element>(
    at member: StaticString? = nil, _ validation: inout Validation,
    _ readElement: (inout JSONReader, inout Validation) throws(JSONError) -> Element?
  ) throws(JSONError) -> [Element?] {
    try readList(at: member, &validation, null: .some(nil)) { (reader, validation) throws(JSONError) in
      guard let element = try readElement(&reader, &validation) else { return nil }
      return .some(element)
    }
  }

  /// The map that comes next; `readValue` reads one value, or gives nil to leave its entry out.
  /// Of two equal keys the last one wins.
  @inlinable
  public mutating func readMap<Value>(
    at member: StaticString? = nil, _ validation: inout Validation,
    _ readValue: (inout JSONReader, inout Validation) throws(JSONError) -> Value?
  ) throws(JSONError) -> [String: Value] {
    try readMap(at: member, &validation, null: nil, readValue)
  }

  /// As ``readMap(at:_:_:)`` for a map whose values may be null (Smithy's `sparse`).
  @inlinable
  public mutating func readSparseMap<Value>(
    at member: StaticString? = nil, _ validation: inout Validation,
    _ readValue: (inout JSONReader, inout Validation) throws(JSONError) -> Value?
  ) throws(JSONError) -> [String: Value?] {
    try readMap(at: member, &validation, null: .some(nil)) { (reader, validation) throws(JSONError) in
      guard let value = try readValue(&reader, &validation) else { return nil }
      return .some(value)
    }
  }

  /// `null` is what a null element becomes; nil where it may not be.
  @inlinable
  mutating func readList<Element>(
    at member: StaticString?, _ validation: inout Validation, null: Element?,
    _ readElement: (inout JSONReader, inout Validation) throws(JSONError) -> Element?
  ) throws(JSONError) -> [Element] {
    var elements: [Element] = []
    if let member { validation.enter(member) }
    try beginArray()
    var index = 0
    while try nextElement() {
      validation.enter(element: index)
      if try readNull() {
        if let null { elements.append(null) } else { validation.missing() }
      } else if let element = try readElement(&self, &validation) {
        elements.append(element)
      }
      validation.leave()
      index += 1
    }
    if member != nil { validation.leave() }
    return elements
  }

  @inlinable
  mutating func readMap<Value>(
    at member: StaticString?, _ validation: inout Validation, null: Value?,
    _ readValue: (inout JSONReader, inout Validation) throws(JSONError) -> Value?
  ) throws(JSONError) -> [String: Value] {
    var map: [String: Value] = [:]
    if let member { validation.enter(member) }
    try beginObject()
    while let name = try nextMember() {
      let key = try self.key(name, of: map)
      validation.enter(key: key)
      let value: Value?
      if try readNull() {
        value = null
        if null == nil { validation.missing() }
      } else {
        value = try readValue(&self, &validation)
      }
      if let value { map.updateValue(value, forKey: key) } else { map.removeValue(forKey: key) }
      validation.leave()
    }
    if member != nil { validation.leave() }
    return map
  }
}

// MARK: The common shapes

extension JSONReader {
  /// The structure that comes next; nil when something in it violates the model, which `validation` then holds.
  @inlinable
  public mutating func readStructure<Value: AWSJSONStructure>(
    at member: StaticString, _ validation: inout Validation
  ) throws(JSONError) -> Value? {
    validation.enter(member)
    let value = try Value.decode(&self, &validation)
    validation.leave()
    return value
  }

  /// A list of structures.
  @inlinable
  public mutating func readStructureList<Element: AWSJSONStructure>(
    at member: StaticString, _ validation: inout Validation
  ) throws(JSONError) -> [Element] {
    try readList(at: member, &validation) { (reader, validation) throws(JSONError) in
      try Element.decode(&reader, &validation)
    }
  }

  /// A map of structures.
  @inlinable
  public mutating func readStructureMap<Value: AWSJSONStructure>(
    at member: StaticString, _ validation: inout Validation
  ) throws(JSONError) -> [String: Value] {
    try readMap(at: member, &validation) { (reader, validation) throws(JSONError) in
      try Value.decode(&reader, &validation)
    }
  }

  /// A list of enumeration values.
  @inlinable
  public mutating func readEnumerationList<Element: AWSJSONEnumeration>(
    at member: StaticString, _ validation: inout Validation
  ) throws(JSONError) -> [Element] {
    try readList(at: member, &validation) { (reader, _) throws(JSONError) in try reader.readEnumeration() }
  }

  /// A list of strings.
  public mutating func readStringList(
    at member: StaticString, _ validation: inout Validation
  ) throws(JSONError) -> [String] {
    try readList(at: member, &validation) { (reader, _) throws(JSONError) in try reader.readString() }
  }

  /// A map of strings.
  public mutating func readStringMap(
    at member: StaticString, _ validation: inout Validation
  ) throws(JSONError) -> [String: String] {
    try readMap(at: member, &validation) { (reader, _) throws(JSONError) in try reader.readString() }
  }

  /// A list of strings where no model is at work; a null is a mismatch.
  public mutating func readStringList() throws(JSONError) -> [String] {
    var elements: [String] = []
    try beginArray()
    while try nextElement() { elements.append(try readString()) }
    return elements
  }

  /// A map of strings where no model is at work; a null is a mismatch.
  public mutating func readStringMap() throws(JSONError) -> [String: String] {
    var map: [String: String] = [:]
    try beginObject()
    while let name = try nextMember() {
      let key = try self.key(name, of: map)
      map[key] = try readString()
    }
    return map
  }

  /// The text of `name`, the next key of `map`; refused if the map has a key that is equal to it but not the same.
  @usableFromInline
  func key<Value>(_ name: JSONName, of map: [String: Value]) throws(JSONError) -> String {
    let key = name.string
    if let index = map.index(forKey: key), !map.keys[index].utf8.elementsEqual(key.utf8) {
      throw .ambiguousName(offset: offset)
    }
    return key
  }
}
