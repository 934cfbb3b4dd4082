import { setImmediate as otherWork } from 'node:timers/promises'
import { isRight } from 'fp-ts/lib/Either.js'
import { beginsWith } from '../../domain/account/email-address.ts'
import type { AccountEntry, AccountPage } from '../../projections/accounts/account-queries.ts'
import type { Context } from '../context.ts'

const chunk = 50
const mostFound = 50

/** Each costs a decryption, and the first time a read. */
const mostLookedAt = 2_000

/** Addresses are sealed: they are opened one after another, in order of registration. */
export async function searchAccounts(
  { accountQueries, crypto: { vault } }: Pick<Context, 'accountQueries' | 'crypto'>,
  prefix: string,
  after: number | undefined,
): Promise<AccountPage> {
  const matches = beginsWith(prefix)
  const isFound = async ({ email }: AccountEntry) => {
    const opened = email === null ? undefined : await vault.unseal('email', email)()
    return opened !== undefined && isRight(opened) && matches(opened.right)
  }
  const accounts: AccountEntry[] = []
  let next = after ?? null
  for (let lookedAt = 0; lookedAt < mostLookedAt && accounts.length < mostFound; lookedAt += chunk) {
    const page = accountQueries.page({ after: next ?? undefined, limit: chunk })
    const found = await Promise.all(page.accounts.map(isFound))
    accounts.push(...page.accounts.filter((_, index) => found[index]))
    next = page.next
    if (next === null) break
    await otherWork()
  }
  return { accounts, next }
}
