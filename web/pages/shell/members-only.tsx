import type { ReactNode } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { useSession } from '../../react/session/use-session.ts'
import { shellTexts } from '../../texts/shell.ts'
import { SessionUnknown } from '../session/session-unknown.tsx'
import { PublicLayout } from './public-layout.tsx'

/** The API decides what is answered; this decides what is drawn. */
export function MembersOnly({ requiredRole, children }: { readonly requiredRole?: string; readonly children: ReactNode }) {
  const session = useSession()
  const [location] = useLocation()
  const search = useSearch()
  const texts = useTexts(shellTexts)
  if (session.status === 'unknown') return <SessionUnknown />
  if (session.status === 'anonymous') {
    const here = location + (search && `?${search}`)
    return <Redirect to={here === '/account' ? '/login' : `/login?to=${encodeURIComponent(here)}`} replace />
  }
  if (requiredRole !== undefined && !session.roles.includes(requiredRole))
    return <PublicLayout title={texts.notAllowedTitle} lead={texts.notAllowedLead} />
  return children
}
