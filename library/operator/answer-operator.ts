import { GatebookError } from '../gatebook-error.ts'
import type { HostNeeds } from '../host-needs.ts'
import { operatorCalls } from './operator-calls.ts'

/** Rejects with what is nobody's refusal: a fault. */
export function answerOperator(needs: HostNeeds) {
  const calls = operatorCalls(needs)
  return async (name: string, input: unknown) => {
    try {
      const call = Object.hasOwn(calls, name) ? calls[name] : undefined
      if (call === undefined) throw new GatebookError({ problem: 'NOT_FOUND' })
      return { value: await call(input) }
    } catch (error) {
      if (!(error instanceof GatebookError)) throw error
      return { refused: { code: error.code, title: error.message, ...error.details } }
    }
  }
}
