import type { Witness } from '../../configuration/proofs/witnesses.ts'
import { cosignatureBy } from '../notes/cosignature.ts'
import { readNote, signatureLine } from '../notes/signed-note.ts'
import type { SignedHead } from '../open-proofs.ts'

/** Milliseconds. */
const deadline = 10_000

const mostCharacters = 65_536

export type Asked =
  | { readonly type: 'cosigned'; readonly line: string }
  | { readonly type: 'conflict'; readonly size: number }
  | { readonly type: 'failed'; readonly reason: string }

const failed = (reason: string): Asked => ({ type: 'failed', reason })

const conflictIn = (body: string): Asked => {
  const size = /^(0|[1-9]\d{0,14})\n$/.exec(body)?.[1]
  return size === undefined ? failed('the witness answered 409 without a size') : { type: 'conflict', size: Number(size) }
}

/** Only a signature of its own key counts. */
const cosignedIn = ({ note }: SignedHead, body: string, { key }: Witness): Asked => {
  const read = body.length > mostCharacters ? undefined : readNote(note + body)
  const signature = read && cosignatureBy(read, key)
  return signature === undefined
    ? failed('the witness answered without a valid cosignature')
    : { type: 'cosigned', line: signatureLine(signature) }
}

/** `POST add-checkpoint` of C2SP `tlog-witness`. `proof`: hashes in base64, from `old` to the size of the head. */
export async function askWitness(witness: Witness, head: SignedHead, old: number, proof: readonly string[]): Promise<Asked> {
  try {
    const response = await fetch(`${witness.url}/add-checkpoint`, {
      method: 'POST',
      body: [`old ${old}`, ...proof, '', head.note].join('\n'),
      redirect: 'error',
      signal: AbortSignal.timeout(deadline),
    })
    const body = await response.text()
    if (response.status === 200) return cosignedIn(head, body, witness)
    return response.status === 409 ? conflictIn(body) : failed(`the witness answered ${response.status}`)
  } catch {
    return failed('the witness cannot be reached')
  }
}
