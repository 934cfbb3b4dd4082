import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { HashRefused } from '../../../application/ports/hasher.ts'
import { type Derivation, hashKindOf } from './derivation.ts'
import { deriveForNobody } from './derive.ts'

type Trial = Promise<Either<HashRefused, void>>

/** Runs a job in its turn. */
export type InTurn = <A>(job: () => Promise<A>) => Promise<A>

export const uncomputable = left<HashRefused>({ type: 'hash_refused', reason: 'uncomputable_hash' })

/** What a library refuses is known to it alone, so one hash of each kind is computed. Who asks meanwhile waits for the same one. */
export function kindTrials() {
  const trials = new Map<string, Trial>()
  return (derivation: Derivation, inTurn: InTurn): Trial => {
    const kind = hashKindOf(derivation)
    const known = trials.get(kind)
    if (known !== undefined) return known
    const trial = inTurn(() => deriveForNobody(derivation, Buffer.from('nobody'))).then(
      () => right<HashRefused, void>(undefined),
      () => uncomputable,
    )
    trials.set(kind, trial)
    // A failure may be for lack of memory, so the next one tries again.
    void trial.then((outcome) => isLeft(outcome) && trials.delete(kind))
    return trial
  }
}
