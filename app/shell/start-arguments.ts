/** Exit status for a command line that a kiosk does not accept (sysexits: EX_USAGE). */
export const usageError = 64;

const accepted = [/^--ozone-platform=(x11|wayland)$/, /^--force-device-scale-factor=[1-4](\.\d{1,2})?$/];

/**
 * What a production kiosk refuses of its command line: everything it does not know. `--remote-debugging-port`,
 * `--no-sandbox` and every other switch of Chromium would open the machine, and no fuse covers them.
 */
export function refusedArguments(commandLine: readonly string[]): string[] {
  return commandLine.slice(1).filter((argument) => !accepted.some((pattern) => pattern.test(argument)));
}
