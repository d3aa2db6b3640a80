/** Something that went wrong outside our code: what failed, and what to do about it, one line together. */
export class Failure extends Error {
  constructor(what, todo) {
    super(`${what}. ${todo}`);
  }
}

const causes = [
  [/ENOSPC|no space left/i, 'the disk is full', 'Free about 2 GB and run it again.'],
  [/EADDRINUSE/, 'the port is taken', 'Set KIOSK_PORT to a free one, or unset it to take any.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network request|code E(404|50\d)/,
    'the package registry cannot be reached',
    'Check the network and `npm config get registry`, then run it again.',
  ],
  [
    /EUSAGE|in sync/,
    'package.json and package-lock.json disagree',
    'Run `npm install` and commit the lock file.',
  ],
  [/EACCES|EPERM|EROFS/, 'this folder cannot be written', 'Run it as the owner of the folder.'],
  [
    /Could not get lock|dpkg was interrupted/,
    'the package manager is busy',
    'Wait for it to finish, then run it again.',
  ],
];

/** Turns a failed program's output into a Failure that says what to do; `what` names the step. */
export function explain(what, output) {
  const known = causes.find(([pattern]) => pattern.test(output));
  if (known) return new Failure(`${what} failed: ${known[1]}`, known[2]);
  const last = output.trim().split('\n').slice(-8).join('\n');
  return new Failure(`${what} failed`, `The last it said:\n${last}\n`);
}
