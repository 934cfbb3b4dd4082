import type { FastifyRequest } from 'fastify'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import type { Guard } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { type EventStream, eventStream } from './event-stream.ts'
import { type LiveHub, ticksIn } from './live-hub.ts'
import { type Bounds, livePlaces } from './live-places.ts'
import type { standingOf } from './live-session.ts'
import type { Format, Subscriber } from './subscribers.ts'

type Needs = { readonly hub: LiveHub; readonly standing: ReturnType<typeof standingOf> }

export type LiveRequest = {
  readonly guards: readonly Guard[]
  /** `null` for everybody's entries. */
  readonly watched: AccountId | null
  readonly format: Format
  readonly after: number | undefined
}

const bounds: Bounds = { account: 8, network: [64, 256, 1_024], altogether: 10_000 }

/** Streams of server-sent events. */
export function liveStreams({ hub, standing }: Needs) {
  const places = livePlaces(bounds)

  const takePlaces = (account: AccountId, networks: readonly string[]) => {
    const refused = places.take(networks)
    if (refused !== undefined) return refused
    const full = places.takeOf(account)
    if (full !== undefined) places.giveBack(networks)
    return full
  }
  const begin = (subscriber: Subscriber, watched: AccountId | null, after: number | undefined) => {
    try {
      hub.watch(subscriber, watched, after)
    } catch (error) {
      hub.leave(subscriber)
      throw error
    }
  }
  const open = (request: FastifyRequest, { guards, watched, after, format }: LiveRequest): EventStream['body'] | ProblemAnswer => {
    if (hub.isClosed()) return { problem: 'OVERLOADED' }
    const stands = standing(request, guards)
    if ('refused' in stands) return stands.refused
    const { accountId, sessionId } = sessionOf(request)
    const networks = request.callerNetworks
    const refused = takePlaces(accountId, networks)
    if (refused !== undefined) return refused
    const stream = eventStream(request.raw)
    const subscriber = hub.join({
      ...{ accountId, sessionId, format, stream, until: stands.until, ticksPerBeat: ticksIn(25) },
      standing: () => {
        const now = standing(request, guards)
        return 'until' in now ? now : { end: () => stream.end(now.isReplaced ? null : now.refused.problem) }
      },
      left: () => {
        places.giveBack(networks)
        places.giveBackOf(accountId)
      },
    })
    begin(subscriber, watched, after)
    stream.body.once('close', () => hub.leave(subscriber))
    return stream.body
  }
  return { open, count: places.count }
}

export type LiveStreams = ReturnType<typeof liveStreams>
