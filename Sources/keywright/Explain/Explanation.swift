// What `keywright explain` prints.

import Foundation
import KMSAccess
import KMSDomain

/// The decisions on all permissions that a request needs, with what people should know about them.
struct Explanation {
  private let action: ExplainedAction
  private var notes: [String]
  private var traces: [DecisionTrace] = []

  init(action: ExplainedAction, notes: [String]) {
    self.action = action
    self.notes = notes
  }

  /// Adds the decision on one permission; on a key, with the key's state.
  mutating func add(_ trace: DecisionTrace, keyState: KeyState?) {
    traces.append(trace)
    if let keyState, keyState != .enabled {
      notes.append("the key is \(keyState.rawValue): what is allowed may still be refused for that")
    }
  }

  /// Whether every permission is given.
  var isAllowed: Bool { !traces.isEmpty && traces.allSatisfy(\.decision.isAllowed) }

  /// For a terminal.
  var text: String {
    var parts: [String] = []
    if traces.count > 1 {
      let missing = traces.count { !$0.decision.isAllowed }
      let verdict = isAllowed ? "ALLOWED" : "DENIED"
      let finding = missing == 0 ? "and has them" : missing == 1 ? "and one is missing" : "and \(missing) are missing"
      parts.append("\(verdict)  kms:\(action.name) needs \(traces.count) permissions, \(finding)")
    }
    parts += traces.map(\.description)
    if !notes.isEmpty { parts.append(notes.map { "note: \($0)" }.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  /// For programs.
  func json() throws(CommandFailure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(
        decoding: try encoder.encode(ExplanationDocument(isAllowed: isAllowed, notes, traces)), as: UTF8.self)
    } catch {
      throw CommandFailure(.dataError, "the explanation cannot be written as JSON: \(error)")
    }
  }
}
