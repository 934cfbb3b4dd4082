// Made from the codecs of the routes by `npm run docs`; do not edit.

/** By method and path below `/api/1`. Times are ISO 8601 texts. */
export type Calls = {
  /** Get what a page must know before anybody logs in */
  'GET /settings': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly service: { readonly name: string; readonly logo: string | null; readonly color: string | null }
      readonly registration: 'open' | 'closed' | 'verified'
      readonly captcha: boolean
      readonly password: { readonly minLength: number; readonly minLengthWithSecondFactor: number; readonly maxLength: number }
      readonly secondFactor: { readonly provider: string; readonly recoveryCodes: 'single-use' | 'jump-ahead' }
    }
    readonly problem: 'VALIDATION_FAILED' | 'ORIGIN_REJECTED' | 'RATE_LIMITED' | 'INTERNAL'
  }
  /** Create the first administrator with the setup token; works once */
  'POST /setup': {
    readonly input: {
      readonly body: {
        readonly setupToken: string
        readonly email: string
        readonly password: string
        readonly transport?: 'cookie' | 'bearer'
      }
    }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'EMAIL_TAKEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Register with email and password, and log in */
  'POST /register': {
    readonly input: {
      readonly body: {
        readonly email: string
        readonly password?: string
        readonly profile?: unknown
        readonly transport?: 'cookie' | 'bearer'
        readonly captcha?: string
      }
    }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
      | { readonly status: 'check_email' }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'CAPTCHA_REQUIRED'
      | 'NOT_FOUND'
      | 'EMAIL_TAKEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Complete registration with the mailed token and a password, and log in */
  'POST /register/confirm': {
    readonly input: {
      readonly body: {
        readonly token: string
        readonly password: string
        readonly profile?: unknown
        readonly transport?: 'cookie' | 'bearer'
      }
    }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'EMAIL_TAKEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Accept an invitation with the mailed token and a password, and log in */
  'POST /invitation/confirm': {
    readonly input: { readonly body: { readonly token: string; readonly password: string; readonly transport?: 'cookie' | 'bearer' } }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Log in with email and password */
  'POST /login': {
    readonly input: {
      readonly body: {
        readonly email: string
        readonly password: string
        readonly transport?: 'cookie' | 'bearer'
        readonly captcha?: string
      }
    }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'CAPTCHA_REQUIRED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Complete login with a code */
  'POST /login/otp': {
    readonly input: { readonly body: { readonly challenge: string; readonly code: string; readonly transport?: 'cookie' | 'bearer' } }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
          readonly secondFactorRemoved?: true
        }
      | { readonly status: 'password_change_required'; readonly challenge: string; readonly secondFactorRemoved?: true }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Choose the password that a login requires and complete it */
  'POST /login/password': {
    readonly input: {
      readonly body: { readonly challenge: string; readonly newPassword: string; readonly transport?: 'cookie' | 'bearer' }
    }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Send another code for the challenge */
  'POST /login/otp/send': {
    readonly input: { readonly body: { readonly challenge: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Start enrollment of a required second factor */
  'POST /login/enroll': {
    readonly input: { readonly body: { readonly challenge: string } }
    readonly answer: {
      readonly uri: string | null
      readonly secret: string | null
      readonly qr: string | null
      readonly recoveryCodes: readonly string[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Confirm enrollment with a code and complete login */
  'POST /login/enroll/confirm': {
    readonly input: { readonly body: { readonly challenge: string; readonly code: string; readonly transport?: 'cookie' | 'bearer' } }
    readonly answer: {
      readonly status: 'authenticated'
      readonly accountId: string
      readonly session: {
        readonly id: string
        readonly grantedAt: string
        readonly idleExpiresAt: string
        readonly expiresAt: string
        readonly elevatedUntil: string | null
        readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
      }
      readonly token?: string
      readonly refreshToken?: string
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Create an account with an Ed25519 key, and log in */
  'POST /identities': {
    readonly input: {
      readonly body: {
        readonly publicKey: string
        readonly signature: string
        readonly profile?: unknown
        readonly transport?: 'cookie' | 'bearer'
        readonly captcha?: string
      }
    }
    readonly answer:
      | {
          readonly fingerprint: string
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | {
          readonly fingerprint: string
          readonly status: 'second_factor_required'
          readonly challenge: string
          readonly methods: readonly ('totp' | 'recovery_code')[]
        }
      | { readonly fingerprint: string; readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly fingerprint: string; readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'CAPTCHA_REQUIRED'
      | 'NOT_FOUND'
      | 'IDENTITY_TAKEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
  }
  /** Get a challenge to sign */
  'POST /identities/{fingerprint}/challenge': {
    readonly input: { readonly params: { readonly fingerprint: string } }
    readonly answer: { readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'ORIGIN_REJECTED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
  }
  /** Log in with the signature of a key */
  'POST /identities/{fingerprint}/login': {
    readonly input: {
      readonly params: { readonly fingerprint: string }
      readonly body: { readonly challenge: string; readonly signature: string; readonly transport?: 'cookie' | 'bearer' }
    }
    readonly answer:
      | {
          readonly status: 'authenticated'
          readonly accountId: string
          readonly session: {
            readonly id: string
            readonly grantedAt: string
            readonly idleExpiresAt: string
            readonly expiresAt: string
            readonly elevatedUntil: string | null
            readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
          }
          readonly token?: string
          readonly refreshToken?: string
        }
      | { readonly status: 'second_factor_required'; readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code')[] }
      | { readonly status: 'enrollment_required'; readonly challenge: string }
      | { readonly status: 'password_change_required'; readonly challenge: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Propose a new key, which takes the place of the old one at the deadline */
  'POST /identities/{fingerprint}/rotation': {
    readonly input: {
      readonly params: { readonly fingerprint: string }
      readonly body: { readonly newPublicKey: string; readonly oldSignature: string; readonly newSignature: string }
    }
    readonly answer: { readonly deadline: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'IDENTITY_TAKEN'
      | 'TOO_MANY_KEYS'
      | 'ROTATION_PENDING'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
  }
  /** Cancel a rotation with the old key, before the deadline */
  'DELETE /identities/{fingerprint}/rotation': {
    readonly input: { readonly params: { readonly fingerprint: string }; readonly body: { readonly signature: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
  }
  /** Get the keys of an identity, with what proves each of them */
  'GET /identities/{fingerprint}/chain': {
    readonly input: { readonly params: { readonly fingerprint: string } }
    readonly answer: {
      readonly fingerprint: string
      readonly genesis: {
        readonly publicKey: string
        readonly origin: string
        readonly link: { readonly subject: string; readonly challenge: string } | null
        readonly signature: string
        readonly introducedAt: string
      }
      readonly rotations: readonly {
        readonly sequence: number
        readonly newPublicKey: string
        readonly origin: string
        readonly oldSignature: string
        readonly newSignature: string
        readonly proposedAt: string
        readonly deadline: string
      }[]
      readonly pending: {
        readonly sequence: number
        readonly newPublicKey: string
        readonly origin: string
        readonly oldSignature: string
        readonly newSignature: string
        readonly proposedAt: string
        readonly deadline: string
      } | null
      readonly nextSequence: number
    }
    readonly problem: 'VALIDATION_FAILED' | 'ORIGIN_REJECTED' | 'NOT_FOUND' | 'RATE_LIMITED' | 'INTERNAL' | 'STORE_UNAVAILABLE'
  }
  /** List the keys that log in to your own account */
  'GET /me/identities': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly identities: readonly {
        readonly fingerprint: string
        readonly publicKey: string
        readonly introducedAt: string
        readonly rotation: { readonly newPublicKey: string; readonly deadline: string } | null
      }[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Link a key to your own account */
  'POST /me/identities': {
    readonly input: { readonly body: { readonly publicKey: string; readonly challenge: string; readonly signature: string } }
    readonly answer: { readonly fingerprint: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'IDENTITY_TAKEN'
      | 'TOO_MANY_KEYS'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Unlink a key, for good; other sessions end */
  'DELETE /me/identities/{fingerprint}': {
    readonly input: { readonly params: { readonly fingerprint: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_CREDENTIAL'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Log out: end this session */
  'POST /logout': {
    readonly input: Record<never, never>
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'ORIGIN_REJECTED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** End all sessions of the account, including this one */
  'POST /logout/everywhere': {
    readonly input: Record<never, never>
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Get the current session */
  'GET /session': {
    readonly input: { readonly query?: { readonly optional?: '1' } }
    readonly answer: {
      readonly accountId: string
      readonly email: string | null
      readonly emailVerified: boolean
      readonly roles: readonly string[]
      readonly claims: { readonly [name: string]: boolean | number | string }
      readonly session: {
        readonly id: string
        readonly grantedAt: string
        readonly idleExpiresAt: string
        readonly expiresAt: string
        readonly elevatedUntil: string | null
        readonly factors: readonly string[]
      }
    } | null
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Count the refused logins between your last visit and this one */
  'GET /session/refused-attempts': {
    readonly input: Record<never, never>
    readonly answer: { readonly count: number; readonly since: string | null; readonly isMore: boolean }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** Exchange a refresh token for a new token and refresh token */
  'POST /session/refresh': {
    readonly input: { readonly body: { readonly refreshToken: string } }
    readonly answer: {
      readonly token: string
      readonly refreshToken: string
      readonly session: {
        readonly id: string
        readonly grantedAt: string
        readonly idleExpiresAt: string
        readonly expiresAt: string
        readonly elevatedUntil: string | null
        readonly factors: readonly ('pwd' | 'otp' | 'pop' | 'host')[]
      }
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
  }
  /** Elevate the session with a code, or with the password or a key if no second factor is enrolled; replaces the token */
  'POST /session/elevate': {
    readonly input: {
      readonly body:
        | { readonly code: string }
        | { readonly password: string }
        | { readonly identity: { readonly fingerprint: string; readonly challenge: string; readonly signature: string } }
    }
    readonly answer: { readonly elevatedUntil: string; readonly token?: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SECOND_FACTOR_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List the active sessions of the account, newest first */
  'GET /sessions': {
    readonly input: { readonly query?: { readonly cursor?: string; readonly limit?: number } }
    readonly answer: {
      readonly sessions: readonly {
        readonly id: string
        readonly current: boolean
        readonly grantedAt: string
        readonly lastSeenAt: string
        readonly expiresAt: string
        readonly factors: readonly string[]
        readonly address: string | null
        readonly userAgent: string | null
        readonly device: { readonly browser: string | null; readonly system: string | null; readonly platform: string | null }
      }[]
      readonly next: string | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** End a session of the account */
  'DELETE /sessions/{id}': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List the devices that the account knows */
  'GET /devices': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly devices: readonly {
        readonly id: string
        readonly rememberedAt: string
        readonly userAgent: string | null
        readonly device: { readonly browser: string | null; readonly system: string | null; readonly platform: string | null }
      }[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Forget a device */
  'DELETE /devices/{id}': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Change the password; ends all other sessions */
  'POST /password': {
    readonly input: { readonly body: { readonly currentPassword: string; readonly newPassword: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Request a password reset link by mail */
  'POST /password/reset': {
    readonly input: { readonly body: { readonly email: string; readonly captcha?: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'CAPTCHA_REQUIRED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
  }
  /** Set a new password with the mailed token; ends all sessions */
  'POST /password/reset/confirm': {
    readonly input: { readonly body: { readonly token: string; readonly newPassword: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
  }
  /** Request a change of the email address; a link is mailed to the new one */
  'POST /email': {
    readonly input: {
      readonly body:
        | { readonly email: string; readonly code: string }
        | { readonly email: string; readonly password: string }
        | {
            readonly email: string
            readonly identity: { readonly fingerprint: string; readonly challenge: string; readonly signature: string }
          }
        | { readonly email: string }
    }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SECOND_FACTOR_FAILED'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Replace the email address with the mailed token; sessions stay */
  'POST /email/confirm': {
    readonly input: { readonly body: { readonly token: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
  }
  /** Get the status of the second factor */
  'GET /totp': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly enrolled: boolean
      readonly confirmedAt: string | null
      readonly recoveryCodesLeft: number
      readonly mode: string
      readonly required: boolean
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Start enrollment; the secret and the recovery codes are shown once */
  'POST /totp/enroll': {
    readonly input: { readonly body: { readonly [name: string]: unknown } | { readonly replace: boolean } }
    readonly answer: {
      readonly uri: string | null
      readonly secret: string | null
      readonly qr: string | null
      readonly recoveryCodes: readonly string[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'ALREADY_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Confirm enrollment with a code; ends all other sessions */
  'POST /totp/confirm': {
    readonly input: { readonly body: { readonly code: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'ALREADY_ENROLLED'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Send a code for step-up, for a change of the second factor or to confirm enrollment */
  'POST /totp/send': {
    readonly input: Record<never, never>
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'NOT_FOUND'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Disable the second factor; ends all other sessions */
  'POST /totp/disable': {
    readonly input: { readonly body: { readonly code: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'NOT_ENROLLED'
      | 'SECOND_FACTOR_REQUIRED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Create new recovery codes, shown once; invalidates the old ones */
  'POST /totp/recovery-codes': {
    readonly input: { readonly body: { readonly code: string } }
    readonly answer: { readonly recoveryCodes: readonly string[] }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SECOND_FACTOR_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'NOT_ENROLLED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Any session */
  'GET /secure/user': {
    readonly input: Record<never, never>
    readonly answer: { readonly ok: true }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** The role admin */
  'GET /secure/admin': {
    readonly input: Record<never, never>
    readonly answer: { readonly ok: true }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** An elevated session */
  'GET /secure/elevated': {
    readonly input: Record<never, never>
    readonly answer: { readonly ok: true }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** The claim publisher: true */
  'GET /secure/publisher': {
    readonly input: Record<never, never>
    readonly answer: { readonly ok: true }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'CLAIM_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** The claim publisher: true, and elevated */
  'GET /secure/payout': {
    readonly input: Record<never, never>
    readonly answer: { readonly ok: true }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'CLAIM_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** List accounts in order of registration, or find some by email address */
  'GET /admin/accounts': {
    readonly input: { readonly query?: { readonly email?: string; readonly prefix?: string; readonly cursor?: string } }
    readonly answer: {
      readonly accounts: readonly {
        readonly id: string
        readonly email: string | null
        readonly emailVerified: boolean
        readonly status: 'active' | 'disabled' | 'erased'
        readonly roles: readonly string[]
        readonly claims: { readonly [name: string]: boolean | number | string }
        readonly registeredAt: string
      }[]
      readonly next: string | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Create an account, with a password or by inviting its owner */
  'POST /admin/accounts': {
    readonly input: {
      readonly body: {
        readonly email: string
        readonly password?: string
        readonly mustChangePassword?: boolean
        readonly invite?: true
        readonly language?: 'en' | 'de' | 'fr' | 'es'
        readonly roles?: readonly string[]
        readonly claims?: { readonly [name: string]: boolean | number | string }
      }
    }
    readonly answer: { readonly accountId: string }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'EMAIL_TAKEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Get an account */
  'GET /admin/accounts/{id}': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: {
      readonly id: string
      readonly email: string | null
      readonly emailVerified: boolean
      readonly status: 'active' | 'disabled' | 'erased'
      readonly roles: readonly string[]
      readonly claims: { readonly [name: string]: boolean | number | string }
      readonly registeredAt: string
      readonly invited: boolean
      readonly lastLoginAt: string | null
      readonly lockedUntil: string | null
      readonly codesLockedUntil: string | null
      readonly codeEntryEnded: boolean
      readonly secondFactor: {
        readonly enrolled: boolean
        readonly required: boolean
        readonly confirmedAt: string | null
        readonly recoveryCodesLeft: number
      }
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Erase the account by deleting its data key */
  'DELETE /admin/accounts/{id}': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Mail the invitation again */
  'POST /admin/accounts/{id}/invite': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'PASSWORD_ALREADY_CHOSEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Set the password of an account and end its sessions */
  'PUT /admin/accounts/{id}/password': {
    readonly input: {
      readonly params: { readonly id: string }
      readonly body: { readonly password: string; readonly mustChange?: boolean }
    }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'PASSWORD_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Replace the email address of an account */
  'PUT /admin/accounts/{id}/email': {
    readonly input: { readonly params: { readonly id: string }; readonly body: { readonly email: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'EMAIL_TAKEN'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List the active sessions of an account, newest first */
  'GET /admin/accounts/{id}/sessions': {
    readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly cursor?: string; readonly limit?: number } }
    readonly answer: {
      readonly sessions: readonly {
        readonly id: string
        readonly current: boolean
        readonly grantedAt: string
        readonly lastSeenAt: string
        readonly expiresAt: string
        readonly factors: readonly string[]
        readonly address: string | null
        readonly userAgent: string | null
        readonly device: { readonly browser: string | null; readonly system: string | null; readonly platform: string | null }
      }[]
      readonly next: string | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** End a session of an account */
  'DELETE /admin/accounts/{id}/sessions/{sessionId}': {
    readonly input: { readonly params: { readonly id: string; readonly sessionId: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Disable the account and end its sessions */
  'POST /admin/accounts/{id}/disable': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Enable a disabled account */
  'POST /admin/accounts/{id}/enable': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** End its lockouts, of logins and of code entry */
  'POST /admin/accounts/{id}/unlock': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** End its sessions */
  'POST /admin/accounts/{id}/logout': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Remove its second factor and end its sessions */
  'POST /admin/accounts/{id}/reset-second-factor': {
    readonly input: { readonly params: { readonly id: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Grant a role */
  'PUT /admin/accounts/{id}/roles/{role}': {
    readonly input: { readonly params: { readonly id: string; readonly role: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Withdraw a role */
  'DELETE /admin/accounts/{id}/roles/{role}': {
    readonly input: { readonly params: { readonly id: string; readonly role: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Set a claim */
  'PUT /admin/accounts/{id}/claims/{name}': {
    readonly input: {
      readonly params: { readonly id: string; readonly name: string }
      readonly body: { readonly value: boolean | number | string }
    }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Remove a claim */
  'DELETE /admin/accounts/{id}/claims/{name}': {
    readonly input: { readonly params: { readonly id: string; readonly name: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Get the state of the log, the read models and the queues */
  'GET /admin/health': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly ready: boolean
      readonly reason: string | null
      readonly log: {
        readonly store: 'sqlite' | 'eventstoredb' | 'memory'
        readonly events: number | null
        readonly sizeBytes: number | null
      }
      readonly readModels: { readonly position: number | null; readonly lag: number | null; readonly fresh: boolean }
      readonly refold: { readonly at: string; readonly checked: number; readonly differences: number | null } | null
      readonly queues: {
        readonly hashing: { readonly running: number; readonly waiting: number; readonly places: number }
        readonly mail: { readonly waiting: number; readonly places: number }
      }
      readonly disk: { readonly freeBytes: number | null; readonly totalBytes: number | null }
      readonly process: { readonly version: string; readonly node: string; readonly startedAt: string; readonly memoryBytes: number }
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** List the configuration that is in force */
  'GET /admin/policy': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly policy: readonly {
        readonly variable: string
        readonly section: string
        readonly value: string | number | boolean | readonly string[] | null
        readonly default: string | number | boolean | readonly string[] | null
        readonly description: string
      }[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** Issue a short-lived signed token for other services */
  'POST /token': {
    readonly input: Record<never, never>
    readonly answer: { readonly accessToken: string; readonly tokenType: 'Bearer'; readonly expiresIn: number }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Verify the session of a request that a reverse proxy holds */
  'GET /verify': {
    readonly input: { readonly query?: { readonly role?: string; readonly elevated?: '1'; readonly redirect?: '1' } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List audit events, newest first */
  'GET /audit': {
    readonly input: {
      readonly query?: {
        readonly account?: string
        readonly actor?: string
        readonly address?: unknown
        readonly type?: string
        readonly session?: string
        readonly correlation?: string
        readonly from?: string
        readonly to?: string
        readonly order?: 'newest' | 'oldest'
        readonly cursor?: string
        readonly limit?: number
      }
    }
    readonly answer: {
      readonly entries: readonly {
        readonly position: number
        readonly at: string
        readonly type: string
        readonly account: string | null
        readonly actor: string
        readonly summary: string
        readonly session: string | null
        readonly correlationId: string
        readonly address: string | null
      }[]
      readonly next: string | null
      readonly previous: string | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List what followed from an address, a session or an account, oldest first */
  'GET /audit/blast-radius': {
    readonly input: {
      readonly query?: {
        readonly address?: unknown
        readonly session?: string
        readonly account?: string
        readonly since?: string
        readonly to?: string
        readonly cursor?: string
      }
    }
    readonly answer: {
      readonly attempts: readonly {
        readonly position: number
        readonly at: string
        readonly type: string
        readonly account: string | null
        readonly actor: string
        readonly summary: string
        readonly attributedBy: 'session' | 'account'
      }[]
      readonly sessions: readonly {
        readonly id: string
        readonly account: string
        readonly position: number
        readonly grantedAt: string
        readonly expiresAt: string
        readonly active: boolean
        readonly endedAt: string | null
        readonly because: string | null
        readonly refreshes: number
        readonly refreshTokenReused: boolean
        readonly elevations: readonly { readonly at: string; readonly until: string }[]
        readonly accessTokens: readonly { readonly at: string; readonly expiresAt: string }[]
        readonly changes: readonly {
          readonly position: number
          readonly at: string
          readonly type: string
          readonly account: string | null
          readonly actor: string
          readonly summary: string
          readonly attributedBy: 'session' | 'account'
        }[]
        readonly reads: readonly {
          readonly position: number
          readonly at: string
          readonly type: string
          readonly account: string | null
          readonly actor: string
          readonly summary: string
          readonly attributedBy: 'session' | 'account'
        }[]
        readonly devices: readonly {
          readonly position: number
          readonly at: string
          readonly type: string
          readonly account: string | null
          readonly actor: string
          readonly summary: string
          readonly attributedBy: 'session' | 'account'
        }[]
        readonly cut: boolean
      }[]
      readonly accounts: readonly { readonly account: string; readonly attempts: number; readonly sessions: number }[]
      readonly accountsCut: boolean
      readonly next: string | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** End the sessions that came from an address or belong to an account, and their refresh tokens */
  'POST /audit/blast-radius/revoke': {
    readonly input: {
      readonly body: {
        readonly address?: unknown
        readonly session?: string
        readonly account?: string
        readonly since?: string
        readonly to?: string
        readonly cursor?: string
      }
    }
    readonly answer: { readonly ended: number; readonly kept: number; readonly next: string | null }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List audit events of your own account, newest first */
  'GET /audit/me': {
    readonly input: {
      readonly query?: {
        readonly type?: string
        readonly session?: string
        readonly correlation?: string
        readonly from?: string
        readonly to?: string
        readonly order?: 'newest' | 'oldest'
        readonly cursor?: string
        readonly limit?: number
      }
    }
    readonly answer: {
      readonly entries: readonly {
        readonly at: string
        readonly type: string
        readonly account: string | null
        readonly actor: string
        readonly summary: string
        readonly session: string | null
        readonly correlationId: string
      }[]
      readonly next: string | null
      readonly previous: string | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STALE_READ_MODEL'
  }
  /** Explain why an audit event was recorded */
  'GET /audit/explain/{position}': {
    readonly input: { readonly params: { readonly position: number } }
    readonly answer: {
      readonly position: number
      readonly at: string
      readonly type: string
      readonly account: string | null
      readonly actor: string
      readonly summary: string
      readonly session: string | null
      readonly correlationId: string
      readonly why: string
      readonly agrees: boolean
      readonly because: 'decided_otherwise' | 'erased' | 'not_decided' | null
      readonly command: string | null
      readonly rule:
        | 'attempt_within_budget'
        | 'matched'
        | 'failure_counted'
        | 'budget_spent'
        | 'budget_spent_before_the_check'
        | 'lock_lifted'
        | 'refused_while_locked'
        | 'challenge_opened'
        | 'challenge_answered'
        | 'challenge_voided'
        | 'summarized'
        | 'attempt_counts_against_the_session'
        | 'code_is_newer'
        | 'recovery_code_unused'
        | 'last_recovery_code_used'
        | 'failure_of_a_session'
        | 'code_may_be_sent'
        | 'enrollment_begun'
        | 'enrollment_confirmed'
        | 'factor_changed'
        | 'granted'
        | 'extension_due'
        | 'refresh_token_current'
        | 'refresh_token_reused'
        | 'elevation_proved'
        | 'factor_withdrawn'
        | 'access_token_issued'
        | 'session_budget_spent'
        | 'session_ended'
        | 'rotation_proposed'
        | 'rotation_cancelled'
        | 'rotation_due'
        | 'by_command'
        | null
      readonly budget: 'strangers' | 'known_device' | 'code_entry' | 'session' | null
      readonly counters: readonly {
        readonly name:
          | 'attempts_being_checked'
          | 'attempts_refused'
          | 'codes_sent_lately'
          | 'failures'
          | 'failures_in_a_row'
          | 'last_accepted_time_step'
          | 'lock_duration'
          | 'locks_in_a_row'
          | 'recovery_code'
          | 'recovery_codes_left'
          | 'refresh_token'
          | 'rejected_since_last_login'
          | 'rotation'
          | 'since_last_seen'
          | 'time_step'
        readonly value: number
        readonly limit: number | null
        readonly unit: 'times' | 'milliseconds'
      }[]
      readonly windows: readonly {
        readonly name:
          | 'access_token'
          | 'challenge'
          | 'elevation'
          | 'enrollment'
          | 'idle'
          | 'lock'
          | 'pause_between_codes'
          | 'refresh_token'
          | 'refusals'
          | 'rotation'
          | 'session'
        readonly from: string
        readonly until: string | null
      }[]
      readonly together: readonly { readonly position: number; readonly type: string; readonly summary: string }[]
      readonly policy: {
        readonly recorded: { readonly position: number; readonly since: string } | null
        readonly login: {
          readonly maxAttempts: number
          readonly lockout: number
          readonly lockoutMax: number
          readonly challengeLifetime: number | null
        }
        readonly codes: { readonly maxAttempts: number; readonly lockout: number; readonly lockoutMax: number }
        readonly session: {
          readonly idle: number
          readonly absolute: number
          readonly elevation: number
          readonly refresh: number
          readonly refreshGrace: number
          readonly maxFailures: number
        }
        readonly identity: { readonly rotation: number }
      }
      readonly read: { readonly stream: string; readonly from: number; readonly through: number; readonly summary: number | null }
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Get an account as it was at a moment */
  'GET /audit/accounts/{id}/at': {
    readonly input: { readonly params: { readonly id: string }; readonly query: { readonly time: string; readonly since?: string } }
    readonly answer: {
      readonly moment: {
        readonly time: string
        readonly position: number
        readonly isWhole: boolean
        readonly status: 'absent' | 'active' | 'disabled' | 'erased'
        readonly invited: boolean
        readonly email: string | null
        readonly emailVerified: boolean
        readonly passwordChangeRequired: boolean
        readonly roles: readonly string[]
        readonly claims: { readonly [name: string]: boolean | number | string }
        readonly failures: number
        readonly lockedUntil: string | null
        readonly deviceLocks: readonly { readonly id: string; readonly lockedUntil: string }[]
        readonly codesLockedUntil: string | null
        readonly codeEntryEnded: boolean
        readonly secondFactor: { readonly enrolled: boolean; readonly confirmedAt: string | null; readonly recoveryCodesLeft: number }
        readonly devices: readonly { readonly id: string; readonly rememberedAt: string }[]
        readonly keys: readonly { readonly id: string; readonly sequence: number; readonly rotationUntil: string | null }[]
        readonly sessions: readonly {
          readonly id: string
          readonly grantedAt: string
          readonly lastSeenAt: string
          readonly idleExpiresAt: string
          readonly expiresAt: string
          readonly elevatedUntil: string | null
          readonly factors: readonly string[]
        }[]
        readonly consents: readonly { readonly id: string; readonly given: boolean; readonly version: string; readonly at: string }[]
      }
      readonly since: {
        readonly time: string
        readonly position: number
        readonly isWhole: boolean
        readonly status: 'absent' | 'active' | 'disabled' | 'erased'
        readonly invited: boolean
        readonly email: string | null
        readonly emailVerified: boolean
        readonly passwordChangeRequired: boolean
        readonly roles: readonly string[]
        readonly claims: { readonly [name: string]: boolean | number | string }
        readonly failures: number
        readonly lockedUntil: string | null
        readonly deviceLocks: readonly { readonly id: string; readonly lockedUntil: string }[]
        readonly codesLockedUntil: string | null
        readonly codeEntryEnded: boolean
        readonly secondFactor: { readonly enrolled: boolean; readonly confirmedAt: string | null; readonly recoveryCodesLeft: number }
        readonly devices: readonly { readonly id: string; readonly rememberedAt: string }[]
        readonly keys: readonly { readonly id: string; readonly sequence: number; readonly rotationUntil: string | null }[]
        readonly sessions: readonly {
          readonly id: string
          readonly grantedAt: string
          readonly lastSeenAt: string
          readonly idleExpiresAt: string
          readonly expiresAt: string
          readonly elevatedUntil: string | null
          readonly factors: readonly string[]
        }[]
        readonly consents: readonly { readonly id: string; readonly given: boolean; readonly version: string; readonly at: string }[]
      } | null
      readonly changes:
        | readonly {
            readonly change: 'added' | 'removed' | 'changed'
            readonly field: string
            readonly before: string | number | boolean | null
            readonly after: string | number | boolean | null
          }[]
        | null
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Sign the size and the root of the log (C2SP tlog-checkpoint) */
  'GET /audit/checkpoint': {
    readonly input: Record<never, never>
    readonly answer: string
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Prove that an audit event is in the log (C2SP tlog-proof) */
  'GET /audit/proof/{position}': {
    readonly input: { readonly params: { readonly position: number } }
    readonly answer: string
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Prove that the log of one size begins with the log of a smaller one (RFC 6962) */
  'GET /audit/consistency': {
    readonly input: { readonly query: { readonly from: number; readonly to: number } }
    readonly answer: { readonly from: number; readonly to: number; readonly proof: readonly string[] }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ROLE_REQUIRED'
      | 'ENROLLMENT_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Export everything that is held of your own account */
  'GET /me/export': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly format: 2
      readonly exportedAt: string
      readonly account: {
        readonly id: string
        readonly email: string | null
        readonly emailVerified: boolean
        readonly roles: readonly string[]
        readonly claims: { readonly [name: string]: boolean | number | string }
        readonly registeredAt: string
        readonly profile: unknown
      }
      readonly secondFactor: {
        readonly enrolled: boolean
        readonly confirmedAt: string | null
        readonly recoveryCodesLeft: number
        readonly mode: string
        readonly required: boolean
      }
      readonly devices: readonly {
        readonly id: string
        readonly rememberedAt: string
        readonly userAgent: string | null
        readonly device: { readonly browser: string | null; readonly system: string | null; readonly platform: string | null }
      }[]
      readonly language: 'en' | 'de' | 'fr' | 'es' | null
      readonly consents: readonly { readonly purpose: string; readonly given: boolean; readonly version: string; readonly at: string }[]
      readonly sessions: readonly {
        readonly id: string
        readonly current: boolean
        readonly grantedAt: string
        readonly lastSeenAt: string
        readonly expiresAt: string
        readonly factors: readonly string[]
        readonly address: string | null
        readonly userAgent: string | null
        readonly device: { readonly browser: string | null; readonly system: string | null; readonly platform: string | null }
      }[]
      readonly blobs: readonly {
        readonly fingerprint: string
        readonly version: number
        readonly publishedAt: string
        readonly origin: string
        readonly publicKey: string
        readonly signature: string
        readonly bytes: string | null
      }[]
      readonly history: readonly {
        readonly at: string
        readonly type: string
        readonly account: string | null
        readonly actor: string
        readonly summary: string
        readonly session: string | null
        readonly correlationId: string
        readonly receipt: string
        readonly email?: string | null
        readonly replacedEmail?: string | null
        readonly address?: string | null
        readonly userAgent?: string | null
        readonly profile?: unknown
      }[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Export everything that is held of your own account, as a page to read and print */
  'GET /me/export/page': {
    readonly input: { readonly query?: { readonly language?: 'en' | 'de' } }
    readonly answer: string
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SESSION_REQUIRED'
      | 'ELEVATION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Erase your own account, with a code, or with the password or a key if no second factor is enrolled */
  'DELETE /me': {
    readonly input: {
      readonly body:
        | { readonly code: string }
        | { readonly password: string }
        | { readonly identity: { readonly fingerprint: string; readonly challenge: string; readonly signature: string } }
    }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'INVALID_CREDENTIALS'
      | 'SECOND_FACTOR_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'ADDRESS_BLOCKED'
      | 'RECOVERY_CODE_REQUIRED'
      | 'NOT_ENROLLED'
      | 'LAST_ADMINISTRATOR'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'LOCKED_OUT'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'OVERLOADED'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** List what one may consent to, and what one consented to */
  'GET /me/consents': {
    readonly input: Record<never, never>
    readonly answer: {
      readonly consents: readonly {
        readonly purpose: string
        readonly version: string
        readonly title: { readonly [name: string]: string }
        readonly text: { readonly [name: string]: string }
        readonly given: boolean
        readonly givenVersion: string | null
        readonly at: string | null
      }[]
    }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Give or withdraw a consent */
  'PUT /me/consents/{purpose}': {
    readonly input: { readonly params: { readonly purpose: string }; readonly body: { readonly given: boolean; readonly version: string } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'NOT_FOUND'
      | 'STALE_VERSION'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Get the language of the mails to you */
  'GET /me/language': {
    readonly input: Record<never, never>
    readonly answer: { readonly language: 'en' | 'de' | 'fr' | 'es' | null }
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
  /** Choose the language of the mails to you */
  'PUT /me/language': {
    readonly input: { readonly body: { readonly language: 'en' | 'de' | 'fr' | 'es' } }
    readonly answer: undefined
    readonly problem:
      | 'MALFORMED_REQUEST'
      | 'VALIDATION_FAILED'
      | 'SESSION_REQUIRED'
      | 'ORIGIN_REJECTED'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'RATE_LIMITED'
      | 'INTERNAL'
      | 'STORE_UNAVAILABLE'
      | 'STALE_READ_MODEL'
  }
}
