import { sealingFailureText } from '../infrastructure/sealing/sealing-failure-text.ts'
import type { StartFailure } from './gatebook.ts'
import type { ListenFailure } from './start-server.ts'

/** Why it did not start, in one sentence for the operator; no secret in it. */
export function startFailureText(failure: StartFailure | ListenFailure): string {
  if ('detail' in failure) return failure.detail
  if (failure.type === 'conflict' || failure.type === 'stream_deleted') return `The log refused a write at start (${failure.type}).`
  return sealingFailureText(failure)
}
