export { readSettings, readSettingsStrictly, SAFE_SETTINGS, writeSettings } from './settings.ts';
export type { DeviceSettings, SettingsSource } from './settings.ts';
