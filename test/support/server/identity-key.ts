import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type Statement, signedPayload } from '../../../domain/identity/signed-payload.ts'
import type { Fingerprint, PublicKey, SessionId, Sha256 } from '../../../domain/kernel/ids.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import type { stepsOf } from './client.ts'
import { mustBe } from './second-factor.ts'
import { origin } from './start-test-server.ts'

type Said = Statement extends infer Each
  ? Each extends Statement
    ? Omit<Each, 'origin' | 'fingerprint'> & { origin?: string; fingerprint?: Fingerprint }
    : never
  : never

/** A key as its owner has it. */
export const newKey = (privateKey: KeyObject = generateKeyPairSync('ed25519').privateKey) => {
  const publicKey = String(privateKey.export({ format: 'jwk' }).x) as PublicKey
  const fingerprint = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex') as Fingerprint
  const signs = (said: Said) => {
    const payload = signedPayload({ origin, fingerprint, ...said } as Statement)
    return sign(null, payload, privateKey).toString('base64url')
  }
  return { publicKey, fingerprint, signs }
}

export type Key = ReturnType<typeof newKey>

/** What the owner of keys does over the API. */
export const keysIn = ({ post, del }: Pick<ReturnType<typeof stepsOf>, 'post' | 'del'>) => {
  const challengeFor = async (fingerprint: string): Promise<string> =>
    mustBe(200, await post(`/identities/${fingerprint}/challenge`)).challenge
  const introduce = (key: Key, more: object = {}) =>
    post('/identities', { publicKey: key.publicKey, signature: key.signs({ purpose: 'introduction' }), transport: 'bearer', ...more })
  const logInWith = (fingerprint: string, challenge: string, signature: string) =>
    post(`/identities/${fingerprint}/login`, { challenge, signature, transport: 'bearer' })
  return {
    challengeFor,
    introduce,
    logInWith,
    /** An elevated token. */
    elevated: async (key: Key, token: string, sessionId: string): Promise<string> => {
      const challenge = await challengeFor(key.fingerprint)
      const signature = key.signs({ purpose: 'elevation', sessionId: sessionId as SessionId, challenge })
      const identity = { fingerprint: key.fingerprint, challenge, signature }
      return mustBe(200, await post('/session/elevate', { identity }, token)).token
    },
    link: async (key: Key, accountId: string, token: string) => {
      const challenge = await challengeFor(key.fingerprint)
      const subject = createHash('sha256').update(accountId).digest('hex') as Sha256
      const signature = key.signs({ purpose: 'link', subject, challenge })
      return post('/me/identities', { publicKey: key.publicKey, challenge, signature }, token)
    },
    propose: (old: Key, next: Key, sequence = 1, fingerprint: Fingerprint = old.fingerprint) => {
      const said = { purpose: 'rotation' as const, fingerprint, sequence, oldPublicKey: old.publicKey, newPublicKey: next.publicKey }
      const signatures = { oldSignature: old.signs(said), newSignature: next.signs(said) }
      return post(`/identities/${fingerprint}/rotation`, { newPublicKey: next.publicKey, ...signatures })
    },
    cancel: (by: Key, next: Key, deadline: string, sequence = 1, fingerprint: Fingerprint = by.fingerprint) => {
      const said = { sequence, newPublicKey: next.publicKey, deadline: instant(Date.parse(deadline)) }
      const signature = by.signs({ purpose: 'rotation_cancellation', fingerprint, ...said })
      return del(`/identities/${fingerprint}/rotation`, undefined, { signature })
    },
    introduced: async (key: Key = newKey()) => ({ key, ...mustBe(201, await introduce(key)) }),
    /** `key` may be a later one of the identity. */
    logIn: async (key: Key, fingerprint: Fingerprint = key.fingerprint) => {
      const challenge = await challengeFor(fingerprint)
      return logInWith(fingerprint, challenge, key.signs({ purpose: 'login', fingerprint, challenge }))
    },
  }
}
