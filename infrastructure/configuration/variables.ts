import type { Network } from '../../application/network.ts'
import { accountVariables } from './account-variables.ts'
import { proofVariables } from './proofs/proof-variables.ts'
import type { Reader } from './readers.ts'
import { serverVariables } from './server-variables.ts'

const all = { ...serverVariables, ...accountVariables, ...proofVariables } as const

type IsText<A> = A extends readonly (infer Entry)[] ? IsText<Entry> : string extends A ? true : A extends Network ? true : false

type TextName = {
  [Name in keyof typeof all]: (typeof all)[Name] extends { readonly reader: Reader<infer A> }
    ? IsText<A> extends false
      ? never
      : Name
    : never
}[keyof typeof all]

/** Text may be a secret or name a person, so each such variable decides. */
export const variables = all satisfies { readonly [Name in TextName]: { readonly isSecret: boolean } }

export type Variables = typeof variables
export type VariableName = keyof Variables

type ValueOf<V> = V extends { readonly reader: Reader<infer A>; readonly fallback: string }
  ? A
  : V extends { readonly reader: Reader<infer A> }
    ? A | undefined
    : never

export type Values = { readonly [Name in VariableName]: ValueOf<Variables[Name]> }
