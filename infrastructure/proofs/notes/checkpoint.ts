import type { Head } from '../../../domain/proofs/check-proofs.ts'
import { hashLength } from '../../../domain/proofs/hashing.ts'
import { type Note, readNote } from './signed-note.ts'

export type Checkpoint = Head & { readonly origin: string }

/** C2SP `tlog-checkpoint`. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

export type SignedCheckpoint = Checkpoint & { readonly note: Note }

/** Undefined for what is no checkpoint. Signatures are not looked at, and extension lines are passed over. */
export function readCheckpoint(text: string): SignedCheckpoint | undefined {
  const note = readNote(text)
  const [origin = '', size = '', encoded = ''] = note?.text.split('\n') ?? []
  const root = Buffer.from(encoded, 'base64')
  if (note === undefined || origin === '' || !/^(0|[1-9]\d{0,14})$/.test(size)) return undefined
  if (root.length !== hashLength || root.toString('base64') !== encoded) return undefined
  return { origin, size: Number(size), root, note }
}
