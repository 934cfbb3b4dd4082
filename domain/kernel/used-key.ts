import * as t from 'io-ts'
import { Fingerprint } from './ids.ts'

/** The identity key that a login was proved with. `sequence`: 0 for the first key, and that of its rotation for a later one. */
export const UsedKey = t.strict({ fingerprint: Fingerprint, sequence: t.number })
export type UsedKey = t.TypeOf<typeof UsedKey>
