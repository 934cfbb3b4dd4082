import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import type { ReadModel } from './read-model.ts'
import { sessions } from './sessions.ts'
import { summaries } from './summaries.ts'

/** Every read model that is kept. */
export const readModels: readonly ReadModel[] = [sessions, accounts, audit, summaries]
