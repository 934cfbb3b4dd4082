import { useQueryClient } from '@tanstack/react-query'
import { useGatebook } from '../../../react/gatebook-context.ts'
import { useAction } from '../../../react/ui/use-action.ts'
import { namePattern } from '../account.ts'

export type NewPerson = { readonly id: string; readonly email: string; readonly isInvited: boolean }

type Entered = { readonly email: string; readonly password: string | null; readonly roles: readonly string[] }

export function rolesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((role) => role !== ''))]
}

export function areRoles(roles: readonly string[]): boolean {
  const name = new RegExp(`^${namePattern}$`)
  return roles.every((role) => name.test(role))
}

export function useNewPerson(onCreated: (person: NewPerson) => void) {
  const { call } = useGatebook()
  const queries = useQueryClient()
  const create = ({ email, password, roles }: Entered) => {
    const entry = password === null ? ({ invite: true } as const) : { password }
    return call('POST /admin/accounts', { body: { email, roles, ...entry } })
  }
  return useAction(create, ({ accountId }, { email, password }: Entered) => {
    void queries.invalidateQueries({ queryKey: ['people'] })
    onCreated({ id: accountId, email, isInvited: password === null })
  })
}
