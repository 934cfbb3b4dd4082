import type { TestHelpers } from '../people/helpers.ts'

type Called = Pick<TestHelpers, 'createUser' | 'login' | 'totp' | 'mails'>

/** What the child does when its parent asks. */
export type RemoteCalls = Called & { readonly advance: (milliseconds: number) => Promise<void> }

export type RemoteName = keyof RemoteCalls

export type Question = { readonly id: number; readonly name: RemoteName; readonly args: readonly unknown[] }

/** With whatever else a GatebookError has. */
export type Failed = { readonly name: string; readonly message: string }

/** `ahead`: of the wall clock, in milliseconds. */
export type Reply = { readonly id: number; readonly ahead: number } & ({ readonly done: unknown } | { readonly failed: Failed })
