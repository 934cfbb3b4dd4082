import { Redirect } from 'wouter'
import { useSession } from '../../react/session/use-session.ts'
import { SessionUnknown } from '../session/session-unknown.tsx'

export function StartPage() {
  const { status } = useSession()
  if (status === 'unknown') return <SessionUnknown />
  return <Redirect to={status === 'authenticated' ? '/account' : '/login'} replace />
}
