import { acceptInvitationRoute } from './accounts/accept-invitation.ts'
import { confirmEmailChangeRoute, requestEmailChangeRoute } from './accounts/change-email.ts'
import { changePasswordRoute } from './accounts/change-password.ts'
import { confirmRegistrationRoute, registerAccountRoute } from './accounts/register.ts'
import { requestResetRoute, resetPasswordRoute } from './accounts/reset-password.ts'
import { setUpRoute } from './accounts/set-up.ts'
import { accountSessionsRoute, endAccountSessionRoute } from './admin/account-sessions.ts'
import { listAccountsRoute, showAccountRoute } from './admin/accounts.ts'
import { changeAccountRoutes } from './admin/change-account.ts'
import { createAccountRoute, inviteAgainRoute } from './admin/create-account.ts'
import { setEmailRoute, setPasswordRoute } from './admin/credentials.ts'
import { healthRoute } from './admin/health.ts'
import { policyRoute } from './admin/policy.ts'
import { accountAtRoute } from './audit/account-at.ts'
import { auditRoute, ownAuditRoute } from './audit/audit.ts'
import { backtestRoute } from './audit/backtest/backtest.ts'
import { blastRadiusRoute, endRadiusRoute } from './audit/blast-radius/blast-radius-routes.ts'
import { explainRoute } from './audit/explain.ts'
import { exportAuditRoute } from './audit/export-audit.ts'
import { liveAuditRoute, ownLiveAuditRoute } from './audit/live-audit.ts'
import { proofRoutes } from './audit/proofs.ts'
import type { Context } from './context.ts'
import type { Route } from './http/route.ts'
import { publishBlobRoute, readBlobRoute } from './identities/blob.ts'
import { chainRoute } from './identities/chain.ts'
import { introduceIdentityRoute } from './identities/introduce.ts'
import { identityChallengeRoute, logInByKeyRoute } from './identities/log-in.ts'
import { linkIdentityRoute, listOwnIdentitiesRoute, unlinkIdentityRoute } from './identities/own-identities.ts'
import { cancelRotationRoute, proposeRotationRoute } from './identities/rotation.ts'
import { answerChallengeRoute, confirmByChallengeRoute, enrollByChallengeRoute, sendForChallengeRoute } from './login/answer-challenge.ts'
import { logInRoute } from './login/log-in.ts'
import { logOutEverywhereRoute, logOutRoute } from './login/log-out.ts'
import { replaceRequiredPasswordRoute } from './login/replace-required-password.ts'
import { changeConsentRoute, listConsentsRoute } from './me/consents.ts'
import { eraseOwnAccountRoute } from './me/erase-account.ts'
import { exportDataRoute } from './me/export-data.ts'
import { chooseLanguageRoute, ownLanguageRoute } from './me/language.ts'
import { exportPageRoute } from './me/page/export-page.ts'
import { secondFactorRoutes } from './second-factor/second-factor.ts'
import { demonstrationRoutes } from './secure/demonstration.ts'
import { logoRoutes } from './service/logo.ts'
import { settingsRoute } from './service/settings.ts'
import { currentSessionRoute } from './sessions/current-session.ts'
import { listDevicesRoute, removeDeviceRoute } from './sessions/devices.ts'
import { elevateSessionRoute } from './sessions/elevate-session.ts'
import { listSessionsRoute } from './sessions/list-sessions.ts'
import { refreshSessionRoute } from './sessions/refresh-session.ts'
import { refusedAttemptsRoute } from './sessions/refused-attempts.ts'
import { revokeSessionRoute } from './sessions/revoke-session.ts'
import { socketRoute } from './sockets/socket-route.ts'
import { accessTokenRoute, signingKeysRoute } from './tokens/access-token.ts'
import { verifyRoute } from './verification/verify.ts'

type Offer = {
  /** Routes under `/secure` that show what guards do. */
  readonly demonstration: boolean
}

const calls = (context: Context, { demonstration }: Offer): readonly Route[] => [
  settingsRoute(context),
  setUpRoute(context),
  registerAccountRoute(context),
  confirmRegistrationRoute(context),
  acceptInvitationRoute(context),
  logInRoute(context),
  answerChallengeRoute(context),
  replaceRequiredPasswordRoute(context),
  sendForChallengeRoute(context),
  enrollByChallengeRoute(context),
  confirmByChallengeRoute(context),
  introduceIdentityRoute(context),
  identityChallengeRoute(context),
  logInByKeyRoute(context),
  proposeRotationRoute(context),
  cancelRotationRoute(context),
  chainRoute(context),
  publishBlobRoute(context),
  readBlobRoute(context),
  listOwnIdentitiesRoute(context),
  linkIdentityRoute(context),
  unlinkIdentityRoute(context),
  logOutRoute(context),
  logOutEverywhereRoute(context),
  currentSessionRoute(context),
  refusedAttemptsRoute(context),
  refreshSessionRoute(context),
  elevateSessionRoute(context),
  listSessionsRoute(context),
  revokeSessionRoute(context),
  listDevicesRoute(context),
  removeDeviceRoute(context),
  changePasswordRoute(context),
  requestResetRoute(context),
  resetPasswordRoute(context),
  requestEmailChangeRoute(context),
  confirmEmailChangeRoute(context),
  ...secondFactorRoutes(context),
  ...(demonstration ? demonstrationRoutes(context) : []),
  listAccountsRoute(context),
  showAccountRoute(context),
  createAccountRoute(context),
  inviteAgainRoute(context),
  setPasswordRoute(context),
  setEmailRoute(context),
  accountSessionsRoute(context),
  endAccountSessionRoute(context),
  ...changeAccountRoutes(context),
  healthRoute(context),
  policyRoute(context),
  accessTokenRoute(context),
  verifyRoute(context),
  auditRoute(context),
  exportAuditRoute(context),
  blastRadiusRoute(context),
  endRadiusRoute(context),
  ownAuditRoute(context),
  explainRoute(context),
  accountAtRoute(context),
  liveAuditRoute(context),
  ownLiveAuditRoute(context),
  ...proofRoutes(context),
  backtestRoute(context),
  socketRoute(context.sockets),
  exportDataRoute(context),
  exportPageRoute(context),
  eraseOwnAccountRoute(context),
  listConsentsRoute(context),
  changeConsentRoute(context),
  ownLanguageRoute(context),
  chooseLanguageRoute(context),
]

export function routes(context: Context, offer: Offer): readonly Route[] {
  const api = calls(context, offer).map((route) => ({ ...route, url: `/api/1${route.url}` }))
  return [...api, signingKeysRoute(context), ...logoRoutes(context)]
}
