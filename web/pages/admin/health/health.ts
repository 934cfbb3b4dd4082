import type { AnswerOf } from '../../../client/result.ts'

export type Health = AnswerOf<'GET /admin/health'>
