import { useEffect, useState } from 'react'
import { useGatebook } from '../../../react/gatebook-context.ts'
import { openLiveTail, type TailState } from '../../live/open-live-tail.ts'
import type { AuditEntry } from './audit-entry.ts'

const mostKept = 500

export type Tail = { readonly state: TailState | 'off'; readonly entries: readonly AuditEntry[] }

const none: Tail = { state: 'off', entries: [] }

export function useLiveTail(isOn: boolean, account: string | undefined, onGap: () => void): Tail {
  const { baseUrl } = useGatebook()
  const [tail, setTail] = useState(none)
  useEffect(() => {
    if (!isOn) return
    const urlAfter = (id: string | null) => {
      const search = new URLSearchParams({ ...(account === undefined ? {} : { account }), ...(id === null ? {} : { after: id }) })
      return `${baseUrl}/api/1/audit/live?${search}`
    }
    setTail({ state: 'connecting', entries: [] })
    const close = openLiveTail<AuditEntry>(urlAfter, {
      onState: (state) => setTail(({ entries }) => ({ state, entries })),
      onEntry: (entry) => setTail(({ state, entries }) => ({ state, entries: [entry, ...entries].slice(0, mostKept) })),
      onGap,
    })
    return () => {
      close()
      setTail(({ entries }) => ({ state: 'off', entries }))
    }
  }, [isOn, account, baseUrl, onGap])
  return tail
}
