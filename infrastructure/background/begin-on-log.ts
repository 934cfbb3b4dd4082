import { isLeft, right } from 'fp-ts/lib/Either.js'
import { coverImportedHashes } from '../../application/importing/cover-imported-hashes.ts'
import type { Policies } from '../../application/journal/aggregates.ts'
import type { Journal } from '../../application/journal/journal.ts'
import { putPolicyInForce } from '../../application/policy/put-policy-in-force.ts'
import type { NewId, Now } from '../../application/ports/clock.ts'
import type { PasswordHasher } from '../../application/ports/hasher.ts'
import { commitObservers } from '../event-store/commit-observers.ts'
import type { Hooks } from '../observability/hooks.ts'

type Ground = { readonly journal: Journal; readonly now: Now; readonly newId: NewId; readonly hasher: PasswordHasher }

/** What must be in the log, and known from it, before anything is decided. The observers go on watching what is committed. */
export async function beginOnLog({ journal, now, newId, hasher }: Ground, policies: Policies, { onOtherPolicy = () => {} }: Hooks) {
  const covering = await coverImportedHashes({ journal, hasher })
  if (isLeft(covering)) return covering
  const inForce = await putPolicyInForce({ journal, now, newId, onOther: onOtherPolicy }, policies)
  if (isLeft(inForce)) return inForce
  const commits = commitObservers()
  commits.add(covering.right)
  commits.add(inForce.right)
  return right(commits)
}
