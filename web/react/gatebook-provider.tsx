import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type Client, createClient } from '../client/client.ts'
import { type Language, languageOf } from '../texts/language.ts'
import { Gatebook, type ServiceSettings } from './gatebook-context.ts'
import { StepUp } from './session/step-up.tsx'

export type GatebookProviderProps = {
  /** Default: a client for the origin of the page. Keep it outside of your component, so that it stays the same. */
  readonly client?: Client
  /** Default: the first of the browser's languages that there are texts in. */
  readonly language?: Language
  /** The answer of `GET /settings`, if it is known already. It is asked for when a part needs it. */
  readonly settings?: ServiceSettings | null
  /** False: your app asks for codes itself, with `client.onStepUp`. */
  readonly stepUp?: boolean
  readonly children: ReactNode
}

export function GatebookProvider({ client: given, language, settings = null, stepUp = true, children }: GatebookProviderProps) {
  const [client] = useState(() => given ?? createClient())
  const shown = language ?? languageOf(typeof navigator === 'undefined' ? [] : navigator.languages)
  const context = useMemo(() => ({ client, language: shown, settings }), [client, shown, settings])
  // Kept alive as long as the provider is, so that a session that ends elsewhere is noticed on any page.
  useEffect(() => client.session.subscribe(() => {}), [client])
  return (
    <Gatebook value={context}>
      {children}
      {stepUp && <StepUp />}
    </Gatebook>
  )
}
