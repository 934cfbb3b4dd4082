import { createContext, useContext } from 'react'
import type { Client } from '../client/client.ts'
import type { AnswerOf } from '../client/result.ts'
import type { Catalog, Language } from '../texts/language.ts'

export type ServiceSettings = AnswerOf<'GET /settings'>

export type GatebookContext = { readonly client: Client; readonly language: Language; readonly settings: ServiceSettings | null }

export const Gatebook = createContext<GatebookContext | null>(null)

export function useGatebookContext(): GatebookContext {
  const context = useContext(Gatebook)
  if (context === null) throw new Error('There is no <GatebookProvider> around this component')
  return context
}

/** The client of the provider. */
export function useGatebook(): Client {
  return useGatebookContext().client
}

export function useLanguage(): Language {
  return useGatebookContext().language
}

export function useTexts<Texts>(catalog: Catalog<Texts>): Texts {
  return catalog[useGatebookContext().language]
}
