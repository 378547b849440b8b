import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { importRule, readProjects } from './tools/boundaries/src/index.mjs';

const root = import.meta.dirname;
const projects = readProjects(root);

const typeScript = ['**/*.{ts,mts,tsx}'];
const javaScript = ['**/*.{js,mjs}'];
const specs = ['**/*.{spec,e2e,bench}.{ts,tsx,mjs}', '**/testing/**'];

/** Files whose default export the web framework looks for. */
const frameworkFiles = [
  'apps/*-web/src/app/**/{page,layout,error,global-error,not-found,loading,template}.tsx',
];

/** Whatever the Node that runs this defines. */
const nodeGlobals = Object.fromEntries(
  Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']),
);

/** Globals that a browser does not have. */
const nodeOnlyGlobals = [
  'process',
  'Buffer',
  'global',
  'setImmediate',
  'clearImmediate',
  '__dirname',
  '__filename',
];

const freeOfNode = projects
  .filter(({ runtime }) => runtime === 'any' || runtime === 'browser')
  .map(({ folder }) => `${folder}/src/**`);

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/next-env.d.ts',
      '**/generated/**',
      '**/node_modules/**',
      '**/.reports/**',
      '**/.nx/**',
      '**/.moda/**',
      '**/fixtures/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // What holds for every file.
  {
    files: [...typeScript, ...javaScript],
    extends: [js.configs.recommended],
    plugins: { house: { rules: { imports: importRule(root, projects) } } },
    rules: {
      'house/imports': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.config.{mjs,mts,ts}', ...frameworkFiles],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },

  // Plain JavaScript runs before anything is built: tools and launchers, without type information.
  { files: javaScript, languageOptions: { globals: nodeGlobals } },

  // Hand-written declarations beside plain JavaScript belong to no TypeScript project.
  { files: ['**/*.d.{ts,mts}'], extends: [tseslint.configs.recommended] },

  {
    files: typeScript,
    ignores: ['**/*.d.{ts,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/array-type': ['error', { default: 'array' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Shapes and lists of classes read well in a message.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowArray: true },
      ],
      // With noUncheckedIndexedAccess every inner loop over a typed array would need a branch that cannot be taken.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An async function may satisfy an interface without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      // Matters of taste: none of these finds a mistake.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },

  {
    files: freeOfNode,
    ignores: [...specs, '**/src/server/**'],
    rules: { 'no-restricted-globals': ['error', ...nodeOnlyGlobals] },
  },

  // Specs read what JSON or a process gave them, and pass methods about in expectations.
  {
    files: specs,
    ignores: javaScript,
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
