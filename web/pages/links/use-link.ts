import { useState } from 'react'
import { useLinkToken } from './use-link-token.ts'

/** The token that this page was opened with, until it is done with or void. A newer link replaces it. */
export function useLink() {
  const linkToken = useLinkToken()
  const [ended, setEnded] = useState<{ readonly token: string | null; readonly as: 'done' | 'void' | 'dropped' } | null>(null)
  const current = ended !== null && ended.token === linkToken ? ended.as : 'open'
  return {
    token: current === 'dropped' ? null : linkToken,
    isDone: current === 'done',
    isVoid: current === 'void',
    done: () => setEnded({ token: linkToken, as: 'done' }),
    spoil: () => setEnded({ token: linkToken, as: 'void' }),
    drop: () => setEnded({ token: linkToken, as: 'dropped' }),
  }
}
