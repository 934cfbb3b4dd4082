import { isLeft } from 'fp-ts/lib/Either.js'
import { problemOf } from '../api/refusals.ts'
import type { Needs } from '../application/needs.ts'
import type { Sealed } from '../domain/kernel/sealed.ts'
import { GatebookError } from './gatebook-error.ts'

/** An address that no longer opens: the account was erased meanwhile. */
export function isGone({ email: sealed }: { readonly email: Sealed | null }, opened: string | null) {
  return sealed !== null && opened === null
}

/** `null` for an account without one, and once it is erased. */
export async function openedEmail({ crypto }: Needs<'crypto'>, sealed: Sealed | null): Promise<string | null> {
  if (sealed === null) return null
  const email = await crypto.vault.unseal('email', sealed)()
  if (!isLeft(email)) return email.right
  if (email.left.type === 'key_shredded') return null
  throw new GatebookError({ problem: problemOf[email.left.type] })
}
