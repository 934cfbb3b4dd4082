import { useCallback } from 'react'

/** Moves the focus to the element when it appears. A dialog that opens later reads the attribute. */
export function useFocus() {
  return useCallback((element: HTMLElement | null) => {
    element?.setAttribute('autofocus', '')
    element?.focus()
  }, [])
}
