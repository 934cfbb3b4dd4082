import type { ServiceSettings } from '../../react/gatebook-context.ts'

/** What the server wrote into the page. Null under `npm run dev:pages`, where nobody writes: then they are asked for. */
export function readSettings(): ServiceSettings | null {
  const text = document.querySelector<HTMLMetaElement>('meta[name="gatebook-settings"]')?.content ?? ''
  return text === '' ? null : JSON.parse(text)
}

/** A policy without inline styles still lets a script set a variable. */
export function applyColor(settings: ServiceSettings | null) {
  const color = settings?.service.color ?? null
  if (color !== null) document.documentElement.style.setProperty('--gb-accent', color)
}
