import type { Calls } from './calls.ts'

export type CallName = keyof Calls
export type InputOf<Name extends CallName> = Calls[Name]['input']
export type AnswerOf<Name extends CallName> = Calls[Name]['answer']

/** The codes of docs/refusals.md that the call documents. `UNREACHABLE`: no answer, or none of Gatebook's. */
export type CodeOf<Name extends CallName> = Calls[Name]['problem'] | 'STARTING' | 'UNREACHABLE'

/** RFC 9457. `status` is 0 if nothing answered; `retryAfter` is in seconds. */
export type Problem<Code extends string = string> = {
  readonly code: Code
  readonly status: number
  readonly title: string
  readonly retryAfter?: number
  readonly reason?: string
  readonly errors?: readonly { readonly path: string; readonly expected: string }[]
}

export type Result<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem<Code> }

export type ResultOf<Name extends CallName> = Result<AnswerOf<Name>, CodeOf<Name>>
