// The table "key state × operation", cell by cell.

import FoundationEssentials
import KMSDomain
import Testing

@Suite struct StateRuleTests {
  /// How a cell of the table answers.
  enum Answer: Equatable, Sendable {
    case works
    case fails(Fault.Kind, String)
  }

  /// The columns, in the table's order, and then each rule's row.
  static let states: [KeyState] = [
    .enabled, .disabled, .pendingDeletion, .pendingReplicaDeletion, .pendingImport, .unavailable, .creating, .updating,
  ]
  private static let disabled = Answer.fails(.disabled, "is disabled.")
  private static let deleting = Answer.fails(.invalidState, "is pending deletion.")
  private static let importing = Answer.fails(.invalidState, "is pending import.")
  private static let unavailable = Answer.fails(.invalidState, "is unavailable.")
  private static let creating = Answer.fails(.invalidState, "is creating.")
  private static let updating = Answer.fails(.invalidState, "is updating.")
  private static let notDeleting = Answer.fails(.invalidState, "is not pending deletion.")
  /// Answers that depend on more than the state, or cannot come up, such as those of a related key in a custom key
  /// store, count as `works`: the state refuses nothing.
  static let table: [(rule: StateRule, answers: [Answer])] = [
    (.cryptographic, [.works, disabled, deleting, deleting, importing, unavailable, creating, .works]),
    (.publicKey, [.works, .works, deleting, deleting, .works, .works, creating, .works]),
    (.createGrant, [.works, disabled, deleting, deleting, importing, .works, creating, .works]),
    (.metadata, [.works, .works, deleting, deleting, .works, .works, .works, .works]),
    (.always, [.works, .works, .works, .works, .works, .works, .works, .works]),
    (.enablement, [.works, .works, deleting, deleting, importing, .works, creating, updating]),
    (.scheduleDeletion, [.works, .works, deleting, deleting, .works, .works, .works, updating]),
    (
      .cancelDeletion,
      [notDeleting, notDeleting, .works, .works, notDeleting, notDeleting, notDeleting, notDeleting]
    ),
    (.rotation, [.works, disabled, deleting, deleting, importing, .works, creating, .works]),
    (.parametersForImport, [.works, .works, deleting, deleting, .works, .works, creating, updating]),
    (.importMaterial, [.works, .works, deleting, deleting, .works, .works, creating, .works]),
    (.deleteMaterial, [.works, .works, .works, .works, .works, .works, creating, updating]),
    (.replicate, [.works, disabled, deleting, deleting, importing, .works, creating, updating]),
    (.updatePrimary, [.works, disabled, deleting, deleting, importing, .works, creating, .works]),
  ]

  @Test func coversEveryRuleAndState() {
    #expect(Set(Self.table.map(\.rule)) == Set(StateRule.allCases))
    #expect(Self.table.count == StateRule.allCases.count)
    #expect(Set(Self.states) == Set(KeyState.allCases))
    #expect(Self.table.allSatisfy { $0.answers.count == Self.states.count })
  }

  @Test(arguments: table.flatMap { row in zip(states, row.answers).map { (row.rule, $0, $1) } })
  func cell(rule: StateRule, state: KeyState, expected: Answer) throws {
    let key = try TestKey.make(state: state)
    let answer: Answer
    do throws(Fault) {
      try rule.check(key)
      answer = .works
    } catch {
      let text = try #require(error.message)
      #expect(text.hasPrefix(key.arn + " "))
      answer = .fails(error.kind, String(text.dropFirst(key.arn.count + 1)))
    }
    #expect(answer == expected)
  }
}
