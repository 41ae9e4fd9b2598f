// Reads an overlay from JSON; an entry nobody asked for is an error, so that a misspelt one is noticed.

extension Overlay {
  /// Parses an overlay.
  ///
  /// - Parameters:
  ///   - bytes: the overlay's JSON, as UTF-8.
  ///   - name: what to call the overlay in errors, usually its file name.
  /// - Throws: ``ParseError`` when something is missing, unknown or of the wrong type.
  public init(parsing bytes: [UInt8], named name: String) throws(ParseError) {
    self.init()
    let root = NodeReader(try JSONNode(parsing: bytes, named: name), path: name)
    for (key, value) in try root.members() {
      switch key {
      case "names": try parseNames(value)
      case "corrections": try parseCorrections(value)
      case "alwaysPresent":
        for (structure, members) in try value.members() { alwaysPresent[structure] = Set(try members.texts()) }
      case "exactlyOneOf":
        for choice in try value.elements() { exactlyOneOf.append(try Choice(parsing: choice)) }
      case "errorCorrection":
        guard let correction = Overlay.ErrorCorrection(rawValue: try value.text()) else {
          throw value.error("is neither none nor flags nor all")
        }
        errorCorrection = correction
      case "documentation": documentation = try Documentation(parsing: value)
      default: throw value.error("is not known")
      }
    }
  }

  private mutating func parseNames(_ node: NodeReader) throws(ParseError) {
    for (key, value) in try node.members() {
      switch key {
      case "acronyms": acronyms = Set(try value.texts())
      case "types": typeNames = try value.textByName()
      case "identifiers": identifiers = try value.textByName()
      default: throw value.error("is not known")
      }
    }
  }

  private mutating func parseCorrections(_ node: NodeReader) throws(ParseError) {
    for (key, value) in try node.members() {
      switch key {
      case "notSensitive": notSensitive = Set(try value.texts())
      case "sensitive": sensitive = Set(try value.texts())
      default: throw value.error("is not known")
      }
    }
  }
}

extension Overlay.Choice {
  fileprivate init(parsing node: NodeReader) throws(ParseError) {
    self.init(
      type: try node.required("type").text(),
      label: try node.required("label").text(),
      documentation: try node.required("documentation").text(),
      structures: try node.required("structures").texts(),
      members: try node.required("members").texts())
  }
}

extension Overlay.Documentation {
  fileprivate init(parsing node: NodeReader) throws(ParseError) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "service": service = try value.text()
      case "operations": operations = try value.textByName()
      case "structures": structures = try value.textByName()
      case "members": members = try value.textByName()
      case "memberOverrides": memberOverrides = try value.textByName()
      case "enums": enums = try value.textByName()
      case "errors": errors = try value.textByName()
      default: throw value.error("is not known")
      }
    }
  }
}
