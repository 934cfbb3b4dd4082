import type { ExplainedEvent } from './explain-event.ts'

const unexplained = { command: null, rule: null, budget: null, counters: [], windows: [] } as const

/** What the API and the command give in JSON: nothing of the events' data. */
export function explainedFields({ explanation, read, policy }: ExplainedEvent) {
  const { agrees } = explanation
  const reasons = agrees ? { command: explanation.command, ...explanation.reasons } : unexplained
  return { agrees, because: agrees ? null : explanation.because, ...reasons, read, policy: { recorded: policy.recorded, ...policy.values } }
}
