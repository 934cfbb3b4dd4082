import { type QueryKey, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Problem, Result } from '../../client/result.ts'

/** What a call answered. TanStack Query takes a problem as an error only. */
export function valueIn<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  throw Object.assign(new Error(result.problem.title), { problem: result.problem })
}

export function problemIn(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null) return null
  return 'problem' in error ? (error.problem as Problem) : { code: 'INTERNAL', status: 0, title: '' }
}

export type Called<Value> = {
  /** Undefined until the first answer. It stays when a later call fails. */
  readonly value: Value | undefined
  /** Of the last call. */
  readonly problem: Problem | null
  readonly isRunning: boolean
  readonly updatedAt: number
  readonly reload: () => void
}

export function useCall<Value>(
  queryKey: QueryKey,
  load: () => Promise<Result<Value>>,
  options: { readonly refetchInterval?: number } = {},
): Called<Value> {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: async () => valueIn(await load()),
    ...options,
  })
  const reload = useCallback(() => void refetch(), [refetch])
  return { value: data, problem: problemIn(error), isRunning: isFetching, updatedAt: dataUpdatedAt, reload }
}
