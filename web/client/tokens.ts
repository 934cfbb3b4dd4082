import type { Credentials, Input } from './request.ts'
import type { Result } from './result.ts'
import { effectOf } from './session-calls.ts'

export type Tokens = { readonly token: string; readonly refreshToken: string | null }

export type TokenOptions = {
  /** From an earlier run. */
  readonly tokens?: Tokens | null
  /** Called with each new pair, and with null once the session has ended. Two clients must not share a pair: a second use of a refresh token ends the session. */
  readonly onTokens?: (tokens: Tokens | null) => void
}

/** How a client shows who calls, and what it does once it is told that no session was shown. */
export type Transport = {
  readonly inputOf: (name: string, input: Input) => Input
  /** `of` stands for what was sent. */
  readonly credentials: () => { readonly by: Credentials; readonly of: Sent }
  readonly takeFrom: (name: string, answer: unknown) => void
  /** Whether there is reason to ask again. */
  readonly renew: (of: Sent) => Promise<boolean>
  /** False: nothing to show, so nobody is logged in. */
  readonly hasSession: () => boolean
}

export type Sent = { readonly token: string | undefined; readonly session: number }

type Needs = {
  readonly exclusive: <Value>(work: () => Promise<Value>) => Promise<Value>
  readonly refresh: (refreshToken: string) => Promise<Result<unknown>>
}

/** Kept in memory only: whoever wants more says so with `onTokens`. */
export function bearerTransport({ tokens = null, onTokens = () => {} }: TokenOptions, { exclusive, refresh }: Needs): Transport {
  let kept = tokens
  /** Grows when one session takes the place of another: a call of the old one is not repeated for the new one. */
  let session = 0
  let renewing: Promise<void> | null = null

  const keep = (next: Tokens | null) => {
    kept = next
    onTokens(next)
  }
  const end = () => {
    session += 1
    if (kept !== null) keep(null)
  }

  const isCurrent = (of: Sent) => of.session === session && of.token === kept?.token

  const renewOnce = async (of: Sent) => {
    // An elevation or a logout was ahead.
    if (kept === null || !isCurrent(of)) return
    if (kept.refreshToken === null) return end()
    const result = await refresh(kept.refreshToken)
    // Any other problem says nothing about the tokens.
    if (!result.ok && [400, 401].includes(result.problem.status)) end()
  }

  return {
    inputOf: (name, input) =>
      effectOf(name) === 'begins' ? { ...input, body: { ...(input.body as object), transport: 'bearer' } } : input,
    credentials: () => ({
      by: { credentials: 'omit', headers: kept === null ? {} : { authorization: `Bearer ${kept.token}` } },
      of: { token: kept?.token, session },
    }),
    takeFrom: (name, answer) => {
      const effect = effectOf(name)
      if (effect === 'ends') return end()
      const { token, refreshToken } = (answer ?? {}) as Partial<Tokens>
      if (effect === undefined || token === undefined) return
      if (effect === 'begins') session += 1
      // An elevation brings no new refresh token.
      keep({ token, refreshToken: refreshToken ?? (effect === 'replaces' ? kept?.refreshToken : null) ?? null })
    },
    renew: async (of) => {
      if (isCurrent(of)) {
        renewing ??= exclusive(() => renewOnce(of)).finally(() => {
          renewing = null
        })
        await renewing
      }
      return of.session === session && kept !== null && of.token !== kept.token
    },
    hasSession: () => kept !== null,
  }
}
