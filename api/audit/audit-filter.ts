import * as t from 'io-ts'
import { AccountId, CorrelationId, SessionId } from '../../domain/kernel/ids.ts'
import type { AuditFilter } from '../../projections/audit/search/audit-filter.ts'
import { described, ipAddress, text, time, uuid } from '../codecs/primitives.ts'
import type { Context } from '../context.ts'
import { callerNetwork } from '../protection/address.ts'

const mostTypes = 20

const list = '^[^,]{1,64}(,[^,]{1,64})*$'
const isList = new RegExp(list, 'u')

const isTypeList = (u: unknown): u is string => typeof u === 'string' && u.length <= 2_048 && isList.test(u)

const typesIn = (u: unknown) => (isTypeList(u) ? [...new Set(u.split(','))] : [])

/** A query string has each name once, so several types are one value. */
const Types = described(
  new t.Type<readonly string[], string, unknown>(
    'event types',
    (u): u is readonly string[] => Array.isArray(u),
    (u, context) => {
      const types = typesIn(u)
      return types.length === 0 || types.length > mostTypes ? t.failure(u, context) : t.success(types)
    },
    (types) => types.join(','),
  ),
  `1 to ${mostTypes} types of events, separated by commas`,
  { type: 'string', pattern: list, maxLength: 2_048 },
)

const ownFilters = { type: Types, session: uuid(SessionId), correlation: uuid(CorrelationId), from: time, to: time }

export const auditFilters = { account: uuid(AccountId), actor: text(1, 64), address: ipAddress, ...ownFilters }
export const ownAuditFilters = ownFilters

type Asked = { readonly [Name in keyof typeof auditFilters]?: t.TypeOf<(typeof auditFilters)[Name]> | undefined }

export function filterOf({ crypto }: Pick<Context, 'crypto'>, { type, address, ...filter }: Asked): AuditFilter {
  return { ...filter, types: type, network: address === undefined ? undefined : crypto.indexNetwork(callerNetwork(address)) }
}
