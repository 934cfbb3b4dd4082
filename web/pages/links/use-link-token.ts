import { useSyncExternalStore } from 'react'
import { linkToken } from '../shell/link-token.ts'

/** A link that is opened in the tab of its own page changes the fragment only. The token was taken when this is told. */
const subscribe = (onChange: () => void) => {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}

export function useLinkToken(): string | null {
  return useSyncExternalStore(subscribe, linkToken)
}
