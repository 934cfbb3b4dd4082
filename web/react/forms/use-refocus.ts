import { useEffect, useRef } from 'react'
import type { Problem } from '../../client/result.ts'

/** After a refusal the focus goes to what is wrong, or else to the named field. Returns the ref of the form. */
export function useRefocus(problem: Problem | null, name: string) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (problem === null || form.current === null) return
    const input = form.current.querySelector('[aria-invalid="true"]') ?? form.current.elements.namedItem(name)
    if (!(input instanceof HTMLInputElement)) return
    input.focus()
    input.select()
  }, [problem, name])
  return form
}
