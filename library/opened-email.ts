import { isLeft } from 'fp-ts/lib/Either.js'
import { problemOf } from '../api/refusals.ts'
import type { Needs } from '../application/needs.ts'
import type { Sealed } from '../domain/kernel/sealed.ts'
import { GatebookError } from './gatebook-error.ts'

/** `null` once the account is erased. */
export async function openedEmail({ crypto }: Needs<'crypto'>, sealed: Sealed | null): Promise<string | null> {
  if (sealed === null) return null
  const email = await crypto.vault.unseal('email', sealed)()
  if (!isLeft(email)) return email.right
  if (email.left.type === 'key_shredded') return null
  throw new GatebookError({ problem: problemOf[email.left.type] })
}
