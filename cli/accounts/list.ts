import { withOperator } from '../operator/with-operator.ts'
import { readerHasLeft } from '../reader.ts'
import { accountFields, accountsTable, type ListedAccount, type ListedSession, type ShownAccount, sessionsTable } from './account-texts.ts'

type Json = { readonly json?: boolean }

const printAll = <Item>(items: readonly Item[], json: boolean, table: (items: readonly Item[]) => string) => {
  if (!json) return console.log(table(items))
  for (const item of items) console.log(JSON.stringify(item))
}

type Page<Key extends string, Item> = { readonly [key in Key]: readonly Item[] } & { readonly next: string | null }

/** With `json` each page is printed when it is read. A table needs to know all of them. */
const printPages = async <Item>(
  page: (cursor: string | undefined) => Promise<{ items: readonly Item[]; next: string | null }>,
  json: boolean,
  table: (items: readonly Item[]) => string,
) => {
  const all: Item[] = []
  let next: string | null | undefined
  do {
    const read = await page(next ?? undefined)
    if (json) printAll(read.items, true, table)
    else all.push(...read.items)
    next = read.next
  } while (next !== null && !readerHasLeft())
  if (!json) printAll(all, false, table)
}

const after = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

export async function listAccounts({ json = false, prefix }: Json & { readonly prefix?: string }) {
  await withOperator((call) =>
    printPages<ListedAccount>(
      async (cursor) => {
        const { accounts, next } = await call<Page<'accounts', ListedAccount>>('accounts.list', {
          ...(prefix === undefined ? {} : { prefix }),
          ...after(cursor),
        })
        return { items: accounts, next }
      },
      json,
      accountsTable,
    ),
  )
}

export async function listSessions(account: string, { json = false }: Json) {
  await withOperator((call) =>
    printPages<ListedSession>(
      async (cursor) => {
        const { sessions, next } = await call<Page<'sessions', ListedSession>>('sessions.list', { account, ...after(cursor) })
        return { items: sessions, next }
      },
      json,
      sessionsTable,
    ),
  )
}

export async function showAccount(account: string, { json = false }: Json) {
  await withOperator(async (call) => {
    const shown = await call<ShownAccount>('accounts.show', { account })
    console.log(json ? JSON.stringify(shown) : accountFields(shown))
  })
}
