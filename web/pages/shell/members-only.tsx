import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { useSession } from '../../react/session/use-session.ts'
import { shellTexts } from '../../texts/shell.ts'
import { SessionUnknown } from '../session/session-unknown.tsx'
import { PublicLayout } from './public-layout.tsx'

/** The API decides what is answered; this decides what is drawn. */
export function MembersOnly({ requiredRole, children }: { readonly requiredRole?: string; readonly children: ReactNode }) {
  const session = useSession()
  const texts = useTexts(shellTexts)
  if (session.status === 'unknown') return <SessionUnknown />
  if (session.status === 'anonymous') {
    // Not the router's, which has decoded them.
    const here = location.pathname + location.search
    return <Redirect to={here === '/account' ? '/login' : `/login?to=${encodeURIComponent(here)}`} replace />
  }
  if (requiredRole !== undefined && !session.roles.includes(requiredRole))
    return <PublicLayout title={texts.notAllowedTitle} lead={texts.notAllowedLead} />
  return children
}
