import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ReplicatedMySql, ReplicatedMySqlProps } from '../../lib';
import { Cluster, resolveCluster } from '../../lib/cluster';
import { Rule } from '../../lib/rules/rule';

/** Props that a rule refuses, with the message, and props that it accepts. */
export type RuleCase<Props = ReplicatedMySqlProps> = [
  rule: string,
  refused: [Props, message: string][],
  accepted: Props[],
];

/** A construct with rules on its props. */
interface Ruled<Props, Subject> {
  declare(chart: Chart, props: Props): Construct;
  resolve(chart: Chart, props: Props): Subject;
}

const CLUSTER: Ruled<ReplicatedMySqlProps, Cluster> = {
  declare: (chart, props) => new ReplicatedMySql(chart, 'cluster', props),
  resolve: resolveCluster,
};

/** The messages of a cluster's validation, which synth reports. */
export function violations(props: ReplicatedMySqlProps): string[] {
  return CLUSTER.declare(chart(), props).node.validate();
}

/** Tests that a cluster refuses and accepts props, and that every rule has a case. */
export function testRules(rules: readonly Rule<Cluster>[], cases: readonly RuleCase[]): void {
  testRulesOf(CLUSTER, rules, cases);
}

/** Tests that a construct refuses and accepts props, and that every rule has a case. */
export function testRulesOf<Props, Subject>(
  { declare, resolve }: Ruled<Props, Subject>,
  rules: readonly Rule<Subject>[],
  cases: readonly RuleCase<Props>[],
): void {
  describe.each(cases)('%s', (_, refused, accepted) => {
    test.each(refused)('refused: %j', (props, message) => {
      expect(declare(chart(), props).node.validate()).toEqual([message]);
    });

    test.each(accepted.map((props) => [props]))('accepted: %j', (props) => {
      expect(declare(chart(), props).node.validate()).toEqual([]);
    });
  });

  test.each([...rules])('a case violates the rule: $prop $requires', (rule) => {
    const refused = cases.flatMap(([, refused]) => refused.map(([props]) => props));
    expect(refused.flatMap((props) => rule.violations(resolve(chart(), props)))).not.toEqual([]);
  });
}

function chart(): Chart {
  return new Chart(new App(), 'chart');
}
