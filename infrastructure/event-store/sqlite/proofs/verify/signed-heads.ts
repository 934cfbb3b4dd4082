import { readCheckpoint } from '../../../../proofs/notes/checkpoint.ts'
import { isSignedBy, type NoteKey } from '../../../../proofs/notes/signed-note.ts'
import type { KnownHead } from './finding.ts'

/** `key`: the one that the auditor kept. Otherwise one of `inLog`, under the name that the checkpoint has. */
export type TrustedKeys = { readonly key: NoteKey | undefined; readonly inLog: readonly Buffer[] }

/** Null for what is no checkpoint, and for one that none of the keys has signed. */
export function signedHead(text: string, name: string, { key, inLog }: TrustedKeys): KnownHead | null {
  const checkpoint = readCheckpoint(text)
  if (checkpoint === undefined) return null
  const { origin, size, root, note } = checkpoint
  const keys = key === undefined ? inLog.map((publicKey) => ({ name: origin, publicKey })) : [key]
  return keys.some((one) => one.name === origin && isSignedBy(note, one)) ? { size, root, name } : null
}
