import './infrastructure/runtime/require-supported-node.ts'

export type { RegistrationFields } from './api/accounts/profile.ts'
export type { Captcha } from './api/captcha.ts'
export { accessTokenOf } from './api/guards/access-token-guard.ts'
export type { GuardHook, HostApp, HostReply, HostRequest } from './api/guards/host-app.ts'
export {
  type HostSession as ActiveSession,
  hostSession as sessionOf,
  optionalHostSession as optionalSessionOf,
} from './api/guards/host-session.ts'
export type { OnRefusal, RefusalAnswer } from './api/guards/render-refusal.ts'
export type { FetchHandler, FetchHandlerOptions } from './api/handlers/fetch-handler.ts'
export type { NodeHandler } from './api/handlers/node-handler.ts'
export type { UpgradeHandler } from './api/handlers/upgrade-handler.ts'
export type { SessionEnd, SessionEndReason } from './api/live/ending-reason.ts'
export type { Caller } from './application/caller.ts'
export type { FollowOptions, HandlerSubscription, OnOptions } from './application/following/following.ts'
export type { EventHandler, Stopped } from './application/following/named-handler.ts'
export type { PublicData, PublicEvent, PublicEventType } from './application/following/public-event.ts'
export type { OwnMailTexts as MailTexts } from './application/notifications/compose-mail.ts'
export type { Letter, MailContents, MailKind, MailLanguage } from './application/notifications/texts/mail-texts.ts'
export type { AccessTokenClaims } from './application/ports/access-tokens.ts'
export type { Undeliverable } from './application/ports/mail.ts'
export type { OtpProvider } from './application/ports/otp.ts'
export { type AccessTokenGuardOptions, createAccessTokenGuard } from './composition/access-token-guard.ts'
export { type EmbeddedGatebook as Gatebook, openGatebook } from './composition/embed.ts'
export type { GatebookOptions } from './composition/host-options.ts'
export type { Environment } from './infrastructure/configuration/read-config.ts'
export type { VerifyLegacyPassword } from './infrastructure/hashing/imported/legacy-passwords.ts'
export { type DeliveredCodes, deliveredCodeProvider } from './infrastructure/otp/delivered-code-provider.ts'
export type { Readiness } from './library/embedding/readiness.ts'
export { GatebookError } from './library/gatebook-error.ts'
export type { Requirement } from './library/guard/requirement.ts'
export type { ActorChoice as Actor } from './library/host-input.ts'
export type { ImportedAccount, ImportOptions, ImportReport, ImportResult } from './library/importing/import-types.ts'
export type { InvitationInput as Invitation, NewAccountInput as NewAccount, NewSessionInput as NewSession } from './library/inputs.ts'
export type { PresentedBy, PresentedRequest } from './library/presented-headers.ts'
export type {
  AccountDetailsView as AccountDetails,
  AccountView as Account,
  ListedSessionView as ListedSession,
  NewSessionView as IssuedSession,
  SessionView as Session,
} from './library/views.ts'
