import { appRules } from '../lib/clustered-app/rules';
import { Rule } from '../lib/rules/rule';
import { clusterRules } from '../lib/rules/violations';

/** The parts of a rule that the page shows. */
type Listed = Pick<Rule<never>, 'prop' | 'requires'>;

/** The text of docs/reference/rules.md: all rules, by construct and group of props. */
export function rulesPage(): string {
  const lines = [
    '# Rules',
    '',
    'Synth checks every rule, and reports all violations at once. Each message names the prop, its value and the remedy.',
    'A `*` stands for each element of a group. This page is written by `npm run docs:rules`.',
    '',
    ...section('ReplicatedMySql', clusterRules),
    ...section('ClusteredApp', appRules),
  ];
  return lines.join('\n');
}

function section(construct: string, rules: readonly Listed[]): string[] {
  const groups = [...new Set(rules.map(groupOf))];
  return [
    `## ${construct}`,
    '',
    ...groups.flatMap((group) =>
      table(
        group,
        rules.filter((rule) => groupOf(rule) === group),
      ),
    ),
  ];
}

function table(group: string, rules: readonly Listed[]): string[] {
  const props = [...new Set(rules.map(({ prop }) => prop))];
  return [
    `### ${group}`,
    '',
    '| Prop | Requirement |',
    '| --- | --- |',
    ...props.flatMap((prop) =>
      rules.filter((rule) => rule.prop === prop).map(({ requires }) => `| \`${prop}\` | ${requires} |`),
    ),
    '',
  ];
}

/** The prop of the construct that a rule belongs to: `reads` of `reads.maxLag`. */
function groupOf({ prop }: Listed): string {
  return prop.split('.')[0];
}
