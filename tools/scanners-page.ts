import { ACCEPTED } from '../test/scanners/accepted';

/** The text of docs/reference/scanners.md: what scanners of YAML find in the examples, and why it stays. */
export function scannersPage(): string {
  return [
    '# What scanners find',
    '',
    '`npm run test:scanners` runs kubeconform, kube-score and checkov over the YAML of every example. kubeconform finds',
    'nothing. This is what the others find in clusters of this library, and why it stays. To make them pass in your CI, skip',
    'these checks: `--ignore-test` of kube-score, or its annotation `kube-score/ignore` in `metadata.podAnnotations`, and',
    '`--skip-check` of checkov. This page is written by `npm run docs:scanners`.',
    '',
    '| Checks | Reason |',
    '| --- | --- |',
    ...ACCEPTED.map(({ checks, reason }) => `| ${checks.map((check) => `\`${check}\``).join(', ')} | ${reason} |`),
    '',
  ].join('\n');
}
