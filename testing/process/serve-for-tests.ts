import { mailbox } from '../people/mailbox.ts'
import { refuseInProduction } from '../refuse-in-production.ts'
import { keptState } from './kept-state.ts'
import type { Failed, Question, RemoteCalls, Reply } from './messages.ts'

/** The server of the command, with a door that only the process that started it can open: the channel between them. */
refuseInProduction()
const [, , dataDir] = process.argv
if (process.send === undefined || dataDir === undefined) throw new Error('gatebook/testing starts this process')

const { shown, ahead, advance } = keptState(dataDir)
const wall = () => Date.now() + ahead()
const mails = mailbox()
let open = (_: RemoteCalls) => {}
const calls = new Promise<RemoteCalls>((resolve) => {
  open = resolve
})

const failureOf = (error: unknown): Failed => {
  const { name, message } = error as Error
  return { ...(error as object), name, message }
}

const replyTo = async ({ id, name, args }: Question): Promise<Reply> => {
  try {
    const call = (await calls)[name] as (...given: readonly unknown[]) => Promise<unknown>
    const done = await call(...args)
    return { id, ahead: ahead(), done }
  } catch (error) {
    return { id, ahead: ahead(), failed: failureOf(error) }
  }
}

process.on('message', async (question: Question) => process.send?.(await replyTo(question)))
// A start that fails must end, though nobody has closed the channel.
process.channel?.unref()
// Whoever started it is gone, so nobody stops it any more.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))

// Not loaded at all in production.
const [{ serve }, { testPeople }] = await Promise.all([import('../../cli/serve.ts'), import('../people/test-people.ts')])
await serve(() => {}, {
  hooks: { wall, elapsed: () => performance.now() + ahead(), wrapMail: mails.watch },
  onStarted: ({ gatebook, origin }) =>
    open({
      ...testPeople({ core: gatebook, origin, mailbox: mails, clock: { now: wall, advance }, shown }),
      advance: async (milliseconds) => advance(milliseconds),
    }),
})
