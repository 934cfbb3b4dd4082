/** What a call came to, as JSON. `details` has what the REST API would answer with, never what the caller gave. */
export type OperatorAnswer =
  | { readonly value: unknown }
  | {
      readonly refused: {
        readonly code: string
        readonly title: string
        readonly errors?: readonly { readonly path: string; readonly expected: string }[] | undefined
        readonly reason?: string | undefined
        readonly retryAfter?: number | undefined
      }
    }

export type AnswerOperator = (call: string, input: unknown) => Promise<OperatorAnswer>
