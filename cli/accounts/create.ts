import { stopWith } from '../fail.ts'
import { fields } from '../operator/columns.ts'
import { exits } from '../operator/exit-codes.ts'
import { withOperator } from '../operator/with-operator.ts'
import type { ListedAccount } from './account-texts.ts'
import { newPassword, type PasswordOptions } from './new-password.ts'

export type CreateOptions = PasswordOptions & {
  readonly invite?: boolean
  readonly role?: readonly string[]
  readonly emailVerified?: boolean
  readonly json?: boolean
}

type Created = { readonly account: ListedAccount }

const print = ({ account }: Created, password: string | null, json: boolean) => {
  if (json) return console.log(JSON.stringify({ ...account, ...(password === null ? {} : { password }) }))
  console.log(
    fields({ id: account.id, email: account.email, roles: account.roles.join(',') || null, ...(password === null ? {} : { password }) }),
  )
}

export async function runCreate(email: string, options: CreateOptions) {
  const { invite = false, role: roles = [], emailVerified = false, json = false, ...passwords } = options
  const ways = [invite, passwords.passwordStdin, passwords.generatePassword].filter(Boolean)
  if (ways.length > 1) stopWith(exits.wrongArguments, 'Only one of --invite, --password-stdin and --generate-password can be used')
  if (invite && emailVerified)
    stopWith(exits.wrongArguments, '--email-verified cannot be used with --invite: the link in the mail verifies the address')
  const chosen = invite ? null : await newPassword(passwords)
  await withOperator(
    async (call) => {
      const created =
        chosen === null
          ? await call<Created>('accounts.invite', { email, roles })
          : await call<Created>('accounts.create', { email, roles, emailVerified, password: chosen.password })
      print(created, chosen?.shown === true ? chosen.password : null, json)
    },
    { mayCreateLog: true },
  )
}

/** The first one completes the setup, and then the setup token is void. */
export function runCreateAdministrator(email: string, options: CreateOptions) {
  return runCreate(email, { ...options, role: ['admin'] })
}

export async function runAppoint(account: string, { json = false }: { readonly json?: boolean }) {
  await withOperator(async (call) => {
    const appointed = await call<ListedAccount>('admin.appoint', { account })
    print({ account: appointed }, null, json)
  })
}
