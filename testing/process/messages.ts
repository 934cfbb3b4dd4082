import type { TestHelpers } from '../people/helpers.ts'

type Called = Pick<TestHelpers, 'createUser' | 'login' | 'totp' | 'mails'>

/** What the child does when its parent asks. */
export type RemoteCalls = Called & { readonly advance: (milliseconds: number) => Promise<void> }

export type RemoteName = keyof RemoteCalls

/** The channel carries JSON, which has no `undefined` in a list. */
export type Question = { readonly id: number; readonly name: RemoteName; readonly args: readonly unknown[] }

/** `code` and `details` of a GatebookError. */
export type Failed = {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly status?: number
  readonly details?: unknown
}

/** `ahead`: of the wall clock, in milliseconds. */
export type Reply = { readonly id: number; readonly ahead: number } & ({ readonly done: unknown } | { readonly failed: Failed })
