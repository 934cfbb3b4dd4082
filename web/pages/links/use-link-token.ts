import { useEffect, useState } from 'react'
import { takeLinkToken } from '../shell/link-token.ts'

/** A link that is opened in the tab of its own page changes the fragment only. */
export function useLinkToken(first: string | null): string | null {
  const [token, setToken] = useState(first)
  useEffect(() => {
    const change = () => {
      const token = takeLinkToken()
      if (token !== null) setToken(token)
    }
    addEventListener('hashchange', change)
    return () => removeEventListener('hashchange', change)
  }, [])
  return token
}
