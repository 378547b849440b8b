import { describe, expect, it } from 'vitest';
import { listenHost } from '../access/variables.js';
import { readEnvironment } from './read-environment.js';
import { flag, httpAddress, logLevel, milliseconds, port } from './variables.js';

const shape = {
  HOST: listenHost({}),
  PORT: port(4002),
  URL: httpAddress().optional(),
  ALLOW: flag(),
  LOG_LEVEL: logLevel(),
  NOTICE_MS: milliseconds(5),
};

describe('the environment of a service', () => {
  it('may be empty, and an empty variable counts as absent', () => {
    const defaults = { HOST: '127.0.0.1', PORT: 4002, ALLOW: false, LOG_LEVEL: 'info', NOTICE_MS: 5 };
    expect(readEnvironment(shape, {})).toEqual(defaults);
    expect(readEnvironment(shape, { PORT: '', HOST: '', ALLOW: '' })).toEqual(defaults);
  });

  it('is read into numbers, flags and addresses', () => {
    const variables = {
      HOST: 'localhost',
      PORT: '0',
      URL: 'https://a.example/r//',
      ALLOW: 'true',
      NOTICE_MS: '10',
    };
    expect(readEnvironment(shape, variables)).toMatchObject({
      HOST: 'localhost',
      PORT: 0,
      URL: 'https://a.example/r',
      ALLOW: true,
      NOTICE_MS: 10,
    });
  });

  it('is refused with all complaints at once', () => {
    const variables = {
      HOST: '0.0.0.0',
      PORT: '99999',
      URL: 'ftp://a',
      ALLOW: 'yes',
      LOG_LEVEL: 'loud',
      NOTICE_MS: '-1',
    };
    expect(() => readEnvironment(shape, variables)).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INVALID',
        message:
          'The environment cannot be used: ' +
          'HOST is "0.0.0.0"; only 127.0.0.1, localhost, ::1 can be served while there is no authentication; set AUTH_ISSUER and AUTH_AUDIENCE, or AUTH_TOKENS=true, to listen elsewhere; ' +
          'PORT is "99999"; give a port from 0 to 65535; ' +
          'URL is "ftp://a"; give an address as in http://127.0.0.1:4002; ' +
          'ALLOW is "yes"; give true or false; ' +
          'LOG_LEVEL is "loud"; give debug, info, warn, error, silent; ' +
          'NOTICE_MS is "-1"; give whole milliseconds, at most a day.',
      }),
    );
  });
});
