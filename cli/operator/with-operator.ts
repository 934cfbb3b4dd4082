import { existsSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import type { OperatorAnswer } from '../../infrastructure/operator-socket/answer.ts'
import { configuration, environmentWithoutListening, partOfConfiguration } from '../configuration.ts'
import { stopWith } from '../fail.ts'
import { exits } from './exit-codes.ts'
import { operatorFailureText } from './failure-text.ts'
import { openOperator } from './open-operator.ts'

type Refused = Extract<OperatorAnswer, { refused: unknown }>['refused']

/** Refused for now, or for a reason that is not in the command. */
const failures = new Set(['STORE_UNAVAILABLE', 'STALE_READ_MODEL', 'OVERLOADED', 'INTERNAL'])

const exitOf = ({ code }: Refused) => {
  if (code === 'VALIDATION_FAILED' || code === 'MALFORMED_REQUEST') return exits.wrongArguments
  return failures.has(code) ? exits.failed : exits.refused
}

const refusalText = ({ code, title, errors, reason }: Refused) =>
  [
    `${title} (${code})${reason === undefined ? '' : `: ${reason}`}`,
    ...(errors ?? []).map(({ path, expected }) => `${path}: expected ${expected}`),
  ].join('\n')

export type Call = <Value>(name: string, input: Readonly<Record<string, unknown>>) => Promise<Value>

type Options = { readonly mayCreateLog?: boolean }

/** `work` gets what an answer holds. A refusal or a failure ends the process with its exit code, after the log is closed. */
export async function withOperator<Done>(work: (call: Call) => Promise<Done>, { mayCreateLog = false }: Options = {}): Promise<Done> {
  const { DATA_DIR: dataDir, EVENT_STORE } = partOfConfiguration('DATA_DIR', 'EVENT_STORE')
  if (EVENT_STORE === 'memory') stopWith(exits.wrongArguments, 'EVENT_STORE=memory: expected sqlite or eventstoredb, whose log is kept')
  if (EVENT_STORE === 'sqlite' && !mayCreateLog && !existsSync(logFile(dataDir)))
    stopWith(exits.failed, `${logFile(dataDir)} does not exist`)
  const opened = await openOperator(dataDir, () => configuration(environmentWithoutListening()))
  if (isLeft(opened)) stopWith(exits.failed, operatorFailureText(opened.left))
  const operator = opened.right
  const end = async (code: number, sentence: string): Promise<never> => {
    await operator.close()
    return stopWith(code, sentence)
  }
  const call: Call = async (name, input) => {
    const answer = await operator.call(name, input)
    if (isLeft(answer)) return end(exits.failed, operatorFailureText(answer.left))
    if ('refused' in answer.right) return end(exitOf(answer.right.refused), refusalText(answer.right.refused))
    return answer.right.value as never
  }
  const done = await work(call)
  await operator.close()
  return done
}
