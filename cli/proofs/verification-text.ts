import type { Finding } from '../../infrastructure/event-store/sqlite/proofs/verify/finding.ts'
import { findingText } from '../../infrastructure/event-store/sqlite/proofs/verify/finding-text.ts'
import type { Verification } from '../../infrastructure/event-store/sqlite/proofs/verify/verify-log.ts'

type Told = Omit<Verification, 'root' | 'finding'> & {
  readonly root: string
  readonly finding: Finding | null
  readonly file: string
  /** In the tiles, and how many checkpoints there were to compare with. */
  readonly leaves: number
  readonly checkpoints: number
}

const weaker = `The key of the checkpoints was taken from the log itself: use --vkey with one that you noted before.`

export function verificationText(
  { file, events, position, root, erased, leaves, checkpoints, finding }: Told,
  isKeyKnown: boolean,
): string {
  const compared = `compared with ${leaves} leaves and ${checkpoints} checkpoints`
  const facts = `${file}: ${events} events up to position ${position}, ${erased} of them with an erased payload; ${compared}.\nRoot of ${events} leaves: ${root}`
  const verdict = finding === null ? 'The log fits all of them.' : findingText(finding)
  return [facts, verdict, ...(isKeyKnown || checkpoints === 0 ? [] : [weaker])].join('\n')
}
