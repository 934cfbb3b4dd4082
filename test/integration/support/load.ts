import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { type Ledger, life, Unexpected } from '../../attack/support/ledger.ts'
import type { stepsOf } from '../../support/server/client.ts'
import { byStream } from '../../support/server/recorded-log.ts'
import { type Node, onceFresh } from './nodes.ts'

type Steps = ReturnType<typeof stepsOf>

const hasGone = (error: unknown) => error instanceof TypeError
const hasNoStore = (error: unknown) => error instanceof Unexpected && error.status === 503

/**
 * Runs lives in sequence against a node until it is told to stop or the node is gone. A call that was pending then, or that could not reach
 * the store, may have succeeded or not. Throws on any other unexpected response.
 */
const workUntilStopped = async (steps: Steps, ledger: Ledger, name: string, signal: AbortSignal) => {
  for (let n = 0; !signal.aborted; n++) {
    try {
      await life(steps, ledger, `${name}-${n}@example.org`)
    } catch (error) {
      if (!hasGone(error) && !hasNoStore(error)) throw error
      ledger.interrupted += 1
      if (hasGone(error)) return
      await pause(20)
    }
  }
}

/** Starts `workers` on each node until `stop`. */
export const startLoad = (nodes: readonly Node[], workers: number, ledger: Ledger, name: string) => {
  const stopping = new AbortController()
  const work = nodes.flatMap((node, at) =>
    Array.from({ length: workers }, (_, n) => workUntilStopped(node, ledger, `${name}-${at}-${n}`, stopping.signal)),
  )
  const done = Promise.all(work)
  // `stop` reports the error, which may be thrown long before.
  done.catch(() => {})
  return async () => {
    stopping.abort()
    await done
  }
}

const countOf = (types: readonly string[], type: string) => types.filter((one) => one === type).length

/** Acknowledged events are in the log once, pending ones once or not at all, and no stream has a gap or a repeated event. */
export const isRecordedOnce = (log: readonly RecordedEvent[], ledger: Ledger) => {
  expect(new Set(log.map(({ eventId }) => eventId)).size).toBe(log.length)
  const streams = byStream(log)
  for (const [stream, events] of streams) {
    if (!isKeyStream(stream)) expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index))
  }
  const typesOf = (stream: string) => (streams.get(stream) ?? []).map(({ type }) => type)
  for (const { accountId } of ledger.accounts) expect(countOf(typesOf(`account-${accountId}`), 'AccountRegistered')).toBe(1)
  for (const { id, refreshes, revoked, underWay } of ledger.sessions.values()) {
    const types = typesOf(`session-${id}`)
    const [granted, rotated, ended] = ['SessionGranted', 'RefreshTokenRotated', 'SessionRevoked'].map((type) => countOf(types, type))
    expect(granted).toBe(1)
    expect(rotated === refreshes || (underWay && rotated === refreshes + 1)).toBe(true)
    expect(ended === Number(revoked) || (underWay && ended === 1)).toBe(true)
  }
}

/** Every node returns what was acknowledged. Their read models must have reached the head of the log. */
export const isAnsweredEverywhere = async (nodes: readonly Node[], ledger: Ledger) => {
  for (const { get, post } of nodes) {
    for (const { token, revoked, underWay } of ledger.sessions.values()) {
      const { status } = await onceFresh(() => get('/secure/user', token))
      if (revoked) expect(status).toBe(401)
      else if (!underWay) expect(status).toBe(200)
    }
    for (const email of ledger.locked) {
      const guess = { email, password: 'whatever it is', transport: 'bearer' }
      expect((await onceFresh(() => post('/login', guess))).body.code).toBe('LOCKED_OUT')
    }
  }
}
