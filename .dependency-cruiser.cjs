/**
 * Who may import whom: the table of docs/architecture.md, section "Folders". Read as "files under `from` may reach
 * only their own folder and the folders listed"; everything else is forbidden.
 */
const table = {
  'app/domain': [],
  'app/contract': ['app/domain'],
  'app/core': ['app/domain', 'app/contract', 'hardware', 'models', 'locales'],
  'app/supervisor': ['app/contract'],
  'app/shell': ['app/contract', 'app/supervisor', 'locales'],
  'app/host': ['app/contract', 'app/supervisor', 'locales'],
  renderer: ['app/contract', 'app/domain', 'locales'],
  hardware: ['app/domain', 'locales'],
  models: ['app/domain'],
  hub: ['app/domain', 'app/contract/sync'],
  locales: [],
};

module.exports = {
  forbidden: [
    ...Object.entries(table).map(([folder, allowed]) => ({
      name: `${folder}-imports`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^(app|renderer|hardware|models|locales|hub|tools|tests)/',
        pathNot: [folder, ...allowed].map((name) => `^${name}(/|\\.ts$)`),
      },
    })),
    {
      name: 'renderer-takes-only-types-from-the-contract',
      comment: 'The renderer sees the contract as types; zod stays out of its bundle.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-sees-only-device-ports',
      comment: 'Drivers are chosen by hardware/registry.ts; use cases know ports.',
      severity: 'error',
      from: { path: '^app/core/(?!main|composition)', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^hardware/(?!.*/port\\.ts$|registry\\.ts$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-store-opens-sqlite',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/core/store/' },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'core-never-imports-electron',
      severity: 'error',
      from: { path: '^(app/(core|domain|contract|host)|hardware|models)/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(build|\\.cache|\\.kiosk)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
