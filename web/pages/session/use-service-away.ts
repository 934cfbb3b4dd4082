import { useEffect, useState } from 'react'
import { useGatebook } from '../../react/gatebook-context.ts'
import { useSession } from '../../react/session/use-session.ts'

/** Milliseconds until the pages say that there is no answer, and from then on between two questions. */
const patience = 3_000

/** Asks again while the service does not say who is there. True once that takes long. */
export function useServiceAway(): boolean {
  const { session } = useGatebook()
  const { status } = useSession()
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    if (status !== 'unknown') return setAway(false)
    let timer: ReturnType<typeof setTimeout>
    const again = async () => {
      setAway(true)
      await session.refresh()
      timer = setTimeout(() => void again(), patience)
    }
    timer = setTimeout(() => void again(), patience)
    return () => clearTimeout(timer)
  }, [session, status])
  return isAway
}
