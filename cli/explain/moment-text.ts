import type { AccountMoment } from '../../application/moment/account-moment.ts'
import type { MomentChange } from '../../application/moment/compare-moments.ts'
import { type Cell, columns, fields } from '../operator/columns.ts'

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())
const listed = (names: readonly string[]) => (names.length === 0 ? null : names.join(','))

const table = (title: string, heads: readonly string[], rows: readonly (readonly Cell[])[]) =>
  rows.length === 0 ? [`${title}: none`] : [`${title}:`, columns(heads, rows)]

export function momentText(moment: AccountMoment): string {
  const { secondFactor, sessions, devices, keys, consents } = moment
  return [
    fields({
      moment: `${iso(moment.time)}, after position ${moment.position}${moment.isWhole ? '' : ' (a part was erased since)'}`,
      status: moment.invited ? `${moment.status}, invited` : moment.status,
      'email verified': moment.emailVerified,
      'must change password': moment.passwordChangeRequired,
      roles: listed(moment.roles),
      claims: listed(Object.entries(moment.claims).map(([name, value]) => `${name}=${JSON.stringify(value)}`)),
      'wrong passwords': moment.failures,
      'locked until': iso(moment.lockedUntil),
      'second factor': secondFactor.enrolled ? `enrolled, ${secondFactor.recoveryCodesLeft} recovery codes left` : 'none',
      'codes locked until': moment.codeEntryEnded ? 'a recovery code is used' : iso(moment.codesLockedUntil),
    }),
    ...table(
      'sessions',
      ['id', 'granted', 'last seen', 'expires', 'elevated until', 'factors'],
      sessions.map(({ id, grantedAt, lastSeenAt, expiresAt, elevatedUntil, factors }) => [
        ...[id, iso(grantedAt), iso(lastSeenAt), iso(expiresAt), iso(elevatedUntil), listed(factors)],
      ]),
    ),
    ...table(
      'devices',
      ['id', 'remembered', 'locked until'],
      devices.map(({ id, rememberedAt }) => {
        const lock = moment.deviceLocks.find((locked) => locked.id === id)
        return [id, iso(rememberedAt), iso(lock?.lockedUntil ?? null)]
      }),
    ),
    ...table(
      'keys',
      ['fingerprint', 'sequence', 'rotation until'],
      keys.map(({ id, sequence, rotationUntil }) => [id, sequence, iso(rotationUntil)]),
    ),
    ...table(
      'consents',
      ['purpose', 'given', 'version', 'at'],
      consents.map(({ id, given, version, at }) => [id, given, version, iso(at)]),
    ),
  ].join('\n')
}

export function changesText(changes: readonly MomentChange[]): string {
  if (changes.length === 0) return 'Nothing changed.'
  return columns(
    ['change', 'field', 'before', 'after'],
    changes.map(({ change, field, before, after }) => [change, field, before, after]),
  )
}
