import type { FastifyRequest } from 'fastify'
import type { Caller } from '../application/caller.ts'
import { text } from './codecs/primitives.ts'
import type { ProblemAnswer } from './problems.ts'

/** Checks a captcha's answer, which is `undefined` if the caller sent none. */
export type Captcha = (answer: string | undefined, caller: Caller) => Promise<boolean>

/** In the body of every call by which strangers cause hashes, accounts or mails. */
export const captchaAnswer = { captcha: text(1, 4096) }

type Needs = { readonly captcha: Captcha; readonly callerOf: (request: FastifyRequest) => Caller }

export async function refusedByCaptcha(
  { captcha, callerOf }: Needs,
  answer: string | undefined,
  request: FastifyRequest,
): Promise<ProblemAnswer | undefined> {
  return (await captcha(answer, callerOf(request))) === true ? undefined : { problem: 'CAPTCHA_REQUIRED' }
}
