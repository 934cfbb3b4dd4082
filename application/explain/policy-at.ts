import { isLeft } from 'fp-ts/lib/Either.js'
import type { Instant } from '../../domain/kernel/instant.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { policyStream } from '../../domain/kernel/streams.ts'
import { policyEvents } from '../../domain/policy/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { Policies } from '../journal/aggregates.ts'
import type { LocalStreams } from './local-streams.ts'

/** `recorded`: null before the first policy was recorded; then it is today's. */
export type PolicyInForce = { readonly values: Policies; readonly recorded: { readonly position: number; readonly since: Instant } | null }

const { decode } = eventReader(policyEvents, upcasters)

export function policyAt({ newestUntil }: LocalStreams, position: number, today: Policies): PolicyInForce {
  const event = newestUntil(policyStream, position)
  if (event === undefined) return { values: today, recorded: null }
  const decoded = decode(event)
  if (isLeft(decoded)) throw new Error(`the policy at position ${event.position} cannot be read`)
  const { at: since, ...values } = decoded.right.data
  return { values, recorded: { position: event.position, since } }
}
