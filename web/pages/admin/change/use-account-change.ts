import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Result } from '../../../client/result.ts'
import { useAction } from '../../../react/ui/use-action.ts'

type Change = {
  /** Tells buttons beside each other which of them runs. */
  readonly key?: string
  readonly send: () => Promise<Result<unknown>>
  /** What is said when it has worked. */
  readonly done: string
  readonly after?: () => void
}

export type AccountChange = ReturnType<typeof useAccountChange>

/** One change of an account at a time. It is over when the page shows what came of it. */
export function useAccountChange(accountId: string) {
  const queries = useQueryClient()
  const [done, setDone] = useState<string | null>(null)
  const [key, setKey] = useState<string | undefined>()
  const change = async ({ send, key }: Change) => {
    setDone(null)
    setKey(key)
    const result = await send()
    if (result.ok) {
      void queries.invalidateQueries({ queryKey: ['people'] })
      await queries.invalidateQueries({ queryKey: ['person', accountId] })
    }
    return result
  }
  const action = useAction(change, (_value, { done, after }: Change) => {
    setDone(done)
    after?.()
  })
  return { ...action, done, runs: (one: string) => action.isRunning && key === one }
}
