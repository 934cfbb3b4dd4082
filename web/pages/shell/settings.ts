export type Settings = { readonly service: { readonly name: string; readonly logo: string | null; readonly color: string | null } }

const usual: Settings = { service: { name: 'Gatebook', logo: null, color: null } }

/** What the server wrote into the page. */
export function readSettings(): Settings {
  const text = document.querySelector<HTMLMetaElement>('meta[name="gatebook-settings"]')?.content ?? ''
  return text === '' ? usual : JSON.parse(text)
}

/** A policy without inline styles still lets a script set a variable. */
export function applyColor({ service: { color } }: Settings) {
  if (color !== null) document.documentElement.style.setProperty('--gb-accent', color)
}
