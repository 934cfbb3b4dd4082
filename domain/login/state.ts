import type { Challenges } from './challenges.ts'
import type { Lanes } from './lanes.ts'

/** `rejected`: attempts since the last that was accepted, over locks and devices. */
export type State = { readonly lanes: Lanes; readonly rejected: number; readonly challenges: Challenges }
