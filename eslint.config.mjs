import tseslint from 'typescript-eslint';

/** The stages of lib, and the other stages that each may import. No stage imports one that stands below it here. */
const STAGES = {
  names: [],
  quantities: [],
  endpoint: [],
  connection: ['endpoint'],
  options: [],
  resolved: ['options'],
  cluster: ['names', 'options', 'resolved'],
  rules: ['names', 'quantities', 'options', 'resolved', 'cluster'],
  scripts: ['names', 'options'],
  pod: ['names', 'quantities', 'options', 'cluster', 'scripts'],
  objects: ['../imports', 'names', 'quantities', 'options', 'resolved', 'cluster', 'rules/warnings', 'pod'],
  'clustered-app': ['names', 'options', 'resolved', 'rules', 'objects'],
};

export default tseslint.config(
  { ignores: ['**/*.js', 'build/', 'dist/', 'imports/', 'node_modules/', 'packages/', 'test-results/'] },
  ...tseslint.configs.recommended,
  {
    // Constructing an object is how a cdk8s app declares it.
    rules: { 'no-new': 'off' },
  },
  ...Object.entries(STAGES).flatMap(([stage, others]) => [
    stageImports(stage, others, `lib/${stage}.ts`, './'),
    stageImports(stage, others, `lib/${stage}/*.ts`, '../'),
    stageImports(stage, others, `lib/${stage}/*/*.ts`, '../../'),
  ]),
);

/** Restricts the imports of files whose path out of their stage is `out`. */
function stageImports(stage, others, files, out) {
  const allowed = others.map((other) => `${other}(/|$)`).join('|') || '$';
  const patterns = [
    {
      regex: `^${out.replaceAll('.', '\\.')}(?!${allowed})`,
      message: `Of lib, ${stage} imports only: ${others.join(', ') || 'nothing'}. See STAGES in eslint.config.mjs.`,
    },
    ...(stage === 'options' ? [{ regex: '^(?!\\.|cdk8s)', message: 'Options import no package but cdk8s.' }] : []),
  ];
  return { files: [files], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}
