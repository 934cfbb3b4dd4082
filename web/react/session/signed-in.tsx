import type { ReactNode } from 'react'
import { useSession } from './use-session.ts'

type Shown = { readonly children: ReactNode /** For everybody else. */; readonly fallback?: ReactNode; readonly loading?: ReactNode }

/** Hides, but does not protect: what must be protected belongs behind a guard of the server. */
export function SignedIn({ children, fallback = null, loading = null }: Shown) {
  const { status } = useSession()
  if (status === 'unknown') return loading
  return status === 'authenticated' ? children : fallback
}

/** Hides, but does not protect: what must be protected belongs behind a guard of the server. */
export function RequireRole({ role, children, fallback = null, loading = null }: Shown & { readonly role: string }) {
  const session = useSession()
  if (session.status === 'unknown') return loading
  return session.status === 'authenticated' && session.roles.includes(role) ? children : fallback
}
