// Lists and maps.

extension JSONWriter {
  /// An array, each element written by `writeElement`.
  @inlinable
  public mutating func list<Element>(_ elements: [Element], _ writeElement: (inout JSONWriter, Element) -> Void) {
    beginArray()
    for element in elements { writeElement(&self, element) }
    endArray()
  }

  /// An object, each value written by `writeValue`, in the order of the keys so that equal maps give equal bytes.
  @inlinable
  public mutating func map<Value>(_ map: [String: Value], _ writeValue: (inout JSONWriter, Value) -> Void) {
    beginObject()
    if map.count < 2 {
      for (name, value) in map {
        key(name)
        writeValue(&self, value)
      }
    } else {
      for (name, value) in map.sorted(by: { $0.key < $1.key }) {
        key(name)
        writeValue(&self, value)
      }
    }
    endObject()
  }

  public mutating func stringList(_ elements: [String]) {
    list(elements) { writer, element in writer.string(element) }
  }

  public mutating func stringMap(_ values: [String: String]) {
    map(values) { writer, value in writer.string(value) }
  }

  @inlinable
  public mutating func enumerationList(_ elements: [some AWSJSONEnumeration]) {
    list(elements) { writer, element in writer.enumeration(element) }
  }

  @inlinable
  public mutating func structureList(_ elements: [some AWSJSONStructure]) {
    list(elements) { writer, element in element.encode(&writer) }
  }

  @inlinable
  public mutating func structureMap(_ values: [String: some AWSJSONStructure]) {
    map(values) { writer, value in value.encode(&writer) }
  }
}
