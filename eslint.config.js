import hooks from 'eslint-plugin-react-hooks';
import typescript from 'typescript-eslint';

export default typescript.config(
  {
    ignores: ['node_modules/', 'build/', 'dist/', '.kiosk/', '.cache/', 'test-results/'],
  },
  ...typescript.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Code points are what is meant here: Han outside the basic plane must stay whole.
      '@typescript-eslint/no-misused-spread': 'off',
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  {
    files: ['tests/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    // What runs in a browser. Compilers bring syntax down to an older one, not what it lacks.
    files: ['renderer/**', 'app/domain/**', 'app/contract/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['Map', 'Object'].map((object) => ({ object, property: 'groupBy', message: 'Use groupedBy.' })),
        { object: 'Promise', property: 'withResolvers' },
        { object: 'Promise', property: 'try' },
        { object: 'Array', property: 'fromAsync' },
      ],
    },
  },
  // Plain JavaScript has no types to check; it is what runs before anything is installed.
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...typescript.configs.disableTypeChecked },
  { files: ['tools/**', 'tests/**', 'hub/main.ts'], rules: { 'no-console': 'off' } },
);
