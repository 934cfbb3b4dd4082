import { setTimeout as pause } from 'node:timers/promises'
import type { GatebookServer } from '../../../../testing/start-gatebook.ts'
import type { Random } from '../../../support/random.ts'
import type { Answer, Send } from '../../../support/server/client.ts'
import { overHttp } from '../../../support/server/over-http.ts'
import { callsOf, canary } from './person.ts'
import type { Settled } from './settle-in.ts'

export type Round = {
  readonly start: () => Promise<GatebookServer>
  readonly admin: string
  readonly random: Random
  /** With everybody whose erasure was acknowledged, while no process has the files open. */
  readonly onKilled: (acknowledged: readonly Settled[]) => void
  /** Somebody who is not erased. */
  readonly bystander: { readonly email: string; readonly password: string }
}

const parallel = 6

/** A server that was killed answers nobody. */
const unlessKilled = (work: () => Promise<Answer>): Promise<Answer | null> => work().catch(() => null)

const isErased = async (send: Send, admin: string, accountId: string): Promise<boolean> =>
  (await callsOf({ headers: {} }, send).get(`/admin/accounts/${accountId}`, admin)).body.status === 'erased'

/** Whether it is known to be done. An answer that never came is asked for again. */
const erase = async (person: Settled, send: Send, admin: string): Promise<boolean> => {
  const calls = callsOf(person, send)
  const answer = await unlessKilled(() =>
    person.by === 'owner'
      ? calls.del('/me', person.token, { password: person.password })
      : callsOf({ headers: {} }, send).del(`/admin/accounts/${person.accountId}`, admin),
  )
  if (answer === null) return false
  if (answer.status === 204) return true
  // A session ends with the erasure, so an owner who asks again is a stranger.
  const erased = await isErased(send, admin, person.accountId).catch(() => null)
  if (erased !== false) return erased === true
  throw new Error(`${person.kind}, by ${person.by}: ${answer.status} ${answer.body?.code}`)
}

const traffic = async (send: Send, { bystander }: Round, people: readonly Settled[], isOver: () => boolean) => {
  for (let n = 0; !isOver(); n += 1) {
    const target = people[n % people.length]
    await callsOf({ headers: {} }, send)
      .post('/login', { ...bystander, transport: 'bearer' })
      .catch(() => null)
    if (target?.email !== undefined)
      await callsOf(target, send)
        .post('/login', { email: target.email, password: `${canary} guess`, transport: 'bearer' })
        .catch(() => null)
  }
}

/** Erases everybody, six at a time, and kills the server that many times in between. Returns the output of all servers. */
export const eraseUnderKills = async (people: readonly Settled[], kills: number, round: Round) => {
  const left = [...people]
  const done: Settled[] = []
  let [output, killed] = ['', 0]
  for (let number = 1; left.length > 0; number += 1) {
    const server = await round.start()
    const { send } = overHttp(server.baseUrl)
    let isOver = false
    const dueAt = Math.floor((people.length * number) / (kills + 2))
    const killSoon = async () => {
      await pause(round.random.below(25))
      isOver = true
      killed += 1
      await server.kill()
    }
    let killing: Promise<void> | null = null
    const next = () => (isOver ? undefined : left.shift())
    const worker = async () => {
      for (let person = next(); person !== undefined; person = next()) {
        const list = (await erase(person, send, round.admin)) ? done : left
        list.push(person)
        if (number <= kills && done.length >= dueAt) killing ??= killSoon()
      }
    }
    const traffics = [traffic(send, round, people, () => isOver)]
    await Promise.all(Array.from({ length: parallel }, worker))
    await killing
    isOver = true
    await Promise.all(traffics)
    if (number > kills) await server.stop()
    else round.onKilled(done)
    const { stdout, stderr } = server.output()
    output += stdout + stderr
  }
  return { output, killed }
}
