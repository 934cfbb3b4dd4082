import { useCallback, useEffect, useState } from 'react'
import type { Problem, Result } from '../../client/result.ts'

type Loaded<Value> = { readonly value: Value | null; readonly problem: Problem | null }

/** The answer of a call that is made when the component appears. */
export function useLoaded<Value>(load: () => Promise<Result<Value>>) {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ value: null, problem: null })
  const reload = useCallback(async () => {
    setLoaded({ value: null, problem: null })
    const result = await load()
    setLoaded(result.ok ? { value: result.value, problem: null } : { value: null, problem: result.problem })
  }, [load])
  useEffect(() => void reload(), [reload])
  return { ...loaded, reload: () => void reload() }
}
