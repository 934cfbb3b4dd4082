import type { ExplainedEvent } from '../../application/explain/explain-event.ts'
import { describeEvent } from '../../projections/audit/describe-event.ts'
import {
  budgetWords,
  counterText,
  counterWords,
  describeRule,
  windowText,
  windowWords,
} from '../../projections/audit/words/describe-explanation.ts'
import { describePolicy } from '../../projections/audit/words/describe-policy.ts'
import { timeText } from '../../projections/audit/words/time-text.ts'
import { fields } from '../operator/columns.ts'

const numbersOf = ({ explanation }: ExplainedEvent): Readonly<Record<string, string>> => {
  if (!explanation.agrees) return {}
  const { budget, counters, windows } = explanation.reasons
  return {
    ...(budget === null ? {} : { 'budget of': budgetWords[budget] }),
    ...Object.fromEntries(counters.map((counter) => [counterWords[counter.name], counterText(counter)])),
    ...Object.fromEntries(windows.map((window) => [windowWords[window.name], windowText(window)])),
  }
}

const policyLine = ({ policy: { recorded, values } }: ExplainedEvent) => {
  const numbers = describePolicy(values)
  return recorded === null
    ? `Policy not recorded; explained under today's. ${numbers}.`
    : `${numbers}. Recorded at position ${recorded.position}, ${timeText(recorded.since)}.`
}

const agreement = ({ explanation }: ExplainedEvent) =>
  explanation.agrees ? [`The decider was asked again (${explanation.command}), and gives exactly the recorded events.`] : []

/** Plain sentences, and one line for each number. */
export function explanationText(explained: ExplainedEvent): string {
  const { recorded, event, together, read, explanation } = explained
  const numbers = numbersOf(explained)
  const others = together.filter(({ position }) => position !== recorded.position)
  const start = read.summary === null ? `revision ${read.from}` : `the summary at revision ${read.summary}`
  return [
    `Position ${recorded.position}, ${recorded.recordedAt}, by ${recorded.metadata.actor}`,
    `${describeEvent(event)}.`,
    '',
    describeRule(explanation),
    ...(Object.keys(numbers).length === 0 ? [] : [fields(numbers)]),
    '',
    ...others.map((other) => `Appended with position ${other.position}: ${describeEvent(other.event)}.`),
    policyLine(explained),
    `Read: ${read.stream}, from ${start} to revision ${read.through}.`,
    ...agreement(explained),
  ].join('\n')
}
