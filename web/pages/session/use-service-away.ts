import { useEffect, useState } from 'react'
import { useSession } from '../../react/session/use-session.ts'

/** Milliseconds until the pages say that there is no answer. */
const patience = 3_000

/** True once the service takes long to say who is there. The session store goes on asking by itself. */
export function useServiceAway(): boolean {
  const { status } = useSession()
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    if (status !== 'unknown') return setAway(false)
    const timer = setTimeout(setAway, patience, true)
    return () => clearTimeout(timer)
  }, [status])
  return isAway
}
