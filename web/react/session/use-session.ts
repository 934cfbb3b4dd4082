import { useSyncExternalStore } from 'react'
import type { SessionState } from '../../client/session-store.ts'
import { useGatebook } from '../gatebook-context.ts'

const unknown: SessionState = { status: 'unknown' }

/** Who is logged in. It changes when another tab logs out, and within a second when the session is ended elsewhere. */
export function useSession(): SessionState {
  const { session } = useGatebook()
  return useSyncExternalStore(session.subscribe, session.get, () => unknown)
}
