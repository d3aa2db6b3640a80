import english from '../../locales/en/technician.json' with { type: 'json' };
import chinese from '../../locales/zh-CN/technician.json' with { type: 'json' };
import type { Readiness } from '../../hardware/probe/index.ts';

export type Language = 'zh-CN' | 'en';

export const technicianWords = (language: Language): typeof chinese =>
  language === 'en' ? english : chinese;

/** The report as somebody reads it aloud on the telephone: device by device, with what to do. */
export function readinessText(readiness: Readiness, language: Language): string {
  const { report, device, fault } = technicianWords(language);
  const lines = readiness.checks.flatMap((check) => {
    const facts = Object.entries(check.facts).map(([name, value]) => `${name} ${value}`);
    const head = `${device[check.device]}  ${check.codes.length === 0 ? report.well : check.codes.join(' ')}`;
    return [
      facts.length === 0 ? head : `${head}  (${facts.join(', ')})`,
      ...check.codes.flatMap((code) => [
        `  ${code} ${fault[code].what}`,
        `      ${report.fix.replace('{{fix}}', fault[code].fix)}`,
      ]),
    ];
  });
  return [`${report.title}: ${readiness.ready ? report.ready : report.not_ready}`, ...lines].join('\n');
}

/** The same for machines, with the words beside the codes. */
export function readinessJson(readiness: Readiness, language: Language): string {
  const { fault } = technicianWords(language);
  const checks = readiness.checks.map((check) => ({
    ...check,
    faults: check.codes.map((code) => ({ code, ...fault[code] })),
  }));
  return JSON.stringify({ ready: readiness.ready, checks }, undefined, 2);
}
