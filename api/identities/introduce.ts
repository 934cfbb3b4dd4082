import { isLeft } from 'fp-ts/lib/Either.js'
import { introduceIdentity } from '../../application/identities/introduce.ts'
import { profileField } from '../accounts/profile.ts'
import { profileIn } from '../accounts/register.ts'
import { captchaAnswer, refusedByCaptcha } from '../captcha.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { transport } from '../shapes/credentials.ts'
import { FingerprintText, PublicKeyText, SignatureText } from '../shapes/identity.ts'
import { loginOutcomeAnswer, loginOutcomeWith } from '../shapes/session.ts'

export function introduceIdentityRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/identities',
    tag: 'Identity keys',
    summary: 'Create an account with an Ed25519 key, and log in',
    description:
      'The account has neither an email address nor a password. The signature is over the `introduction` payload. Only with REGISTRATION=open.',
    body: strictObject(
      { publicKey: PublicKeyText, signature: SignatureText },
      { ...profileField(context.registrationFields), ...transport, ...captchaAnswer },
    ),
    responses: { 201: loginOutcomeWith({ fingerprint: FingerprintText }) },
    problems: ['NOT_FOUND', 'CAPTCHA_REQUIRED', 'INVALID_CREDENTIALS', 'IDENTITY_TAKEN', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { publicKey, signature, profile, transport = 'cookie', captcha } }, request) => {
    if (context.registration !== 'open') return { problem: 'NOT_FOUND' }
    const refused = await refusedByCaptcha(context, captcha, request)
    if (refused !== undefined) return refused
    const read = await profileIn(context, profile)
    if (isLeft(read)) return { problem: 'VALIDATION_FAILED', errors: read.left }
    const introduced = introduceIdentity(context)({ publicKey, signature, profile: read.right, transport }, context.callerOf(request))
    return context.answer(introduced, ({ fingerprint, outcome }) => {
      const { body, ...rest } = loginOutcomeAnswer(outcome, transport, context.journal.now())
      return { status: 201, body: { fingerprint, ...body }, ...rest } as const
    })
  })
}
