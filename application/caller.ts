import type { SessionId } from '../domain/kernel/ids.ts'
import type { MailLanguage } from './notifications/texts/mail-texts.ts'
import type { Metadata } from './ports/event-store.ts'

/** Narrowest first: the IPv4 address, or the /64, /56 and /48 of an IPv6 address. */
export type Networks = readonly [string, ...string[]]

/**
 * `device`: the cookie of a known device.
 * `language`: the one that the request prefers; left out if there is none.
 * `correlationId` links everything that one request causes.
 * `sessionId`: the session that a guard let in; left out if none did.
 */
export type Caller = {
  readonly address: string
  readonly networks: Networks
  readonly userAgent: string | null
  readonly device: string | null
  readonly correlationId: string
  readonly language?: MailLanguage | null
  readonly sessionId?: SessionId
}

/** One subscriber can have a whole /48. */
export function widestNetwork({ networks }: Pick<Caller, 'networks'>) {
  return networks.at(-1) ?? networks[0]
}

export function metadataOf({ correlationId, sessionId }: Pick<Caller, 'correlationId' | 'sessionId'>, actor: string): Metadata {
  return {
    actor,
    correlationId,
    causationId: null,
    ...(sessionId === undefined ? {} : { sessionId }),
  }
}
