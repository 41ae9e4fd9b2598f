// A structure on the command line.

import AWSJSON
import ArgumentParser

/// A structure of the model as JSON text, in the form the API has it.
struct JSONArgument<Structure: AWSJSONStructure>: ExpressibleByArgument {
  let value: Structure

  init?(argument: String) {
    guard let value = try? Structure.decodeInput(Array(argument.utf8)) else { return nil }
    self.value = value
  }
}
