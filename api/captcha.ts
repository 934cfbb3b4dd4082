import type { Caller } from '../application/caller.ts'

/** Checks a captcha's answer, which is `undefined` if the caller sent none. */
export type Captcha = (answer: string | undefined, caller: Caller) => Promise<boolean>
