import { createContext, useContext } from 'react'
import type { Client } from '../client/client.ts'
import type { Catalog, Language } from '../texts/language.ts'

export type GatebookContext = { readonly client: Client; readonly language: Language }

export const Gatebook = createContext<GatebookContext | null>(null)

const useContextOf = () => {
  const context = useContext(Gatebook)
  if (context === null) throw new Error('There is no <GatebookProvider> around this component')
  return context
}

/** The client of the provider. */
export function useGatebook(): Client {
  return useContextOf().client
}

export function useLanguage(): Language {
  return useContextOf().language
}

export function useTexts<Texts>(catalog: Catalog<Texts>): Texts {
  return catalog[useContextOf().language]
}
