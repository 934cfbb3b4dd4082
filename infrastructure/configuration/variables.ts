import { accountVariables } from './account-variables.ts'
import type { Reader } from './readers.ts'
import { serverVariables } from './server-variables.ts'

export const variables = { ...serverVariables, ...accountVariables } as const

export type Variables = typeof variables
export type VariableName = keyof Variables

type ValueOf<V> = V extends { readonly reader: Reader<infer A>; readonly fallback: string }
  ? A
  : V extends { readonly reader: Reader<infer A> }
    ? A | undefined
    : never

export type Values = { readonly [Name in VariableName]: ValueOf<Variables[Name]> }
