import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../domain/kernel/ids.ts'
import { Sealed } from '../domain/kernel/sealed.ts'
import type { Needs } from './needs.ts'
import type { StoreFailure } from './ports/event-store.ts'

export type LinkTokenContents = {
  /** When links had last become void. */
  readonly password_reset: { readonly linksRevision: number }
  readonly email: { readonly email: string; readonly linksRevision: number }
  /** How often the address had been released. */
  readonly registration: { readonly email: string; readonly releases: number }
  /** When links had last become void, and which administrator invited; null for the host app. */
  readonly invitation: { readonly linksRevision: number; readonly by: AccountId | null }
}

type TicketFailure = { type: 'link_token_void' } | Extract<StoreFailure, { type: 'unavailable' }>
type Body<For extends keyof LinkTokenContents> = { readonly content: LinkTokenContents[For]; readonly expiresAt: number }

/** The token holds its content, sealed with its expiry. Its use is recorded in the stream that it acts on. */
export function sealLinkToken<For extends keyof LinkTokenContents>(
  { journal, crypto }: Needs<'journal' | 'crypto'>,
  person: string,
  purpose: For,
  content: LinkTokenContents[For],
  lifetime: number,
) {
  return crypto.vault.seal(person, purpose, JSON.stringify({ content, expiresAt: journal.now() + lifetime } satisfies Body<For>))
}

const isTicket = (text: string): E.Either<{ type: 'link_token_void' }, Sealed> =>
  Sealed.is(text) ? E.right(text) : E.left({ type: 'link_token_void' })

export function openLinkToken<For extends keyof LinkTokenContents>(
  { journal, crypto }: Needs<'journal' | 'crypto'>,
  purpose: For,
  ticket: string,
) {
  return pipe(
    TE.fromEither(isTicket(ticket)),
    TE.chainW((sealed) => crypto.vault.unseal(purpose, sealed)),
    TE.mapLeft((failure): TicketFailure => (failure.type === 'unavailable' ? failure : { type: 'link_token_void' })),
    TE.map((text) => JSON.parse(text) as Body<For>),
    TE.filterOrElseW(
      ({ expiresAt }) => journal.now() < expiresAt,
      (): TicketFailure => ({ type: 'link_token_void' }),
    ),
    TE.map(({ content }) => ({ person: ticket.slice(0, ticket.indexOf('.')) as AccountId, content })),
  )
}
