import { useCallback, useState } from 'react'
import type { Problem, Result } from '../../client/result.ts'

export type Action<Input> = {
  readonly run: (input: Input) => Promise<void>
  readonly isRunning: boolean
  /** Of the last run, until the next one. */
  readonly problem: Problem | null
}

/** One call at a time, whatever is clicked how often. */
export function useAction<Input, Value>(
  act: (input: Input) => Promise<Result<Value>>,
  onDone: (value: Value, input: Input) => unknown,
): Action<Input> {
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = useCallback(
    async (input: Input) => {
      if (isRunning) return
      setRunning(true)
      setProblem(null)
      const result = await act(input)
      setRunning(false)
      if (result.ok) onDone(result.value, input)
      else setProblem(result.problem)
    },
    [act, onDone, isRunning],
  )
  return { run, isRunning, problem }
}
