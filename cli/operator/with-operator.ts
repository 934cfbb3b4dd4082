import { existsSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import type { OperatorAnswer } from '../../infrastructure/operator-socket/answer.ts'
import { configuration } from '../configuration.ts'
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
export async function withOperator(work: (call: Call) => Promise<void>, { mayCreateLog = false }: Options = {}): Promise<void> {
  // Nothing listens here, so what HOST asks of other variables does not matter.
  const values = configuration({ GATEBOOK_HOST: '127.0.0.1' })
  if (values.EVENT_STORE === 'memory')
    stopWith(exits.wrongArguments, 'EVENT_STORE=memory: expected sqlite or eventstoredb, whose log is kept')
  if (values.EVENT_STORE === 'sqlite' && !mayCreateLog && !existsSync(logFile(values.DATA_DIR)))
    stopWith(exits.failed, `${logFile(values.DATA_DIR)} does not exist`)
  const opened = await openOperator(values)
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
  await work(call)
  await operator.close()
}
