import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/*.js', 'build/', 'dist/', 'node_modules/', 'test-results/'] },
  ...tseslint.configs.recommended,
  {
    // Constructing an object is how a cdk8s app declares it.
    rules: { 'no-new': 'off' },
  },
);
