/** Where drivers write: pino's shape. Fields name command, status, length and milliseconds; never bytes that came in. */
export interface DeviceLog {
  info(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
  warn(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
}
