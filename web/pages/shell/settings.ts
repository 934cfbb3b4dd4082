import type { ServiceSettings } from '../../react/gatebook-context.ts'

/** What the server wrote into the page, and `npm run dev:pages` in its place. */
export function readSettings(): ServiceSettings {
  return JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="gatebook-settings"]')?.content ?? '')
}

/** A policy without inline styles still lets a script set a variable. */
export function applyColor({ service: { color } }: ServiceSettings) {
  if (color !== null) document.documentElement.style.setProperty('--gb-accent', color)
}
