import { Redirect } from 'wouter'
import { useSession } from '../../react/session/use-session.ts'
import { Loading } from '../shell/loading.tsx'

export function StartPage() {
  const { status } = useSession()
  if (status === 'unknown') return <Loading />
  return <Redirect to={status === 'authenticated' ? '/account' : '/login'} replace />
}
