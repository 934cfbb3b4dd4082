import { setTimeout as pause } from 'node:timers/promises'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { openCore } from '../../composition/open-core.ts'
import type { StartFailure } from '../../composition/start-failure.ts'
import { wireApi } from '../../composition/wire-api.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { logHooks } from '../../infrastructure/observability/log-hooks.ts'
import { createLogger } from '../../infrastructure/observability/logger.ts'
import type { OperatorAnswer } from '../../infrastructure/operator-socket/answer.ts'
import { callOperatorSocket, type SocketFailure } from '../../infrastructure/operator-socket/call-socket.ts'
import { answerOperator } from '../../library/operator/answer-operator.ts'

export type OperatorFailure = SocketFailure | StartFailure

export type Operator = {
  readonly call: (name: string, input: unknown) => Promise<Either<OperatorFailure, OperatorAnswer>>
  readonly close: () => Promise<void>
}

const remote = (dataDir: string): Operator => ({
  call: (name, input) => callOperatorSocket(dataDir, name, input),
  close: async () => {},
})

/** Opens the log itself, as a server does, but listens nowhere. */
const openHere = async (values: Values): Promise<Either<StartFailure, Operator>> => {
  // Its lines would stand between those of the command.
  const logger = createLogger('silent')
  const opened = await openCore(values, logHooks(logger))
  if (isLeft(opened)) return opened
  const gatebook = opened.right
  const { context, sessionGuard, options, ownOrigin } = wireApi(gatebook, values, { logger, demonstration: false })
  ownOrigin(values.PORT)
  const answer = answerOperator({ ...context, sessionGuard, positions: options.positions })
  return right({
    call: async (name, input) => right(JSON.parse(JSON.stringify(await answer(name, input))) as OperatorAnswer),
    close: async () => {
      options.onClosing?.()
      await gatebook.settled()
      await gatebook.close()
    },
  })
}

/** Milliseconds. */
const [patience, interval] = [15_000, 100]

/**
 * Over the socket of the process that holds the log, or on the log itself where none does. A server that starts or stops holds
 * the log without a socket for a moment, so a log that is taken is tried again for a while. A server has its own configuration, so
 * all of it is read only where none listens.
 */
export async function openOperator(dataDir: string, configured: () => Values): Promise<Either<OperatorFailure, Operator>> {
  let values: Values | null = null
  for (let waited = 0; ; waited += interval) {
    const greeted = await callOperatorSocket(dataDir, 'hello', {})
    if (!isLeft(greeted)) return right(remote(dataDir))
    if (greeted.left.type === 'not_allowed') return greeted
    values ??= configured()
    const opened = await openHere(values)
    if (!isLeft(opened) || opened.left.type !== 'locked') return opened
    if (waited >= patience) return greeted.left.type === 'path_too_long' ? greeted : left(opened.left)
    await pause(interval)
  }
}
