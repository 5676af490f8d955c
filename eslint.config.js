import tseslint from 'typescript-eslint'

/**
 * The floors of the house, bottom to top. A room may import from floors below its own, never from its own floor or
 * above: `npm run lint` fails on an import that goes up or sideways.
 */
const floors = [
  ['base'],
  ['exchange', 'fix'],
  ['market', 'gateway', 'journal'],
  ['analysis', 'certification', 'oversight', 'bus'],
  ['venue'],
  ['api'],
  ['cli'],
  ['main']
]

const floorRules = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const forbidden = floors
      .slice(floor)
      .flat()
      .filter((other) => other !== room)
    return {
      files: [`src/${room}/**/*.ts`, `src/${room}.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: forbidden.map((other) => ({
              regex: `^(\\.\\./)+${other}(/|\\.js$)`,
              message: `${room} (floor ${floor}) must not know ${other}: imports only go down the floors.`
            }))
          }
        ]
      }
    }
  })
)

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'node_modules/**'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './test/tsconfig.json'], tsconfigRootDir: import.meta.dirname }
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error'
    }
  },
  {
    files: ['src/base/**', 'src/exchange/**', 'src/fix/**', 'src/gateway/**', 'src/market/**', 'src/journal/**'],
    // The one place that reads the operating system's clock.
    ignores: ['src/base/time.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is injected: take a Clock.' },
        { object: 'Math', property: 'random', message: 'Randomness is injected and seeded.' },
        { object: 'performance', property: 'now', message: 'Time is injected: take a Clock.' }
      ]
    }
  },
  ...floorRules
)
