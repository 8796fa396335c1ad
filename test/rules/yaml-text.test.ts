import { Yaml } from 'cdk8s';
import { parse } from 'yaml';
import { isReadAlike, misread } from '../../lib/rules/yaml-text';
import { synth } from '../support/manifests';

/**
 * Texts that Go's, Python's and JavaScript's parsers do not all read back as cdk8s writes them. Tried with
 * sigs.k8s.io/yaml 1.4, PyYAML 6.0, js-yaml, and yaml by both versions of YAML.
 */
const MISREAD = [
  ...['=', '<<', 'a\tb', 'a \tb', 'a\t b', 'a"\tb', '\ta\nb', '\n\ta', '\ta\n\tb\n', '0o17', '0O7', '-0o7'],
  ...['a\u2028b', 'a\u2029', 'x\n\u2028', 'a\u0085b', 'a\u007fb', '\ud800'],
];

/** Texts that look like others of YAML, and that all of them read back. */
const READ = [
  ...['', ' ', '\t', '\ta', 'a\t', 'a:\tb', '\t"', 'a\n\tb', 'a\n \tb\n', ' \ta\nb', ' a\nb', 'a\n\n', 'a\r\nb'],
  ...['y', 'no', 'on', '~', 'null', '1e3', '1_000', '0x1F', '017', '08', '12:30:45', '.inf', '2001-12-14', '-'],
  ...[
    '- a',
    '? a',
    'a: b',
    'a #b',
    '!x',
    '&x',
    '*x',
    '@x',
    '|',
    '>',
    '[a',
    '{a',
    '"a',
    "'a",
    '---',
    '...',
    '=a',
    'a=b',
  ],
  ...['\u{1F600}', '\u00e9', '\ufeffa', 'a\u0001b'],
];

test.each(MISREAD)('%j is refused', (text) => {
  expect(isReadAlike(text)).toBe(false);
});

test.each(READ)('%j is accepted, and read back', (text) => {
  expect(isReadAlike(text)).toBe(true);
  for (const version of ['1.1', '1.2'] as const) {
    expect(parse(Yaml.stringify({ text, list: [text] }), { version })).toEqual({ text, list: [text] });
  }
});

test('each text of an object is judged, and each key', () => {
  expect(misread({ a: ['b', { '<<': 1, c: '=' }] }, 'pod').map((message) => message.split(' is ')[0])).toEqual([
    'pod.a[1]: "<<"',
    'pod.a[1].c: "="',
  ]);
});

test.each([
  [{ metadata: { podAnnotations: { note: 'a\tb' } } }, 'metadata.podAnnotations.note: "a\\tb"'],
  [{ metadata: { serviceLabels: { '<<': 'a' } } }, 'metadata.serviceLabels: "<<"'],
  [{ scheduling: { nodeSelector: { disk: '0o17' } } }, 'scheduling.nodeSelector.disk: "0o17"'],
  [{ scheduling: { tolerations: [{ key: '=' }] } }, 'scheduling.tolerations[0].key: "="'],
  [{ settings: { all: { init_connect: "'SET @a = 1'\u2028" } } }, 'settings.all.init_connect: "\'SET @a = 1\'\u2028"'],
])('%j is named', (props, message) => {
  expect(() => synth(props)).toThrow(
    `${message} is not the same to every YAML parser. Use a text without tabs and control characters that is not =, << or an octal number`,
  );
});

test('a setting may have a tab, and be what YAML reads otherwise elsewhere', () => {
  const settings = { all: { init_connect: '\t"SET\t@a = 1"', sql_mode: '=', character_set_server: '<<' } };
  expect(synth({ settings }).at('ConfigMap/mysql: data[primary.cnf]')).toContain(
    'init-connect=\t"SET\t@a = 1"\nsql-mode==\ncharacter-set-server=<<\n',
  );
});
