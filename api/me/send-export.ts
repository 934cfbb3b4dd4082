import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import { recordExport } from '../../application/access/record-read.ts'
import { openedAddress } from '../../application/accounts/find-account.ts'
import { blobsOf } from '../../application/identities/read-blob.ts'
import { streams } from '../../application/journal/streams.ts'
import { chosenLanguage } from '../../application/preferences/language.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { HistoryPage } from '../../projections/audit/account-history.ts'
import { keptProfile } from '../accounts/kept-profile.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { firstRefusal } from '../http/run-checks.ts'
import { totpStanding } from '../second-factor/second-factor.ts'
import { knownDevices } from '../sessions/devices.ts'
import { Listed, listed } from '../sessions/list-sessions.ts'
import { ExportedBlob, ExportHead } from './export-shape.ts'
import { exportedEntry } from './exported-entry.ts'

const pageSize = 100

/** Milliseconds. Whoever reads more slowly holds the connection no longer. */
const longest = 600_000

const ended = { type: 'session_ended' as const }

const accountIn = (context: Context, accountId: AccountId) => {
  const { accountQueries, crypto } = context
  return pipe(
    TE.Do,
    TE.bindW('entry', () => TE.fromNullable(ended)(accountQueries.byId(accountId))),
    TE.filterOrElseW(
      ({ entry }) => entry.status !== 'erased',
      () => ended,
    ),
    TE.bindW('email', ({ entry }) => openedAddress({ crypto }, entry)),
    TE.bindW('profile', () => keptProfile(context, accountId)),
    TE.map(({ email, profile, entry: { emailVerified, roles, claims, registeredAt } }) => {
      return { id: accountId, email, emailVerified, roles: [...roles], claims, registeredAt, profile }
    }),
  )
}

/** Of purposes that are no longer asked for, too. */
const consentsOf = ({ journal }: Context, accountId: AccountId) =>
  pipe(
    journal.load(streams.consent(accountId)),
    TE.map(({ state }) => [...state.consents].map(([purpose, { isGiven, version, at }]) => ({ purpose, given: isGiven, version, at }))),
  )

const headOf = (context: Context, accountId: AccountId) =>
  pipe(
    TE.Do,
    TE.bindW('account', () => accountIn(context, accountId)),
    TE.bindW('secondFactor', () => totpStanding(context, accountId)),
    TE.bindW('devices', () => knownDevices(context, accountId)),
    TE.bindW('language', () => chosenLanguage(context)(accountId)),
    TE.bindW('consents', () => consentsOf(context, accountId)),
    TE.map((held): t.TypeOf<typeof ExportHead> => ({ format: 2, exportedAt: context.journal.now(), ...held })),
  )

const ownBlobs = async (context: Context, accountId: AccountId) => {
  const found = await blobsOf(context)(accountId)()
  if (isLeft(found)) throw new Error(`the export ended early: ${found.left.type}`)
  return found.right.map(({ bytes, ...blob }) => ExportedBlob.encode({ ...blob, bytes: bytes && Buffer.from(bytes).toString('base64url') }))
}

/** Fails once the session has ended, which reading on does not postpone: looked at after a page was opened, so that no page shows what an erasure took away as null. */
const listsOf = (context: Context, accountId: AccountId, current: SessionId, request: FastifyRequest) => {
  const unlessEnded = async <Items>(page: Promise<Items>): Promise<Items> => {
    const items = await page
    await nextTurn()
    const refused = firstRefusal(context.passiveGuards.session, request)
    if (refused !== undefined) throw new Error(`the export ended early: ${refused.problem}`)
    return items
  }
  return {
    sessions: async function* () {
      let before: SessionId | undefined
      do {
        const page = context.sessionQueries.ofAccount({ accountId, before, at: context.journal.now(), limit: pageSize })
        const shown = await unlessEnded(Promise.all(page.sessions.map((session) => listed(context, session, current))))
        yield shown.map(Listed.encode)
        before = page.next ?? undefined
      } while (before !== undefined)
    },
    blobs: async function* () {
      for (const blob of await unlessEnded(ownBlobs(context, accountId))) yield [blob]
    },
    history: async function* () {
      let after: number | null = 0
      while (after !== null) {
        const { entries, next }: HistoryPage = context.accountHistory({ accountId, after, limit: pageSize })
        yield await unlessEnded(Promise.all(entries.map((entry) => exportedEntry(context, accountId, entry))))
        after = next
      }
    },
  }
}

type Format = {
  readonly pieces: (head: object, lists: Readonly<Record<string, () => AsyncIterable<readonly unknown[]>>>) => AsyncIterable<string>
  readonly headers: Readonly<Record<string, string>>
}

/** Records the export before anything is handed out, and sends it page by page. */
export function sendExport(context: Context, request: FastifyRequest, { pieces, headers }: Format) {
  // Nothing is handed out, so nothing is recorded.
  if (request.method === 'HEAD') return { status: 200 as const, body: Readable.from([]), headers }
  const { accountId, sessionId } = sessionOf(request)
  const head = pipe(
    recordExport(context)({ accountId, sessionId }, context.callerOf(request)),
    TE.chainW(() => headOf(context, accountId)),
  )
  return context.answer(head, (held) => {
    const refused = firstRefusal(context.guards.elevated, request)
    if (refused !== undefined) return refused
    const sent = pieces(ExportHead.encode(held) as object, listsOf(context, accountId, sessionId, request))
    return {
      status: 200 as const,
      body: Readable.from(sent, { objectMode: false, signal: AbortSignal.timeout(longest) }),
      headers,
    }
  })
}
