import { type NoteKey, readVerifierKey } from '../../proofs/notes/signed-note.ts'
import { listOf } from '../readers.ts'
import { isTarget } from './checkpoint-url.ts'

/** `url`: the submission prefix, without a slash at its end. */
export type Witness = { readonly url: string; readonly key: NoteKey }

const witnessIn = (text: string): Witness | undefined => {
  const [url = '', vkey = '', ...more] = text.split(/ +/)
  const key = readVerifierKey(vkey, 'cosignature')
  if (more.length > 0 || key === undefined || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  return isTarget(parsed) && parsed.search === '' ? { url: url.replace(/\/+$/, ''), key } : undefined
}

export const witnesses = listOf('witnesses, comma-separated: an https URL, a blank, and a verifier key of cosignatures', (text) =>
  witnessIn(text) === undefined ? undefined : text,
)

export function witnessesIn(entries: readonly string[]): readonly Witness[] {
  return entries.flatMap((entry) => witnessIn(entry) ?? [])
}
