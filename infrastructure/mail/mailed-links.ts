import type { MailedPage } from '../../application/notifications/mail-pace.ts'
import type { Values, VariableName } from '../configuration/variables.ts'
import { tokenPlace } from './link-url.ts'

const variableOf = {
  register: 'REGISTER_URL',
  reset: 'RESET_URL',
  invitation: 'INVITATION_URL',
  email: 'EMAIL_CHANGE_URL',
} as const satisfies Record<MailedPage, VariableName>

/** The pages of the service, or where the operator sends people instead. A token needs no encoding in a URL. */
export function mailedLinks(values: Pick<Values, (typeof variableOf)[MailedPage]>, origin: () => string) {
  return (page: MailedPage, token: string): string => {
    const url = values[variableOf[page]] ?? `${origin()}/${page}`
    return url.includes(tokenPlace) ? url.replace(tokenPlace, token) : `${url}#${token}`
  }
}
