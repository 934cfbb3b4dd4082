import { useEffect, useState } from 'react'

/** Milliseconds. */
const pause = 300

/** The value once it stays the same for a moment: a slider passes many on its way. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
