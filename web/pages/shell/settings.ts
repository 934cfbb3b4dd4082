import type { AnswerOf } from '../../client/result.ts'

export type Settings = AnswerOf<'GET /settings'>

/** Under `npm run dev:pages`, where no server writes into the page. */
const usual: Settings = {
  service: { name: 'Gatebook', logo: null, color: null },
  registration: 'open',
  captcha: false,
  password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 1024 },
  secondFactor: { provider: 'totp', recoveryCodes: 'single-use' },
}

/** What the server wrote into the page. */
export function readSettings(): Settings {
  const text = document.querySelector<HTMLMetaElement>('meta[name="gatebook-settings"]')?.content ?? ''
  return text === '' ? usual : JSON.parse(text)
}

/** A policy without inline styles still lets a script set a variable. */
export function applyColor({ service: { color } }: Settings) {
  if (color !== null) document.documentElement.style.setProperty('--gb-accent', color)
}
