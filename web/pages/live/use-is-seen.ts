import { useSyncExternalStore } from 'react'

const subscribe = (onChange: () => void) => {
  document.addEventListener('visibilitychange', onChange)
  return () => document.removeEventListener('visibilitychange', onChange)
}

/** Whether the person can see the page: in the background it holds no stream open, of which an account has few. */
export function useIsSeen(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState !== 'hidden')
}
