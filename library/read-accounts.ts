import { keptProfile } from '../api/accounts/kept-profile.ts'
import { searchAccounts } from '../api/admin/search-accounts.ts'
import { text } from '../api/codecs/primitives.ts'
import { strictObject } from '../api/codecs/strict-object.ts'
import { Email } from '../api/shapes/credentials.ts'
import { Cursor, fromCursor, nextCursor } from '../api/shapes/cursor.ts'
import { accountStatus } from '../application/administration/account-status.ts'
import { AccountId } from '../domain/kernel/ids.ts'
import { accountView, withStatus } from './account-view.ts'
import { GatebookError } from './gatebook-error.ts'
import { hostCalls, refuseIfStale } from './host-calls.ts'
import { readInput } from './host-input.ts'
import type { HostNeeds } from './host-needs.ts'
import type { AccountSearch } from './inputs.ts'
import type { AccountDetailsView, AccountPageView, AccountView } from './views.ts'

const pageSize = 50

const Search = strictObject({}, { prefix: text(1, 254), cursor: Cursor })

export function readAccounts(needs: HostNeeds) {
  const { accountQueries } = needs
  const call = hostCalls(needs)
  return {
    /** `null` if nobody has the address. */
    find: async (by: { readonly email: string }): Promise<AccountView | null> => {
      const { email } = readInput(strictObject({ email: Email }), by)
      refuseIfStale(needs)
      const found = accountQueries.byEmailIndex(needs.crypto.indexEmail(email))
      return found === undefined ? null : accountView(needs, found)
    },

    /** `null` if there never was one. An erased account has no address. */
    get: async (id: string): Promise<AccountDetailsView | null> => {
      refuseIfStale(needs)
      const found = AccountId.is(id) ? accountQueries.byId(id) : undefined
      if (found === undefined) return null
      const status = await call(() => accountStatus(needs)(found.accountId))
      const profile = await call(() => keptProfile(needs, found.accountId))
      return withStatus(await accountView(needs, found), status, profile)
    },

    list: async (search: AccountSearch = {}): Promise<AccountPageView> => {
      const { prefix, cursor } = readInput(Search, search)
      refuseIfStale(needs)
      const page = await fromCursor(needs, 'accounts_cursor', cursor, (after) =>
        prefix === undefined ? accountQueries.page({ after, limit: pageSize }) : searchAccounts(needs, prefix, after),
      )
      if ('problem' in page) throw new GatebookError(page)
      const accounts = await Promise.all(page.accounts.map((entry) => accountView(needs, entry)))
      return { accounts, next: nextCursor(needs, 'accounts_cursor', page.next) }
    },
  }
}
