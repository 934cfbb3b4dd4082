import type { Command as AccessCommand } from '../../../domain/access/decider.ts'
import type { Command as AccountCommand } from '../../../domain/account/decider.ts'
import type { Command as ConsentCommand } from '../../../domain/consent/decider.ts'
import type { Command as DevicesCommand } from '../../../domain/devices/decider.ts'
import type { Command as EmailClaimCommand } from '../../../domain/email-claim/decider.ts'
import type { Command as IdentityCommand } from '../../../domain/identity/decider.ts'
import type { Command as LoginCommand } from '../../../domain/login/decider.ts'
import type { Command as SecondFactorCommand } from '../../../domain/second-factor/decider.ts'
import type { Command as SessionCommand } from '../../../domain/session/decider.ts'
import { challengeOf } from './challenge-history.ts'
import { introduce, propose, publish, signature } from './identity-examples.ts'
import { accessTokenId, accountId, attemptId, blindIndex, deviceId, sealed, sessionId, tokenHash } from './ids.ts'
import { attempt } from './login-history.ts'
import * as code from './second-factor-examples.ts'
import { grant } from './sessions.ts'
import { later } from './time.ts'

const day = 86_400_000

export const lockout = { maxAttempts: 5, lockout: 60_000, lockoutMax: 3_600_000 }
export const sessionPolicy = { idle: day, absolute: 100_000 * day, elevation: 1000, refresh: day, refreshGrace: 10, maxFailures: 5 }

const registration = {
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  emailVerified: false,
  passwordHash: sealed('hash'),
}

/** What somebody without a role can do to a stream again and again; `n` counts from 0. */
export const longStreams = {
  /** Refreshes, wrong and right proofs that are never settled. */
  session: (n: number): readonly SessionCommand[] => {
    const at = later(n * 61_000)
    if (n === 0) return [grant(tokenHash(0), tokenHash(0), at)]
    const refresh = { type: 'refresh' as const, presented: tokenHash(n - 1), counter: n, survives: true, at }
    return [
      { ...refresh, tokenHash: tokenHash(n), refreshHash: tokenHash(n) },
      { type: 'attempt' as const, attemptId: attemptId(n), purpose: 'elevation' as const, at },
      ...(n % 3 === 0 ? [] : [{ type: 'settle' as const, attemptId: attemptId(n), isRight: true, at }]),
    ]
  },
  accessTokens: (n: number): readonly SessionCommand[] => {
    const at = later(n)
    if (n === 0) return [grant(tokenHash(0), null, at)]
    const token = { presented: tokenHash(0), tokenId: accessTokenId(n), expiresAt: later(n + 300_000), survives: true }
    return [{ type: 'issueAccessToken', ...token, at }]
  },
  /** Refused requests, and reads of everybody. */
  access: (n: number): readonly AccessCommand[] => {
    const kind = { code: 'ROLE_REQUIRED' as const, method: 'GET', route: '/api/1/secure/admin', count: 1 }
    const at = later(n * 10)
    return [
      { type: 'recordRefusals', sessionId: sessionId(n), count: 1, refusals: [kind], from: at, to: at, at },
      { type: 'export', sessionId: sessionId(n % 7), at },
      { type: 'read', sessionId: sessionId(n % 7), what: 'account', subject: accountId(n), at },
    ]
  },
  /** Attempts that are never settled, from many devices, and challenges. */
  login: (n: number): readonly LoginCommand[] => {
    const at = later(n * 4_000_000)
    return [
      attempt(n, at, null, n % 2 === 0 ? null : deviceId(n)),
      attempt(n + 1_000_000, at),
      { type: 'challenge' as const, ...challengeOf(n), challengeHash: tokenHash(n), at },
    ]
  },
  /** Enrollments, codes that are never settled, codes that are sent. */
  secondFactor: (n: number): readonly SecondFactorCommand[] => [
    code.enroll(code.singleUse(n), n, n * 4_000_000),
    code.attempt(n, 'confirmation', n * 4_000_000),
    code.send(n * 4_000_000),
  ],
  /** Resets, changes of the password and ends of its sessions. */
  account: (n: number): readonly AccountCommand[] => {
    const at = later(n * 400_000)
    if (n === 0) return [{ type: 'register', ...registration, at }]
    return [
      { type: 'requestReset', at },
      { type: 'rehash', passwordHash: sealed(`hash${n % 10}`), checkedAt: 1e9, at },
      { type: 'revokeSessions', because: 'logged_out_everywhere', at },
    ]
  },
  /** Given and withdrawn by turns. */
  consent: (n: number): readonly ConsentCommand[] => [
    { type: 'give', purpose: `purpose-${n % 20}`, version: '1', at: later(n) },
    ...(n % 3 === 0 ? [] : [{ type: 'withdraw' as const, purpose: `purpose-${n % 20}`, at: later(n) }]),
  ],
  /** Reserved and released by turns, by accounts whose owners have several mailboxes. */
  emailClaim: (n: number): readonly EmailClaimCommand[] => {
    const own = { accountId: accountId(n % 7), at: later(n) }
    return [
      { type: 'reserve', ...own, email: sealed('email'), emailVerified: true, linksRevision: n },
      { type: 'releaseReplaced', ...own, linksRevision: n + 1 },
    ]
  },
  /** Challenges used one after another, and rotations proposed and cancelled by turns. */
  identity: (n: number): readonly IdentityCommand[] => {
    const at = later(n * 1000)
    if (n === 0) return [introduce(at)]
    return [
      { type: 'prove', purpose: 'login', by: 0, challengeHash: tokenHash(n), issuedAt: later(n * 1000 - 1), at },
      publish(n, at),
      propose(n, later(n * 1000 + 1)),
      { type: 'cancelRotation', by: 0, sequence: n, signature, at: later(n * 1000 + 2) },
    ]
  },
  /** One after another. */
  devices: (n: number): readonly DevicesCommand[] => [
    { type: 'remember', accountId: accountId(1), deviceId: deviceId(n), userAgent: null, at: later(n) },
  ],
} as const
