import type { MappedUser } from '../../infrastructure/importing/mapped-user.ts'
import type { ImportSource } from '../../infrastructure/importing/open-import-source.ts'
import type { ImportedAccount } from '../../library/importing/import-types.ts'

export type Choices = { readonly ignoredRoles: ReadonlySet<string>; readonly dropsSecondFactors: boolean }

const unsupported = 'second factor: expected codes of 6 digits every 30 seconds (SHA-1); see --drop-second-factors'

const withoutIgnored = (account: object, ignored: ReadonlySet<string>): object =>
  'roles' in account && Array.isArray(account.roles) ? { ...account, roles: account.roles.filter((role) => !ignored.has(role)) } : account

const withoutFactor = (account: object) => Object.fromEntries(Object.entries(account).filter(([name]) => name !== 'totpSecret'))

const chosen = (user: MappedUser, { ignoredRoles, dropsSecondFactors }: Choices): object | string => {
  if ('refused' in user) return user.refused
  if (user.unsupportedFactor === true && !dropsSecondFactors) return unsupported
  const account = withoutIgnored(user.account, ignoredRoles)
  return dropsSecondFactors ? withoutFactor(account) : account
}

/** `numberOf` gives the place in the file of the account that was yielded as the nth, once. */
export function accountsOf(source: ImportSource, choices: Choices, refuse: (number: number, reason: string) => void) {
  const places = new Map<number, number>()
  let yielded = 0

  async function* accounts(): AsyncGenerator<ImportedAccount> {
    for await (const { number, user } of source.records) {
      const account = chosen(user, choices)
      if (typeof account === 'string') refuse(number, account)
      else {
        yielded += 1
        places.set(yielded, number)
        // Whatever it is, the import checks it.
        yield account as ImportedAccount
      }
    }
  }
  const numberOf = (nth: number) => {
    const number = places.get(nth) ?? nth
    places.delete(nth)
    return number
  }
  return { accounts: accounts(), numberOf }
}
