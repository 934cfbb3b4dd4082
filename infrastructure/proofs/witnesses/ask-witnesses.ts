import { isLeft } from 'fp-ts/lib/Either.js'
import { consistencyProof } from '../../../domain/proofs/proofs.ts'
import type { Witness } from '../../configuration/proofs/witnesses.ts'
import { cosignatureBy } from '../notes/cosignature.ts'
import { readNote } from '../notes/signed-note.ts'
import type { Proofs, SignedHead } from '../open-proofs.ts'
import { type Asked, askWitness } from './ask-witness.ts'

export type WitnessOutcome = 'cosigned' | 'failed'

/** `failure` names the witnesses whose signature is missing, and why. */
export type Cosigned = { readonly head: SignedHead; readonly failure: string | null }

type Needs = Pick<Proofs, 'tiles' | 'saveCosigned'>

/** A witness that has seen more, or another root, is where a log that was rolled back is found out. */
const beyond = (size: number, { size: own }: SignedHead): Asked => {
  if (size < own) return { type: 'failed', reason: 'it answered 409 twice' }
  const what = size > own ? `${size} events, and the log has ${own}` : `another root of ${size} events`
  return { type: 'failed', reason: `it has cosigned ${what}: see docs/proofs.md` }
}

/** Each is asked from the size that it cosigned last, and tells what that is if we do not know. Nobody waits long for one that fails. */
export function askWitnesses(witnesses: readonly Witness[], { tiles, saveCosigned }: Needs, onOutcome: (outcome: WitnessOutcome) => void) {
  const known = new Map<string, number>()

  /** In base64. A damaged file must not keep checkpoints from being sent. */
  const proofFrom = async (older: number, newer: number): Promise<readonly string[] | null> => {
    const tree = await tiles()
    if (isLeft(tree)) return null
    try {
      return consistencyProof(tree.right.tiles.hashOf, older, newer).map((hash) => Buffer.from(hash).toString('base64'))
    } catch {
      return null
    }
  }
  const askFrom = async (witness: Witness, head: SignedHead, old: number): Promise<Asked> => {
    const proof = await proofFrom(old, head.size)
    return proof === null ? { type: 'failed', reason: 'the proofs cannot be read' } : askWitness(witness, head, old, proof)
  }
  const ask = async (witness: Witness, head: SignedHead): Promise<Asked> => {
    const first = await askFrom(witness, head, Math.min(known.get(witness.key.name) ?? 0, head.size))
    if (first.type !== 'conflict') return first
    if (first.size > head.size) return beyond(first.size, head)
    const again = await askFrom(witness, head, first.size)
    return again.type === 'conflict' ? beyond(again.size, head) : again
  }
  const settle = (witness: Witness, head: SignedHead, asked: Asked) => {
    onOutcome(asked.type === 'cosigned' ? 'cosigned' : 'failed')
    if (asked.type === 'cosigned') known.set(witness.key.name, head.size)
    return asked.type === 'failed' ? [`${witness.key.name}: ${asked.reason}`] : []
  }

  return async (signed: SignedHead): Promise<Cosigned> => {
    const note = readNote(signed.note)
    const due = witnesses.filter(({ key }) => note === undefined || cosignatureBy(note, key) === undefined)
    const answers = await Promise.all(due.map(async (witness) => [witness, await ask(witness, signed)] as const))
    const failures = answers.flatMap(([witness, asked]) => settle(witness, signed, asked))
    const lines = answers.flatMap(([, asked]) => (asked.type === 'cosigned' ? [asked.line] : []))
    const head = { ...signed, note: signed.note + lines.join('') }
    if (lines.length > 0) await saveCosigned(head)
    return { head, failure: failures.length === 0 ? null : failures.join('; ') }
  }
}
