import type { CurrentSession } from '../../client/session-store.ts'
import { useSession } from '../../react/session/use-session.ts'

/** Whose account it is. Null for the moment in which the session has ended and the page has not yet gone. */
export function useMember(): CurrentSession | null {
  const session = useSession()
  return session.status === 'authenticated' ? session : null
}
