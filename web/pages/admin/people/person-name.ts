import type { people } from '../../../texts/en/admin/people.ts'
import type { Account } from '../account.ts'

type Named = Pick<Account, 'email' | 'status'>

export function personName({ email, status }: Named, texts: Pick<typeof people, 'erasedName' | 'unreadableName'>): string {
  return email ?? (status === 'erased' ? texts.erasedName : texts.unreadableName)
}
