import type { Metadata } from './ports/event-store.ts'

/**
 * Whoever sent the request: address without port; `network`, what of it is one caller's (an IPv4 address, the /64 of an IPv6 one); user agent as sent;
 * `correlationId` ties what follows from it together.
 */
export type Caller = {
  readonly address: string
  readonly network: string
  readonly userAgent: string | null
  readonly correlationId: string
}

export function metadataOf({ correlationId }: Pick<Caller, 'correlationId'>, actor: string): Metadata {
  return {
    actor,
    correlationId,
    causationId: null,
  }
}
