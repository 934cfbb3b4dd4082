import { useEffect, useState } from 'react'
import { Redirect } from 'wouter'
import { useGatebook } from '../../react/gatebook-context.ts'
import { Loading } from '../shell/loading.tsx'
import { onwardPath } from './onward-path.ts'

/** Leads to where somebody wanted to go before a login or an elevation was asked for. */
export function OnwardPage() {
  const gatebook = useGatebook()
  const [isRefused, setRefused] = useState(false)
  const query = new URLSearchParams(location.search)
  const { path, isPage } = onwardPath(query.get('to'), location.origin)
  const needsElevation = query.get('elevate') === '1'
  useEffect(() => {
    if (isPage) return
    const leave = async () => {
      // A refusal for want of elevation makes the client ask for a code or password.
      const isReady = !needsElevation || (await gatebook.fetch('/api/1/verify?elevated=1')).ok
      if (isReady) location.replace(path)
      else setRefused(true)
    }
    leave().catch(() => setRefused(true))
  }, [gatebook, path, isPage, needsElevation])
  if (isPage || isRefused) return <Redirect to={isPage ? path : '/account'} replace />
  return <Loading />
}
