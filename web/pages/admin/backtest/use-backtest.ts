import { useCallback, useEffect, useRef, useState } from 'react'
import { useGatebook } from '../../../react/gatebook-context.ts'
import { askForBacktest, type Found } from './ask-for-backtest.ts'
import type { BacktestRequest } from './policy-form.ts'

/** Null before the first run, and after one that was stopped. */
export type BacktestState = Found | null

/** Ends with the page, and the server stops working on it. */
export function useBacktest() {
  const client = useGatebook()
  const [state, setState] = useState<BacktestState>(null)
  const running = useRef<AbortController | null>(null)
  const stop = useCallback(() => {
    running.current?.abort()
    running.current = null
    setState(null)
  }, [])
  useEffect(() => () => running.current?.abort(), [])

  const start = useCallback(
    async (request: BacktestRequest) => {
      const own = new AbortController()
      running.current = own
      setState({ type: 'progress', done: 0, total: 0 })
      for await (const found of askForBacktest(client, request, own.signal)) if (running.current === own) setState(found)
    },
    [client],
  )
  return { state, start, stop }
}
