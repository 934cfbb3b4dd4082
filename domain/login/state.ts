import type { AccountId } from '../kernel/ids.ts'
import type { Challenges } from './challenges.ts'
import type { Lanes } from './lanes.ts'

/** `rejected`: attempts since the last that was accepted, over locks and devices. `keyOwner`: whose key the newest signature was for. */
export type State = {
  readonly lanes: Lanes
  readonly rejected: number
  readonly keyOwner: AccountId | null
  readonly challenges: Challenges
}
