import type { Metadata } from './ports/event-store.ts'

/**
 * `network`: the IPv4 address, or the /64 of an IPv6 address. `device`: the cookie of a known device.
 * `correlationId` links everything that one request causes.
 */
export type Caller = {
  readonly address: string
  readonly network: string
  readonly userAgent: string | null
  readonly device: string | null
  readonly correlationId: string
}

export function metadataOf({ correlationId }: Pick<Caller, 'correlationId'>, actor: string): Metadata {
  return {
    actor,
    correlationId,
    causationId: null,
  }
}
