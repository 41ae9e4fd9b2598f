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
  private static let deleting = Answer.fails(.invalidState, "is pending deletion.")
  private static let importing = Answer.fails(.invalidState, "is pending import.")
  private static let creating = Answer.fails(.invalidState, "is creating.")
  private static let updating = Answer.fails(.invalidState, "is updating.")
  private static let notDeleting = Answer.fails(.invalidState, "is not pending deletion.")
  static let table: [(rule: StateRule, answers: [Answer])] = [
    (
      .cryptographic,
      [
        .works, .fails(.disabled, "is disabled."), deleting, deleting, importing,
        .fails(.invalidState, "is unavailable."), creating, .works,
      ]
    ),
    (.metadata, [.works, .works, deleting, deleting, .works, .works, .works, .works]),
    (.always, [.works, .works, .works, .works, .works, .works, .works, .works]),
    (.enablement, [.works, .works, deleting, deleting, importing, .works, creating, updating]),
    (.scheduleDeletion, [.works, .works, deleting, deleting, .works, .works, .works, updating]),
    (
      .cancelDeletion,
      [notDeleting, notDeleting, .works, .works, notDeleting, notDeleting, notDeleting, notDeleting]
    ),
  ]

  @Test func coversEveryRuleAndState() {
    #expect(Set(Self.table.map(\.rule)) == Set(StateRule.allCases))
    #expect(Set(Self.states) == Set(KeyState.allCases))
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
