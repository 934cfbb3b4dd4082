export type Tokens = { readonly token: string; readonly refreshToken: string | null }

export type TokenOptions = {
  /** From an earlier run. */
  readonly tokens?: Tokens | null
  /** Called with each new pair, and with null once the session has ended. */
  readonly onTokens?: (tokens: Tokens | null) => void
}

/** Kept in memory only: whoever wants more says so with `onTokens`. */
export function tokenKeeper({ tokens = null, onTokens = () => {} }: TokenOptions) {
  let kept = tokens
  const keep = (next: Tokens | null) => {
    kept = next
    onTokens(next)
  }
  return {
    get: () => kept,
    end: () => {
      if (kept !== null) keep(null)
    },
    /** Takes the tokens out of an answer that has some. An elevation brings no new refresh token. */
    takeFrom: (answer: unknown) => {
      const { token, refreshToken } = (answer ?? {}) as Partial<Tokens>
      if (token !== undefined) keep({ token, refreshToken: refreshToken ?? kept?.refreshToken ?? null })
    },
  }
}
