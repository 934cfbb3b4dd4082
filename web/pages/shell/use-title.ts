import { useEffect } from 'react'
import { usePage } from './page-context.ts'

let wasShown = false

/** Whether the browser began with another page than this one. To be asked before `useTitle`. */
export function isFollowing() {
  return wasShown
}

export function useTitle(title: string) {
  const { name } = usePage().settings.service
  useEffect(() => {
    document.title = `${title} · ${name}`
    wasShown = true
  }, [title, name])
}
