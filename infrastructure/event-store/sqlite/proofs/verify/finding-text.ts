import type { Finding } from './finding.ts'

const texts = {
  changed: 'was changed',
  missing: 'is missing',
  inserted: 'was inserted',
} as const

export function findingText(finding: Finding): string {
  switch (finding.type) {
    case 'changed':
    case 'missing':
    case 'inserted':
      return `The event at position ${finding.position} ${texts[finding.type]}.`
    case 'cut': {
      const { after, end, events, expected } = finding
      const elsewhere = after === end ? '' : `, or events behind position ${after} are missing`
      return `The log ends at position ${end} with ${events} of ${expected} events. It was cut off there or rolled back${elsewhere}.`
    }
    case 'rewritten':
      return `The log was rewritten: it does not lead to ${finding.checkpoint}. The first difference is behind position ${finding.after}, at position ${finding.through} at the latest.`
    case 'tiles':
      return finding.position === null
        ? 'The proofs are damaged; the log fits.'
        : `The proofs are damaged at position ${finding.position}; the log fits a checkpoint behind it.`
  }
}
