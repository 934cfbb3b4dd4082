import type { ChildProcess } from 'node:child_process'
import type { TestHelpers } from '../people/helpers.ts'
import { millisecondsOf } from '../people/test-clock.ts'
import type { Failed, RemoteCalls, RemoteName, Reply } from './messages.ts'

type Waiting = { readonly resolve: (done: never) => void; readonly reject: (error: Error) => void }

const errorOf = ({ message, ...shown }: Failed) => Object.assign(new Error(message), shown)

/** Each call is a message to the child. What waits for an answer is rejected when the child ends. */
export async function remoteHelpers(child: ChildProcess, ended: Promise<unknown>): Promise<TestHelpers> {
  const waiting = new Map<number, Waiting>()
  let last = 0
  let ahead = 0

  const over = () => new Error('the Gatebook server has ended')
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(over())
    waiting.clear()
  })
  child.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    ahead = reply.ahead
    if ('failed' in reply) asked?.reject(errorOf(reply.failed))
    else asked?.resolve(reply.done as never)
  })

  const ask =
    <Name extends RemoteName>(name: Name) =>
    (...args: Parameters<RemoteCalls[Name]>) =>
      new Promise<Awaited<ReturnType<RemoteCalls[Name]>>>((resolve, reject) => {
        if (!child.connected) return reject(over())
        last += 1
        waiting.set(last, { resolve, reject })
        child.send({ id: last, name, args }, (error) => error && reject(over()))
      })

  const advance = ask('advance')
  // The reply says how far the clock of an earlier server on this directory was ahead.
  await advance(0)
  return {
    createUser: ask('createUser'),
    login: ask('login'),
    totp: ask('totp'),
    mails: ask('mails'),
    clock: {
      now: () => new Date(Date.now() + ahead),
      advance: async (by) => {
        await advance(millisecondsOf(by))
        return new Date(Date.now() + ahead)
      },
    },
  }
}
