import { identityChallenges } from '../../application/identities/challenge.ts'
import { logInByKey } from '../../application/identities/log-in-by-key.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { transport } from '../shapes/credentials.ts'
import { ChallengeText, named, SignatureText } from '../shapes/identity.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'

export function identityChallengeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/identities/:fingerprint/challenge',
    tag: 'Identity keys',
    summary: 'Get a challenge to sign',
    description: 'Good for one signature, and for five minutes. A fingerprint that nobody has gets one too.',
    params: named,
    responses: { 200: strictObject({ challenge: ChallengeText }) },
  })(({ params: { fingerprint } }) => ({ status: 200, body: { challenge: identityChallenges(context).make(fingerprint) } }))
}

export function logInByKeyRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/identities/:fingerprint/login',
    tag: 'Identity keys',
    summary: 'Log in with the signature of a key',
    description:
      'The signature is over the `login` payload. A fingerprint that nobody has gets the same response and the same lockout as a known one.',
    params: named,
    body: strictObject({ challenge: ChallengeText, signature: SignatureText }, transport),
    responses: { 200: LoginOutcomeAnswer },
    problems: ['INVALID_CREDENTIALS', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ params: { fingerprint }, body: { transport = 'cookie', ...presented } }, request) => {
    const loggedIn = logInByKey(context)({ fingerprint, ...presented, transport }, context.callerOf(request))
    return context.answer(loggedIn, (outcome) => {
      request.returnPlace?.(context.crypto.indexFingerprint(fingerprint))
      return { status: 200, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) } as const
    })
  })
}
