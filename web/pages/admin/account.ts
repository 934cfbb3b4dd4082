import type { AnswerOf } from '../../client/result.ts'

export type Account = AnswerOf<'GET /admin/accounts'>['accounts'][number]
export type AccountDetails = AnswerOf<'GET /admin/accounts/{id}'>

export const administratorRole = 'admin'

/** Of roles and claims. */
export const namePattern = '[a-z][a-z0-9_\\-]{0,63}'
