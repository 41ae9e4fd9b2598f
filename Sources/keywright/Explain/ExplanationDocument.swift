// An explanation as JSON.

import KMSAccess

/// The JSON that `keywright explain --json` prints.
struct ExplanationDocument: Encodable {
  struct Permission: Encodable {
    let allowed: Bool
    let principal: String
    let action: String
    let resource: String
    let decision: String
    /// Why, in one word.
    let reason: String
    /// The statements, or the grant, that decided.
    let decidedBy: [DecisionDocument.Decider]
    /// What the caller is told when it is denied.
    let refusal: String?
    let layers: [Layer]
  }

  struct Layer: Encodable {
    let name: String
    /// `allows`, `delegates`, `forbids` or `silent`.
    let outcome: String
    let finding: String
    let statements: [Statement]
  }

  struct Statement: Encodable {
    let number: Int
    let sid: String?
    let effect: String
    let applies: Bool
    let finding: String
  }

  let allowed: Bool
  let permissions: [Permission]
  let notes: [String]

  init(isAllowed: Bool, _ notes: [String], _ traces: [DecisionTrace]) {
    allowed = isAllowed
    self.notes = notes
    permissions = traces.map { trace in
      let decision = DecisionDocument(trace.decision)
      return Permission(
        allowed: trace.decision.isAllowed, principal: trace.request.identity.arn, action: trace.request.action,
        resource: trace.request.resourceARN, decision: "\(trace.decision)", reason: decision.reason,
        decidedBy: decision.deciders, refusal: trace.refusal, layers: trace.layers.map(Self.layer))
    }
  }

  private static func layer(_ layer: DecisionTrace.Layer) -> Layer {
    Layer(
      name: layer.name, outcome: layer.outcome.rawValue, finding: layer.finding,
      statements: layer.statements.map { statement in
        Statement(
          number: statement.statement.number, sid: statement.statement.sid, effect: statement.effect.rawValue,
          applies: statement.finding == .applies, finding: "\(statement.finding)")
      })
  }
}
