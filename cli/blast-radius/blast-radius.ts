import type { EndedSessions, Radius } from '../../api/audit/blast-radius/radius-shapes.ts'
import { stopWith } from '../fail.ts'
import { askPlainly, isTerminal } from '../operator/ask.ts'
import { exits } from '../operator/exit-codes.ts'
import { type Call, withOperator } from '../operator/with-operator.ts'
import { radiusText } from './radius-text.ts'
import { mergedRadius, nothingDerived } from './whole-radius.ts'

type Origin = { readonly address?: string; readonly session?: string; readonly account?: string }

export type BlastRadiusOptions = Origin & {
  /** ISO 8601, as `readTime` gives it. */
  readonly since?: string
  readonly to?: string
  readonly json?: boolean
  readonly revoke?: boolean
  readonly yes?: boolean
}

async function* pages<Page extends { readonly next: string | null }>(call: Call, name: string, query: Readonly<Record<string, unknown>>) {
  let cursor: string | null = null
  do {
    const page: Page = await call<Page>(name, { ...query, ...(cursor === null ? {} : { cursor }) })
    yield page
    cursor = page.next
  } while (cursor !== null)
}

const readAll = (query: Readonly<Record<string, unknown>>) =>
  withOperator(async (call) => {
    let radius = nothingDerived
    for await (const page of pages<Radius>(call, 'blastRadius.show', query)) radius = mergedRadius(radius, page)
    return radius
  })

const endAll = (query: Readonly<Record<string, unknown>>) =>
  withOperator(async (call) => {
    let ended = 0
    for await (const page of pages<EndedSessions>(call, 'blastRadius.revoke', query)) ended += page.ended
    return ended
  })

const confirm = async (active: number) => {
  if (!isTerminal()) stopWith(exits.wrongArguments, 'There is no terminal to confirm this: use --yes')
  const typed = await askPlainly(`End ${active} active ${active === 1 ? 'session' : 'sessions'}? Type yes: `)
  if (typed.trim() !== 'yes') stopWith(exits.refused, 'No session was ended.')
}

const given = (values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

export async function blastRadiusOf({
  address,
  session,
  account,
  since,
  to,
  json = false,
  revoke = false,
  yes = false,
}: BlastRadiusOptions) {
  const origin = given({ address, session, account })
  if (Object.keys(origin).length !== 1) stopWith(exits.wrongArguments, 'Name one of --address, --session and --account')
  const query = { ...origin, ...given({ since, to }) }
  // Asked without the log, which nobody else can open while this command has it open.
  const radius = await readAll(query)
  if (!json) console.log(radiusText(radius))
  if (revoke && !yes) await confirm(radius.sessions.filter(({ active }) => active).length)
  const ended = revoke ? await endAll(query) : undefined
  if (json) console.log(JSON.stringify(ended === undefined ? radius : { ...radius, ended }))
  else if (ended !== undefined) console.log(`\n${ended} ${ended === 1 ? 'session' : 'sessions'} ended, with their refresh tokens.`)
}
