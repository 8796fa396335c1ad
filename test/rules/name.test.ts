import { App, Chart } from 'cdk8s';
import { ClusteredApp, MySqlVersion, ReplicatedMySql } from '../../lib';
import { nameRules } from '../../lib/rules/name';
import { testRules } from '../support/rules';

// It takes two constructs to violate the rule on collisions: reserved-names.test.ts. Charts inside charts stand below.
const rulesOnOne = nameRules.filter(({ requires }) => !/creates no Service|inside another/.test(requires));

testRules(rulesOnOne, [
  [
    'name is the name of a Service',
    ['', 'My', 'my_sql', '-a', 'a-', '1a', 'a.b'].map((name) => [
      { name },
      `name: "${name}" is not a valid name of a Service. Use lower-case letters, digits and "-", starting with a letter, for example "mysql"`,
    ]),
    ['a', 'a1', 'my-sql-2'].map((name) => ({ name })),
  ],
  [
    'name leaves room for the suffixes of pods',
    [
      [
        { name: 'x'.repeat(53) },
        `name: "${'x'.repeat(53)}" has 53 characters, too many for the names and labels of its pods. Use at most 52`,
      ],
    ],
    [{ name: 'x'.repeat(52) }],
  ],
  [
    'name gives the primary a host that replicas of the version accept',
    [
      [MySqlVersion.V5_7, 'x'.repeat(29)],
      [MySqlVersion.of('8.0.16'), 'x'.repeat(40)],
    ].map(([version, name]) => [
      { version: version as MySqlVersion, name: name as string },
      `name: "${name}" makes "${name}-0.${name}" the primary's host, but CHANGE MASTER TO of MySQL ${(version as MySqlVersion).tag} accepts at most 60 characters. Use at most 28`,
    ]),
    [
      { version: MySqlVersion.V5_7, name: 'x'.repeat(28) },
      { version: MySqlVersion.of('8.0.17'), name: 'x'.repeat(52) },
    ],
  ],
  [
    'namespace is a DNS label',
    ['', 'Shop', 'a.b', '-a', 'a-', 'x'.repeat(64)].map((namespace) => [
      { namespace },
      `namespace: "${namespace}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
    ]),
    ['1', 'shop-2', 'x'.repeat(63)].map((namespace) => ({ namespace })),
  ],
]);

describe('a chart inside a chart', () => {
  const nested = (outer?: string, inner?: string) => {
    const chart = new Chart(new App(), 'outer', { namespace: outer });
    return new Chart(new Chart(chart, 'middle'), 'inner', { namespace: inner });
  };
  const app = { name: 'store', ports: { http: 80 }, pod: { containers: [{ name: 'store' }] } };

  test.each([
    ['ReplicatedMySql', (chart: Chart) => new ReplicatedMySql(chart, 'db')],
    ['ClusteredApp', (chart: Chart) => new ClusteredApp(chart, 'db', app)],
  ])('has to have the namespace itself: %s', (_, declare) => {
    expect(declare(nested('shop')).node.validate()).toEqual([
      'namespace: is not set, and cdk8s does not hand down "shop" of the chart outer to a chart inside it. Set it here, or in the chart outer/middle/inner',
    ]);
  });

  test.each([
    ['the chart has a namespace', nested('shop', 'shop'), undefined],
    ['the cluster has a namespace', nested('shop'), 'shop'],
    ['no chart has one', nested(), undefined],
  ])('is accepted if %s', (_, chart, namespace) => {
    expect(new ReplicatedMySql(chart, 'db', { namespace }).node.validate()).toEqual([]);
  });
});
