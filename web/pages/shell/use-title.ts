import { useEffect } from 'react'
import { useServiceSettings } from '../../react/use-service-settings.ts'

let wasShown = false

/** Whether the browser began with another page than this one. To be asked before `useTitle`. */
export function isFollowing() {
  return wasShown
}

export function useTitle(title: string) {
  const { name } = useServiceSettings().service
  useEffect(() => {
    document.title = `${title} · ${name}`
    wasShown = true
  }, [title, name])
}
