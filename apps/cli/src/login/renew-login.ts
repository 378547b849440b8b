import { refreshTokens } from './device-login.js';
import { type Login, readLogin, writeLogin } from './login-file.js';

/** A token that is about to expire would expire on its way. */
const marginMs = 30_000;

/**
 * The login with a token that still holds: a new one where the old one is about to expire and the issuer gave a way to renew it.
 *
 * @throws ModaError LOGIN_FAILED where the issuer refuses
 */
export async function renewed(folder: string, login: Login, now = Date.now()): Promise<Login> {
  const { renewal } = login;
  if (renewal === undefined || Date.parse(renewal.expiresAt) - now > marginMs) return login;
  try {
    const { token, renewal: next } = await refreshTokens(renewal);
    const fresh = { ...login, token, renewal: next };
    await writeLogin(folder, fresh);
    return fresh;
  } catch (error) {
    // Another command may have renewed it at the same moment, and an issuer takes the old key to a new token only once.
    const kept = await readLogin(folder);
    if (kept?.token === undefined || kept.token === login.token) throw error;
    return kept;
  }
}
