import type { Caller } from '../application/caller.ts'

/** One's own check of a captcha's answer, which the caller sends along; `undefined` if there is none. */
export type Captcha = (answer: string | undefined, caller: Caller) => Promise<boolean>
