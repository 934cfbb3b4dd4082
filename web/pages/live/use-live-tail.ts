import { useEffect, useState } from 'react'
import { useGatebook } from '../../react/gatebook-context.ts'
import { openLiveTail, type TailState } from './open-live-tail.ts'

const mostKept = 500

export type Tail<Entry> = { readonly state: TailState | 'off'; readonly entries: readonly Entry[] }

/** What has happened since the list was loaded, newest first. After `onGap` that is nothing: the list is loaded anew. */
export function useLiveTail<Entry>(path: string, isOn: boolean, onGap: () => void, account?: string): Tail<Entry> {
  const { baseUrl } = useGatebook()
  const [tail, setTail] = useState<Tail<Entry>>({ state: 'off', entries: [] })
  useEffect(() => {
    if (!isOn) return
    const urlAfter = (id: string | null) => {
      const search = new URLSearchParams({ ...(account === undefined ? {} : { account }), ...(id === null ? {} : { after: id }) })
      return `${baseUrl}/api/1${path}?${search}`
    }
    const onState = (state: Tail<Entry>['state']) => setTail(({ entries }) => ({ state, entries }))
    onState('connecting')
    const close = openLiveTail<Entry>(urlAfter, {
      onState,
      onEntry: (entry) => setTail(({ state, entries }) => ({ state, entries: [entry, ...entries].slice(0, mostKept) })),
      onGap: () => {
        setTail(({ state }) => ({ state, entries: [] }))
        onGap()
      },
    })
    return () => {
      close()
      onState('off')
    }
  }, [path, isOn, onGap, account, baseUrl])
  return tail
}
