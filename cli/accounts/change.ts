import { stopWith } from '../fail.ts'
import { askPlainly, isTerminal } from '../operator/ask.ts'
import { exits } from '../operator/exit-codes.ts'
import { withOperator } from '../operator/with-operator.ts'
import { accountFields, type ShownAccount } from './account-texts.ts'

type Options = { readonly json?: boolean; readonly yes?: boolean }

/** The account as it is then. */
export const changeAccount =
  (name: 'disable' | 'enable' | 'unlock' | 'resetSecondFactor') =>
  async (account: string, { json = false }: Options) => {
    await withOperator(async (call) => {
      const changed = await call<ShownAccount>(`accounts.${name}`, { account })
      console.log(json ? JSON.stringify(changed) : accountFields(changed))
    })
  }

const confirmErasure = async ({ id, email }: ShownAccount) => {
  if (!isTerminal()) stopWith(exits.wrongArguments, 'There is no terminal to confirm this: use --yes')
  const name = email ?? id
  const typed = await askPlainly(`Nobody can read the data of this person again. Type ${name} to erase the account: `)
  if (typed.trim() !== name) stopWith(exits.refused, 'Nothing was erased.')
}

export async function runErase(account: string, { json = false, yes = false }: Options) {
  // Asked without the log, which nobody else can open while this command has it open.
  const found = await withOperator((call) => call<ShownAccount>('accounts.show', { account }))
  if (!yes) await confirmErasure(found)
  await withOperator(async (call) => {
    // By id: the address may belong to somebody else by now.
    const erased = await call<ShownAccount>('accounts.erase', { account: found.id })
    console.log(json ? JSON.stringify(erased) : accountFields(erased))
  })
}

export async function revokeSessions(session: string | undefined, { all, json = false }: Options & { readonly all?: string }) {
  if ((session === undefined) === (all === undefined)) stopWith(exits.wrongArguments, 'Name a session, or an account with --all')
  await withOperator(async (call) => {
    if (session !== undefined) await call('sessions.revoke', { session })
    else await call('sessions.revokeAll', { account: all })
    console.log(json ? '{"revoked":true}' : 'Revoked.')
  })
}
