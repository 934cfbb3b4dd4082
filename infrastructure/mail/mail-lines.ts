import type { MailShare } from '../../application/ports/mail.ts'

/** Mails that strangers cause and mails to accounts never share, so that neither keeps the other out. */
export function mailLines<Line>(ofNetworks: Line, ofAccounts: Line) {
  return (share: MailShare) => ('network' in share ? { line: ofNetworks, key: share.network } : { line: ofAccounts, key: share.account })
}
