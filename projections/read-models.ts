import { accounts } from './accounts/accounts.ts'
import { profiles } from './accounts/profiles.ts'
import { audit } from './audit/audit.ts'
import type { ReadModel } from './engine/read-model.ts'
import { sessions } from './sessions/sessions.ts'
import { summaries } from './summaries.ts'

export const readModels: readonly ReadModel[] = [sessions, accounts, profiles, audit, summaries]
